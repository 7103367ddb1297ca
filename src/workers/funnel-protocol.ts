/**
 * What the page and the funnel worker say to each other: figures of Pass on, and single requests for Look. Plain data,
 * told apart by `kind`, parsed on both sides; `job` is that of the request.
 */
import type { Interval } from '../funnel/bootstrap.ts';
import type { RankerReport, ReplayReport } from '../funnel/pass-on.ts';
import { type Estimates, RANKERS } from '../funnel/scored-request.ts';
import { type CalibrationRow, type CurseRow, EVENTS, GROUPINGS } from '../funnel/stage-calibration.ts';
import type { LookChange, LookField } from '../inference/ranking/look.ts';
import { byKind, list, Malformed, number, object, oneOf, type Parser, string } from './schema.ts';

export const FUNNEL_FAILURES = [
  'weights-missing',
  'weights-damaged',
  'sample-missing',
  'out-of-memory',
  'busy',
  'failed',
  'worker-lost',
] as const;
export type FunnelFailure = (typeof FUNNEL_FAILURES)[number];

/** Figures may be undefined on their rows: structured clones keep NaN. */
const figure: Parser<number> = (value) => {
  if (typeof value === 'number') return value;
  throw new Malformed(`expected a number, got ${typeof value}`);
};
const figures: Parser<readonly number[]> = list(figure);
const interval: Parser<Interval> = object<Interval>({ value: figure, low: figure, high: figure });
const intervals: Parser<readonly Interval[]> = list(interval);
const ranker = oneOf(...RANKERS);
const judged = oneOf('final', ...RANKERS);

/** What the scored requests are. */
export type FunnelSample = {
  backend: string;
  requests: number;
  candidates: number;
  days: number;
  seed: number;
};

/** What an early stage of a certain cut brings and what it costs. */
export type CutValue = {
  ranker: (typeof RANKERS)[number];
  cut: number;
  /** Multiply-adds a request, of the early and the final stage; NaN for the oracle, which is no model. */
  cost: number;
  /** True total value of a thousand requests. */
  value: Interval;
};

/** Everything that depends on λ alone. */
export type PassOnFigures = {
  lambda: number;
  rankers: RankerReport[];
  calibration: CalibrationRow[];
  curse: CurseRow[];
  cuts: CutValue[];
};

/** Auctions replayed with one cut: at this λ, and along the frontier of λ. */
export type ReplayFigures = { lambda: number; cut: number; replay: ReplayReport[]; frontier: ReplayReport[] };

const rankerReport = object<RankerReport>({
  ranker,
  recall: intervals,
  softRecall: intervals,
  ndcg: intervals,
  regret: intervals,
  tau: interval,
  reciprocalRank: interval,
});
const replayReport = object<ReplayReport>({
  ranker,
  lambda: number,
  totalValue: interval,
  revenue: interval,
  clickRate: interval,
  conversionRate: interval,
  crossOutRate: interval,
  impressions: interval,
});
const passOnFigures = object<PassOnFigures>({
  lambda: number,
  rankers: list(rankerReport),
  calibration: list(
    object<CalibrationRow>({
      model: judged,
      event: oneOf(...EVENTS),
      grouping: oneOf(...GROUPINGS),
      group: number,
      candidates: number,
      calibration: interval,
    }),
  ),
  curse: list(object<CurseRow>({ model: judged, depth: number, clicks: interval, value: interval })),
  cuts: list(object<CutValue>({ ranker, cut: number, cost: figure, value: interval })),
});
const replayFigures = object<ReplayFigures>({
  lambda: number,
  cut: number,
  replay: list(replayReport),
  frontier: list(replayReport),
});

/** Features of a request that can be looked at and changed, in the units that people think in. */
export const FEATURES = [
  'bid',
  'price',
  'adAge',
  'billing',
  'category',
  'bait',
  'quality',
  'seen',
  'clicked',
  'interest',
  'domain',
  'age',
  'gender',
  'city',
  'device',
] as const satisfies readonly LookField[];

const lookChange = object<LookChange>({ field: oneOf(...FEATURES), candidate: number, value: number });

/** A feature of all candidates; one of the request is the same for all. */
export type LookedField = {
  name: LookField;
  scope: 'candidate' | 'request';
  min: number;
  max: number;
  step: number;
  values: readonly number[];
};

export type PlainEstimates = { [K in keyof Estimates]: readonly number[] };
const estimates = object<PlainEstimates>({
  pClick: figures,
  pConversion: figures,
  pCrossOut: figures,
});

/** One request with all its candidates, one element each. */
export type LookedRequest = {
  /** Its place among the scored requests, from 0. */
  index: number;
  day: number;
  /** Seconds of the day. */
  time: number;
  ad: readonly number[];
  /** Stage that the logging policy let the candidate reach, as in STAGES of the log. */
  stage: readonly number[];
  bid: readonly number[];
  /** 1 where the advertiser pays for conversions. */
  conversionBilled: readonly number[];
  early: PlainEstimates;
  final: PlainEstimates;
  truth: PlainEstimates;
  fields: LookedField[];
};

const lookedRequest = object<LookedRequest>({
  index: number,
  day: number,
  time: number,
  ad: figures,
  stage: figures,
  bid: figures,
  conversionBilled: figures,
  early: estimates,
  final: estimates,
  truth: estimates,
  fields: list(
    object<LookedField>({
      name: oneOf(...FEATURES),
      scope: oneOf('candidate', 'request'),
      min: number,
      max: number,
      step: number,
      values: figures,
    }),
  ),
});

/** To the funnel worker. `open` fetches weights and sample and scores every request; the others need that done. */
export type FunnelRequest =
  | { kind: 'open'; job: number; models: string; sample: string; backend: string }
  | { kind: 'pass-on'; job: number; lambda: number }
  | { kind: 'replay'; job: number; lambda: number; cut: number }
  | {
      kind: 'look';
      job: number;
      index: number;
      ranker: (typeof RANKERS)[number];
      changes: readonly LookChange[];
    };

export const funnelRequest: Parser<FunnelRequest> = byKind<FunnelRequest>({
  open: object({ kind: oneOf('open'), job: number, models: string, sample: string, backend: string }),
  'pass-on': object({ kind: oneOf('pass-on'), job: number, lambda: number }),
  replay: object({ kind: oneOf('replay'), job: number, lambda: number, cut: number }),
  look: object({ kind: oneOf('look'), job: number, index: number, ranker, changes: list(lookChange) }),
});

export type FunnelReply =
  | { kind: 'progress'; job: number; share: number }
  | { kind: 'opened'; job: number; sample: FunnelSample }
  | { kind: 'passed-on'; job: number; figures: PassOnFigures }
  | { kind: 'replayed'; job: number; figures: ReplayFigures }
  | { kind: 'looked'; job: number; request: LookedRequest }
  | { kind: 'failed'; job: number; code: FunnelFailure; message: string };

export const funnelReply: Parser<FunnelReply> = byKind<FunnelReply>({
  progress: object({ kind: oneOf('progress'), job: number, share: number }),
  opened: object({
    kind: oneOf('opened'),
    job: number,
    sample: object<FunnelSample>({
      backend: string,
      requests: number,
      candidates: number,
      days: number,
      seed: number,
    }),
  }),
  'passed-on': object({ kind: oneOf('passed-on'), job: number, figures: passOnFigures }),
  replayed: object({ kind: oneOf('replayed'), job: number, figures: replayFigures }),
  looked: object({ kind: oneOf('looked'), job: number, request: lookedRequest }),
  failed: object({ kind: oneOf('failed'), job: number, code: oneOf(...FUNNEL_FAILURES), message: string }),
});
