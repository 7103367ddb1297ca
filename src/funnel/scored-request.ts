import { totalValue } from '../adlog/value';

/**
 * The early stages that are compared: clicks alone; one model a task; one model of three tasks; the same with heads that
 * follow the final stage; that one with a mixture of experts, or with conversions conditioned on clicks.
 */
export const EARLY_MODELS = ['clicks', 'separate', 'multi-task', 'distilled', 'mmoe', 'relation'] as const;
export type EarlyModelName = (typeof EARLY_MODELS)[number];

/** Everything that can stand in the early stage; the oracle ranks by the hidden true probabilities. */
export const RANKERS = [...EARLY_MODELS, 'oracle'] as const;
export type RankerName = (typeof RANKERS)[number];

/** What a model (or the truth) says of some candidates, one element each. */
export interface Estimates {
  readonly pClick: Float32Array;
  /** Given a click. */
  readonly pConversion: Float32Array;
  readonly pCrossOut: Float32Array;
}

/** One request with all its candidates, as logged and as each stage scores them. Columns have one element a candidate. */
export interface ScoredRequest {
  readonly day: number;
  /** Number of the request within its day. */
  readonly request: number;
  /** Seconds from the start of the world. */
  readonly time: number;
  readonly user: number;
  /** Age group of the user, 0 … 6. */
  readonly ageGroup: number;
  /** Index into DOMAINS. */
  readonly domain: number;
  readonly count: number;
  readonly ad: Uint16Array;
  /** Age of the ad in days. */
  readonly adAge: Float32Array;
  /** Index into the ad categories, 0 … 39. */
  readonly category: Uint8Array;
  /** Currency for each billed action. */
  readonly bid: Float32Array;
  /** 1 where the advertiser pays for conversions. */
  readonly conversionBilled: Uint8Array;
  /** Stage that the logging policy let the candidate reach: index into STAGES. */
  readonly stage: Uint8Array;
  /** Hidden probabilities in the first slot, as the world has them. */
  readonly truth: Estimates;
  readonly final: Estimates;
  /** What each early model says. The model of clicks alone has its domain's mean conversion rate and no cross-outs. */
  readonly early: Readonly<Partial<Record<EarlyModelName, Estimates>>>;
}

/** What candidates offer, and estimates of them, in columns of any kind with one element a candidate. */
export type Offers = { readonly [K in 'bid' | 'conversionBilled']: ArrayLike<number> };
export type EstimateColumns = { readonly [K in keyof Estimates]: ArrayLike<number> };

/** Total value of every candidate for a thousand impressions, by the given estimates; λ in the currency of the bids. */
export function valuesOf(offers: Offers, estimates: EstimateColumns, lambda: number): Float64Array {
  const { bid, conversionBilled } = offers;
  const { pClick, pConversion, pCrossOut } = estimates;
  return Float64Array.from(bid, (own, i) =>
    totalValue(
      own,
      pClick[i] ?? 0,
      pConversion[i] ?? 0,
      pCrossOut[i] ?? 0,
      conversionBilled[i] === 1,
      lambda,
    ),
  );
}

/** Estimates of a ranker for a request; undefined where that model was not asked. */
export function estimatesOf(request: ScoredRequest, ranker: RankerName): Estimates | undefined {
  return ranker === 'oracle' ? request.truth : request.early[ranker];
}

/** The rankers that have scored every request, in the order of RANKERS. */
export function rankersOf(requests: readonly ScoredRequest[]): RankerName[] {
  return RANKERS.filter((ranker) => requests.every((request) => estimatesOf(request, ranker)));
}
