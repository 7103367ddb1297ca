import type { AdTable } from './ads';
import type { UserDay, UserTable } from './users';

/** Stage that a logged candidate reached. */
export const STAGES = ['dropped early', 'dropped late', 'final', 'shown'] as const;
export type Stage = 0 | 1 | 2 | 3;

/** What was known of user, ad and moment when a row was made. One array a column, one element a row. */
export interface RowColumns {
  /** Unique in the world: the key by which students' rows are joined. */
  id: Uint32Array;
  request: Uint32Array;
  /** Seconds from the start of the world. */
  time: Uint32Array;
  domain: Uint8Array;
  user: Uint16Array;
  ad: Uint16Array;
  /** Earlier impressions of this ad among the last 32 that this user saw. */
  seen: Uint8Array;
  /** The user's organic actions in the ad's category, 16·log2(1 + decayed count). */
  interest: Uint8Array;
  /** The user's last 20 ad clicks that were in the ad's category. */
  clicked: Uint8Array;
}

/** What happened to an impression. */
export interface OutcomeColumns {
  position: Uint8Array;
  /** Probability with which the logging policy would put this ad in this slot, given the 50 survivors. */
  propensity: Float32Array;
  click: Uint8Array;
  /** 1 where a conversion follows the click, however late. */
  conversion: Uint8Array;
  /** Seconds from click to conversion; 0 where there is none. */
  delay: Uint32Array;
  crossOut: Uint8Array;
  /** Second price, currency for each billed action. */
  price: Float32Array;
}

/** How a logged candidate came into the log. */
export interface CandidateColumns {
  stage: Uint8Array;
  /** Probability that this candidate was logged, given its request. */
  inclusion: Float32Array;
}

/** The truth, for judging alone: no feature list may name one of these. Candidates are judged in the first slot. */
export interface TruthColumns {
  pClick: Float32Array;
  /** Given a click. */
  pConversion: Float32Array;
  pCrossOut: Float32Array;
  /**
   * Total value as the logging policy's final stage estimated it. It is logged, so it may be a target (the final stage learns
   * it for sampled candidates), never an input.
   */
  policyValue: Float32Array;
}

export type Impressions = { count: number } & RowColumns & OutcomeColumns & TruthColumns;
export type Candidates = { count: number } & RowColumns & CandidateColumns & TruthColumns;

/** State of the drifting parts on one day, for judging alone. */
export interface HiddenDay {
  /** Added to every click logit of the day. */
  readonly level: number;
  readonly categories: Float64Array;
  /** Cumulative shares of the domains in the requests. */
  readonly domains: Float64Array;
}

/** The log of one day. */
export interface DayLog {
  readonly day: number;
  readonly requests: number;
  /** Ads alive at the end of the day. */
  readonly liveAds: number;
  readonly impressions: Impressions;
  /** Sampled candidates of one request in fifty. */
  readonly candidates: Candidates;
  /** All 400 candidates of the requests that were asked for in full. */
  readonly full: Candidates;
  readonly users: UserTable;
  readonly userDay: UserDay;
  readonly ads: AdTable;
  readonly hidden: HiddenDay;
}

const ROW = {
  id: Uint32Array,
  request: Uint32Array,
  time: Uint32Array,
  domain: Uint8Array,
  user: Uint16Array,
  ad: Uint16Array,
  seen: Uint8Array,
  interest: Uint8Array,
  clicked: Uint8Array,
} as const;
const OUTCOME = {
  position: Uint8Array,
  propensity: Float32Array,
  click: Uint8Array,
  conversion: Uint8Array,
  delay: Uint32Array,
  crossOut: Uint8Array,
  price: Float32Array,
} as const;
const CANDIDATE = { stage: Uint8Array, inclusion: Float32Array } as const;
const TRUTH = {
  pClick: Float32Array,
  pConversion: Float32Array,
  pCrossOut: Float32Array,
  policyValue: Float32Array,
} as const;

export const ROW_COLUMNS = columnNames(ROW);
export const OUTCOME_COLUMNS = columnNames(OUTCOME);
export const CANDIDATE_COLUMNS = columnNames(CANDIDATE);
export const TRUTH_COLUMNS = columnNames(TRUTH);

function columnNames<T extends object>(kinds: T): readonly (keyof T & string)[] {
  return Object.keys(kinds) as (keyof T & string)[];
}

/** Empty columns with room for `capacity` rows. */
export function createImpressions(capacity: number): Impressions {
  return {
    count: 0,
    id: new Uint32Array(capacity),
    request: new Uint32Array(capacity),
    time: new Uint32Array(capacity),
    domain: new Uint8Array(capacity),
    user: new Uint16Array(capacity),
    ad: new Uint16Array(capacity),
    seen: new Uint8Array(capacity),
    interest: new Uint8Array(capacity),
    clicked: new Uint8Array(capacity),
    position: new Uint8Array(capacity),
    propensity: new Float32Array(capacity),
    click: new Uint8Array(capacity),
    conversion: new Uint8Array(capacity),
    delay: new Uint32Array(capacity),
    crossOut: new Uint8Array(capacity),
    price: new Float32Array(capacity),
    pClick: new Float32Array(capacity),
    pConversion: new Float32Array(capacity),
    pCrossOut: new Float32Array(capacity),
    policyValue: new Float32Array(capacity),
  };
}

/** Empty columns with room for `capacity` candidates. */
export function createCandidates(capacity: number): Candidates {
  return {
    count: 0,
    id: new Uint32Array(capacity),
    request: new Uint32Array(capacity),
    time: new Uint32Array(capacity),
    domain: new Uint8Array(capacity),
    user: new Uint16Array(capacity),
    ad: new Uint16Array(capacity),
    seen: new Uint8Array(capacity),
    interest: new Uint8Array(capacity),
    clicked: new Uint8Array(capacity),
    stage: new Uint8Array(capacity),
    inclusion: new Float32Array(capacity),
    pClick: new Float32Array(capacity),
    pConversion: new Float32Array(capacity),
    pCrossOut: new Float32Array(capacity),
    policyValue: new Float32Array(capacity),
  };
}
