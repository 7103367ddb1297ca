import { DOMAINS } from '../adlog/settings';
import { bootstrapRatios, type Interval } from './bootstrap';
import { topOf } from './consistency';
import {
  type Estimates,
  estimatesOf,
  type RankerName,
  rankersOf,
  type ScoredRequest,
  valuesOf,
} from './scored-request';

export const EVENTS = ['click', 'conversion', 'cross-out'] as const;
export type EventName = (typeof EVENTS)[number];

/** A model that is judged: an early ranker or the final stage. */
export type JudgedName = RankerName | 'final';

/** How candidates are grouped: all together, by domain, by the user's age group, by the ad's age. */
export const GROUPINGS = ['all', 'domain', 'age group', 'ad age'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Upper bounds, in days, of the groups of ad age; the last group has none. */
export const AD_AGE_BOUNDS = [1, 3, 7, 14] as const;

export interface CalibrationRow {
  readonly model: JudgedName;
  readonly event: EventName;
  readonly grouping: Grouping;
  /** Index of the group: into DOMAINS, the age groups, or the groups of ad age; 0 for all together. */
  readonly group: number;
  readonly candidates: number;
  /** Sum of predictions over sum of true probabilities: above 1 is over-prediction. */
  readonly calibration: Interval;
}

const AGE_GROUPS = 7;
const SIZES: Readonly<Record<Grouping, number>> = {
  all: 1,
  domain: DOMAINS.length,
  'age group': AGE_GROUPS,
  'ad age': AD_AGE_BOUNDS.length + 1,
};

function groupOf(request: ScoredRequest, i: number, grouping: Grouping): number {
  if (grouping === 'domain') return request.domain;
  if (grouping === 'age group') return request.ageGroup;
  if (grouping === 'all') return 0;
  const bound = AD_AGE_BOUNDS.findIndex((days) => (request.adAge[i] ?? 0) < days);
  return bound < 0 ? AD_AGE_BOUNDS.length : bound;
}

/** The judged models of these requests, the final stage first. */
export function judgedOf(requests: readonly ScoredRequest[]): JudgedName[] {
  return ['final', ...rankersOf(requests).filter((ranker) => ranker !== 'oracle')];
}

export function judgedEstimates(request: ScoredRequest, model: JudgedName): Estimates {
  const estimates = model === 'final' ? request.final : estimatesOf(request, model);
  if (!estimates) throw new RangeError(`The request was not scored by ${model}.`);
  return estimates;
}

/** Predictions or true probabilities of an event; conversions count those after a click, for each impression. */
export function eventProbability(estimates: Estimates, event: EventName, i: number): number {
  if (event === 'cross-out') return estimates.pCrossOut[i] ?? 0;
  const click = estimates.pClick[i] ?? 0;
  return event === 'click' ? click : click * (estimates.pConversion[i] ?? 0);
}

/** Calibration of every judged model over all candidates, by event and group; the intervals are by user. */
export function reportCalibration(requests: readonly ScoredRequest[], rounds = 200): CalibrationRow[] {
  const users = requests.map(({ user }) => user);
  const counts = new Map(GROUPINGS.map((grouping) => [grouping, countGroups(requests, grouping)]));
  return judgedOf(requests).flatMap((model) =>
    GROUPINGS.flatMap((grouping) => {
      const size = SIZES[grouping];
      const rows = requests.map((request) => sumsOf(request, model, grouping, size));
      const intervals = bootstrapRatios(users, rows, rounds);
      return EVENTS.flatMap((event, e) =>
        // A model of clicks alone says nothing of the others.
        model === 'clicks' && event !== 'click'
          ? []
          : Array.from({ length: size }, (_, group) => ({
              model,
              event,
              grouping,
              group,
              candidates: counts.get(grouping)?.[group] ?? 0,
              calibration: intervals[e * size + group] ?? NOTHING,
            })),
      );
    }),
  );
}

const NOTHING: Interval = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

function countGroups(requests: readonly ScoredRequest[], grouping: Grouping): Float64Array {
  const counts = new Float64Array(SIZES[grouping]);
  for (const request of requests) {
    for (let i = 0; i < request.count; i++) {
      const group = groupOf(request, i, grouping);
      counts[group] = (counts[group] ?? 0) + 1;
    }
  }
  return counts;
}

/** Pairs (predicted, true) by event and group. */
function sumsOf(request: ScoredRequest, model: JudgedName, grouping: Grouping, size: number): Float64Array {
  const sums = new Float64Array(2 * EVENTS.length * size);
  const estimates = judgedEstimates(request, model);
  for (let i = 0; i < request.count; i++) {
    const group = groupOf(request, i, grouping);
    EVENTS.forEach((event, e) => {
      const at = 2 * (e * size + group);
      sums[at] = (sums[at] ?? 0) + eventProbability(estimates, event, i);
      sums[at + 1] = (sums[at + 1] ?? 0) + eventProbability(request.truth, event, i);
    });
  }
  return sums;
}

/** How far down a model's own order its winners are counted. */
export const DEPTHS = [1, 5, 50, 400] as const;

export interface CurseRow {
  readonly model: JudgedName;
  readonly depth: number;
  /** True clicks over predicted clicks among the model's own top `depth`: below 1, the chosen are over-predicted. */
  readonly clicks: Interval;
  /** The same for total value (1 where value would be negative on both sides is not excluded). */
  readonly value: Interval;
}

/** Winner's curse: the deeper the choice, the more of what is chosen is luck of the estimate. */
export function reportWinnersCurse(
  requests: readonly ScoredRequest[],
  lambda: number,
  rounds = 300,
): CurseRow[] {
  const users = requests.map(({ user }) => user);
  return judgedOf(requests).flatMap((model) => {
    const rows = requests.map((request) => curseSums(request, model, lambda));
    const intervals = bootstrapRatios(users, rows, rounds);
    return DEPTHS.map((depth, d) => ({
      model,
      depth,
      clicks: intervals[2 * d] ?? NOTHING,
      value: intervals[2 * d + 1] ?? NOTHING,
    }));
  });
}

/** For each depth: true and predicted clicks, true and predicted total value. */
export function curseSums(request: ScoredRequest, model: JudgedName, lambda: number): Float64Array {
  const estimates = judgedEstimates(request, model);
  const said = valuesOf(request, estimates, lambda);
  const worth = valuesOf(request, request.truth, lambda);
  const order = topOf(said, request.count);
  return Float64Array.from(
    DEPTHS.flatMap((depth) => {
      const sums = [0, 0, 0, 0];
      for (const i of order.slice(0, depth)) {
        const row = [request.truth.pClick[i], estimates.pClick[i], worth[i], said[i]];
        row.forEach((x, k) => {
          sums[k] = (sums[k] ?? 0) + (x ?? 0);
        });
      }
      return sums;
    }),
  );
}
