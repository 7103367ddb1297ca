import { type AdState, type LiveAds, priceScore } from './ads';
import { exp, log } from './arithmetic';
import type { DriftState } from './drift';
import { hash32, NORMALS } from './random';
import {
  ADS,
  DAY_SECONDS,
  FUNNEL,
  RETRIEVAL_STEEPNESS,
  SEGMENTS,
  STAGE_NOISE,
  TASTE,
  TRUTH,
  USERS,
} from './settings';

/** Everything about the live ads that stays the same for half an hour, by slot. */
export interface TickTables {
  live: number;
  /** Parts of the three logits that do not depend on the user. */
  readonly click: Float64Array;
  readonly conversion: Float64Array;
  readonly crossOut: Float64Array;
  readonly bid: Float64Array;
  readonly billed: Uint8Array;
  readonly category: Uint8Array;
  readonly hash: Int32Array;
  /** For each segment the running sum of the probabilities of being retrieved. */
  readonly retrieval: Float64Array;
  /** Match of each segment with each slot, and the ad for which a slot's matches were computed. */
  readonly segmentMatch: Float64Array;
  readonly matched: Int32Array;
  /** What retrieval knows without the segment: log of the bid for a click, plus the ad's part of the click logit. */
  readonly logValue: Float64Array;
  /** Retrieved candidates of a segment and stratum, those billed on conversions first; filled when first asked for. */
  readonly lists: readonly CandidateList[];
  /** Where in its stratum the systematic sample of this half hour starts, in [0, 1). */
  offset: number;
  readonly capacity: number;
}

export interface CandidateList {
  /** Number of candidates, or -1 before they are drawn. */
  count: number;
  /** How many of them, at the front, are billed on conversions. */
  billed: number;
  readonly slot: Int32Array;
}

/** Systematic samples that a segment's requests share within half an hour. */
export const STRATA = 16;

export function createTables(capacity: number): TickTables {
  return {
    live: 0,
    click: new Float64Array(capacity),
    conversion: new Float64Array(capacity),
    crossOut: new Float64Array(capacity),
    bid: new Float64Array(capacity),
    billed: new Uint8Array(capacity),
    category: new Uint8Array(capacity),
    hash: new Int32Array(capacity),
    retrieval: new Float64Array(capacity * SEGMENTS),
    segmentMatch: new Float64Array(capacity * SEGMENTS),
    matched: new Int32Array(capacity).fill(-1),
    logValue: new Float64Array(capacity),
    lists: Array.from({ length: SEGMENTS * STRATA }, () => ({
      count: -1,
      billed: 0,
      slot: new Int32Array(FUNNEL.retrieved),
    })),
    offset: 0,
    capacity,
  };
}

/** What fatigue subtracts and adds after n impressions: log(1 + n). */
export const FATIGUE = Float64Array.from({ length: USERS.memory + 1 }, (_, n) => log(1 + n));

/** What each slot's position adds to the click logit, by domain and slot. */
export const POSITION_EFFECT = TRUTH.positionExponent.map((exponent) =>
  Float64Array.from({ length: FUNNEL.slots }, (_, slot) => -exponent * log(1 + slot)),
);

/** Fills the tables for the half hour that starts at `time` seconds. */
export function fillTables(
  tables: TickTables,
  ads: AdState,
  drift: DriftState,
  segmentTaste: Float64Array,
  seed: number,
  time: number,
): void {
  const { table, hidden, live } = ads;
  tables.live = live.count;
  for (let slot = 0; slot < live.count; slot++) {
    const id = live.ad[slot] as number;
    const category = table.category[id] as number;
    const bait = hidden.bait[id] as number;
    const quality = hidden.quality[id] as number;
    const age = (time - (table.birth[id] as number)) / DAY_SECONDS;
    tables.category[slot] = category;
    tables.bid[slot] = table.bid[id] as number;
    tables.billed[slot] = table.conversionBilled[id] as number;
    tables.hash[slot] = hash32(seed, id);
    tables.click[slot] =
      TRUTH.click.bait * bait +
      TRUTH.click.quality * quality +
      TRUTH.click.novelty * exp(-age) +
      (drift.categories[category] as number);
    tables.conversion[slot] =
      TRUTH.conversion.intercept +
      TRUTH.conversion.quality * quality +
      TRUTH.conversion.bait * bait +
      TRUTH.conversion.price * priceScore(table.price[id] as number);
    tables.crossOut[slot] =
      TRUTH.crossOut.intercept + TRUTH.crossOut.bait * bait + TRUTH.crossOut.quality * quality;
  }
  for (let slot = 0; slot < live.count; slot++) {
    if (tables.matched[slot] !== live.ad[slot]) matchSegments(tables, live, segmentTaste, slot);
    const rate = tables.billed[slot] === 1 ? ADS.meanConversionRate : 1;
    tables.logValue[slot] = log((tables.bid[slot] as number) * rate) + (tables.click[slot] as number);
  }
  for (let segment = 0; segment < SEGMENTS; segment++) fillRetrieval(tables, segment);
  for (const list of tables.lists) list.count = -1;
  tables.offset = ((hash32(seed, time) >>> 8) & 0xffff) / 0x10000;
}

/**
 * Retrieval: a systematic sample of 400 ads by the segment's inclusion probabilities. One number decides it: an ad is
 * taken where the running sum passes that number plus an integer.
 */
export function candidatesOf(tables: TickTables, segment: number, stratum: number): CandidateList {
  const list = tables.lists[segment * STRATA + stratum] as CandidateList;
  if (list.count < 0) fillList(list, tables, segment * tables.capacity, (stratum + tables.offset) / STRATA);
  return list;
}

function fillList(list: CandidateList, tables: TickTables, start: number, first: number): void {
  const { retrieval, billed, live } = tables;
  const { slot } = list;
  list.count = 0;
  list.billed = 0;
  for (let i = 0, next = first; i < live && list.count < slot.length; i++) {
    if ((retrieval[start + i] as number) <= next) continue;
    next += 1;
    const at = list.count++;
    if (billed[i] === 0) {
      slot[at] = i;
      continue;
    }
    const front = list.billed++;
    slot[at] = slot[front] as number;
    slot[front] = i;
  }
}

/** Match of a newly filled slot with every segment's taste. */
function matchSegments(tables: TickTables, live: LiveAds, segmentTaste: Float64Array, slot: number): void {
  for (let segment = 0; segment < SEGMENTS; segment++) {
    let match = 0;
    for (let k = 0; k < TASTE; k++) {
      match += (segmentTaste[segment * TASTE + k] as number) * (live.taste[slot * TASTE + k] as number);
    }
    tables.segmentMatch[segment * tables.capacity + slot] = match;
  }
  tables.matched[slot] = live.ad[slot] as number;
}

/** Retrieval knows a segment's taste and the bid, with an error of its own for each segment and ad. */
function fillRetrieval(tables: TickTables, segment: number): void {
  const start = segment * tables.capacity;
  const weight = tables.retrieval.subarray(start, start + tables.live);
  const { hash, logValue, segmentMatch } = tables;
  for (let slot = 0; slot < tables.live; slot++) {
    const error = NORMALS[hash32(hash[slot] as number, segment) & 1023] as number;
    const match = segmentMatch[start + slot] as number;
    const value = (logValue[slot] as number) + TRUTH.click.taste * match + STAGE_NOISE.retrieval * error;
    weight[slot] = exp(RETRIEVAL_STEEPNESS * value);
  }
  toInclusion(weight, FUNNEL.retrieved);
  let sum = 0;
  for (let slot = 0; slot < tables.live; slot++) {
    sum += weight[slot] as number;
    weight[slot] = sum;
  }
}

/** Scales weights, in place, to probabilities of at most one that sum to `size` (or to all ones, if there are fewer). */
export function toInclusion(weight: Float64Array, size: number): void {
  if (weight.length <= size) {
    weight.fill(1);
    return;
  }
  let scale = 0;
  for (let round = 0; round < 30; round++) {
    let capped = 0;
    let rest = 0;
    for (const w of weight) {
      if (w * scale >= 1) capped++;
      else rest += w;
    }
    const next = (size - capped) / rest;
    if (next <= scale) break;
    scale = next;
  }
  for (let i = 0; i < weight.length; i++) weight[i] = Math.min(1, (weight[i] as number) * scale);
}
