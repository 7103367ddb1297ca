import { FUNNEL } from '../adlog/settings';
import { type AuctionOutcome, type Bidder, judgePlacements, type Pricing, runAuction } from './auction';
import { bootstrapRatios, type Interval } from './bootstrap';
import { kendallTau, topOf } from './consistency';
import {
  type Estimates,
  estimatesOf,
  type RankerName,
  rankersOf,
  type ScoredRequest,
  valuesOf,
} from './scored-request';

/** Cuts of the early stage at which curves are drawn: each one up to 60, then every tenth to 400. */
export const CUTS: readonly number[] = Array.from({ length: FUNNEL.retrieved }, (_, i) => i + 1).filter(
  (cut) => cut <= 60 || cut % 10 === 0,
);

/** Place of a cut in CUTS: the largest that is no larger. */
export function cutIndex(cut: number): number {
  return Math.max(
    0,
    CUTS.findLastIndex((known) => known <= cut),
  );
}

/** How well an early ranker passes on what the final stage wants; curves have one interval for each of CUTS. */
export interface RankerReport {
  readonly ranker: RankerName;
  /** Share of the final stage's top five that is kept. */
  readonly recall: readonly Interval[];
  /** Gain max(0, final total value) of the early top K over that of the final top K. */
  readonly softRecall: readonly Interval[];
  /** NDCG at K of the early order, gains max(0, final total value). */
  readonly ndcg: readonly Interval[];
  /** Total value, as the final stage sees it, that its top five lose to the cut, for a thousand impressions of each. */
  readonly regret: readonly Interval[];
  /** Kendall's tau-b of the two orders of all candidates. */
  readonly tau: Interval;
  /** Mean of one over the early rank of the final stage's first. */
  readonly reciprocalRank: Interval;
}

/** Reports of all rankers that scored every request; intervals are bootstrapped by user. */
export function reportPassOn(
  requests: readonly ScoredRequest[],
  lambda: number,
  rounds = 300,
): RankerReport[] {
  return rankersOf(requests).map((ranker) => {
    const rows = requests.map((request) => courseOf(request, ranker, lambda));
    const users = requests.map(({ user }) => user);
    const curve = (pick: (course: Course) => ArrayLike<number>) => means(users, rows.map(pick), rounds);
    const figure = (pick: (course: Course) => number) =>
      curve((course) => [pick(course)])[0] ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    return {
      ranker,
      recall: curve(({ recall }) => recall),
      softRecall: curve(({ softRecall }) => softRecall),
      ndcg: curve(({ ndcg }) => ndcg),
      regret: curve(({ regret }) => regret),
      tau: figure(({ tau }) => tau),
      reciprocalRank: figure(({ reciprocalRank }) => reciprocalRank),
    };
  });
}

/** The figures of one request, curves over CUTS. */
export interface Course {
  readonly recall: Float64Array;
  readonly softRecall: Float64Array;
  readonly ndcg: Float64Array;
  readonly regret: Float64Array;
  readonly tau: number;
  readonly reciprocalRank: number;
}

/** One walk down the early order gives every curve at all cuts. */
export function courseOf(request: ScoredRequest, ranker: RankerName, lambda: number): Course {
  const estimates = estimatesOf(request, ranker);
  if (!estimates) throw new RangeError(`The request was not scored by ${ranker}.`);
  const early = valuesOf(request, estimates, lambda);
  const final = valuesOf(request, request.final, lambda);
  const size = request.count;
  const order = topOf(early, size);
  const ideal = topOf(final, size);
  const wanted = new Set(ideal.slice(0, FUNNEL.final));
  const best = ideal.slice(0, FUNNEL.final).reduce((sum, i) => sum + (final[i] ?? 0), 0);
  const empty = () => new Float64Array(CUTS.length);
  const [recall, softRecall, ndcg, regret] = [empty(), empty(), empty(), empty()];
  let [kept, gain, idealGain, discounted, idealDiscounted] = [0, 0, 0, 0, 0];
  const leaders: number[] = [];
  let slot = 0;
  for (let k = 0; k < size; k++) {
    const i = order[k] ?? 0;
    if (wanted.has(i)) kept++;
    const [own, perfect] = [Math.max(0, final[i] ?? 0), Math.max(0, final[ideal[k] ?? 0] ?? 0)];
    gain += own;
    idealGain += perfect;
    discounted += own / Math.log2(k + 2);
    idealDiscounted += perfect / Math.log2(k + 2);
    insert(leaders, final[i] ?? 0);
    for (; slot < CUTS.length && ((CUTS[slot] ?? 0) <= k + 1 || k === size - 1); slot++) {
      recall[slot] = kept / wanted.size;
      softRecall[slot] = gain / idealGain;
      ndcg[slot] = discounted / idealDiscounted;
      // A cut of fewer than five leaves places empty: they are worth nothing.
      regret[slot] = best - leaders.reduce((sum, value) => sum + value, 0);
    }
  }
  return {
    recall,
    softRecall,
    ndcg,
    regret,
    tau: kendallTau(early, final),
    reciprocalRank: 1 / (order.indexOf(ideal[0] ?? 0) + 1),
  };
}

/** Keeps the best five values, best first. */
function insert(leaders: number[], value: number): void {
  const at = leaders.findIndex((leader) => leader < value);
  leaders.splice(at < 0 ? leaders.length : at, 0, value);
  if (leaders.length > FUNNEL.final) leaders.pop();
}

/** Mean over requests of each element, with intervals by user. Elements that are NaN in a request leave it out. */
function means(users: readonly number[], rows: readonly ArrayLike<number>[], rounds: number): Interval[] {
  const width = rows[0]?.length ?? 0;
  const pairs = rows.map((row) =>
    Float64Array.from({ length: 2 * width }, (_, k) => {
      const value = row[k >> 1] ?? Number.NaN;
      if (Number.isNaN(value)) return 0;
      return k % 2 === 0 ? value : 1;
    }),
  );
  return bootstrapRatios(users, pairs, rounds);
}

export interface ReplaySettings {
  readonly lambda: number;
  /** Price of a cross-out by which outcomes are valued, where the rankers are run with another λ. */
  readonly judgeLambda?: number;
  readonly cut: number;
  readonly slots?: number;
  readonly pricing?: Pricing;
}

/**
 * Auctions replayed with the true probabilities: the early ranker cuts, the final stage estimates what is left, the auction
 * on total value places, and the truth says what that brings (every slot as the first). A ranker of `undefined` cuts nothing.
 */
export function replayAuction(
  request: ScoredRequest,
  ranker: RankerName | undefined,
  { lambda, judgeLambda = lambda, cut, slots = FUNNEL.slots, pricing = 'second' }: ReplaySettings,
): AuctionOutcome & { placements: number } {
  const estimates = ranker && estimatesOf(request, ranker);
  const kept = estimates
    ? topOf(valuesOf(request, estimates, lambda), cut)
    : Array.from({ length: request.count }, (_, i) => i);
  const bidders = (source: Estimates) => kept.map((i) => bidderAt(request, source, i));
  const placements = runAuction(bidders(request.final), slots, lambda, pricing);
  const outcome = judgePlacements(placements, bidders(request.truth), judgeLambda);
  return { ...outcome, placements: placements.length };
}

function bidderAt(request: ScoredRequest, estimates: Estimates, i: number): Bidder {
  return {
    bid: request.bid[i] ?? 0,
    conversionBilled: request.conversionBilled[i] === 1,
    pClick: estimates.pClick[i] ?? 0,
    pConversion: estimates.pConversion[i] ?? 0,
    pCrossOut: estimates.pCrossOut[i] ?? 0,
  };
}

/** What the replayed auctions bring: value and revenue for a thousand requests, rates for an impression. */
export interface ReplayReport {
  readonly ranker: RankerName;
  readonly lambda: number;
  readonly totalValue: Interval;
  readonly revenue: Interval;
  readonly clickRate: Interval;
  /** Given a click. */
  readonly conversionRate: Interval;
  readonly crossOutRate: Interval;
  readonly impressions: Interval;
}

/** Replays all requests with each ranker that scored them. */
export function reportReplay(
  requests: readonly ScoredRequest[],
  settings: ReplaySettings,
  rounds = 300,
): ReplayReport[] {
  const users = requests.map(({ user }) => user);
  return rankersOf(requests).map((ranker) => {
    const outcomes = requests.map((request) => replayAuction(request, ranker, settings));
    const ratios = outcomes.map((o) =>
      Float64Array.of(
        ...[o.totalValue, 1, o.revenue, 1, o.clicks / 1000, o.placements],
        ...[o.conversions, o.clicks, o.crossOuts / 1000, o.placements, o.placements, 1],
      ),
    );
    const [totalValue, revenue, clickRate, conversionRate, crossOutRate, impressions] = bootstrapRatios(
      users,
      ratios,
      rounds,
    ) as [Interval, Interval, Interval, Interval, Interval, Interval];
    const { lambda } = settings;
    return { ranker, lambda, totalValue, revenue, clickRate, conversionRate, crossOutRate, impressions };
  });
}

/** λ of the frontier between revenue and cross-outs, from ignoring cross-outs to eight times the default. */
export const FRONTIER_LAMBDAS = [0, 2.5, 5, 10, 20, 40, 80] as const;

/** The frontier of each ranker: the replay at every λ, valued at the world's own. Rows are by λ, then by ranker. */
export function reportFrontier(
  requests: readonly ScoredRequest[],
  settings: ReplaySettings,
  lambdas: readonly number[] = FRONTIER_LAMBDAS,
  rounds = 100,
): ReplayReport[] {
  const judgeLambda = settings.judgeLambda ?? settings.lambda;
  return lambdas.flatMap((lambda) => reportReplay(requests, { ...settings, lambda, judgeLambda }, rounds));
}
