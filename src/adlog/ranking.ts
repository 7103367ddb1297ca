import type { LiveAds } from './ads';
import { exp, sigmoid } from './arithmetic';
import { below, hash32, NORMALS, nextInt, type Rng, uniform } from './random';
import { orderTop, selectTop } from './select';
import { EXPLORATION, FUNNEL, STAGE_NOISE, TASTE, TRUTH } from './settings';
import { candidatesOf, FATIGUE, STRATA, type TickTables } from './tables';

/** Working space of one request; everything is indexed by candidate unless said otherwise. */
export interface RequestSpace {
  count: number;
  /** How many candidates, at the front, are billed on conversions. */
  billed: number;
  /** Slot of each candidate: a list that other requests share, never written to. */
  slot: Int32Array;
  /** True logits before any position effect; the conversion logit is filled only where it was needed. */
  readonly click: Float64Array;
  readonly conversion: Float64Array;
  readonly crossOut: Float64Array;
  readonly earlyValue: Float64Array;
  /** Candidates that survive the early stage, and the final stage's value for each, by rank of survivor. */
  readonly survivors: Int32Array;
  survivorCount: number;
  readonly finalValue: Float64Array;
  /** Total value and cross-out estimate of the candidate that the final stage scored last. */
  readonly scored: Float64Array;
  /** Hash of user and day, from which the stages' errors come. */
  errorKey: number;
  /** The best survivors by final value, then what is shown (indices into the survivors). */
  readonly order: Int32Array;
  orderCount: number;
  readonly shown: Int32Array;
  shownCount: number;
  explored: boolean;
  /** Impressions of each live slot among those that the user remembers; all zero between requests. */
  readonly seen: Uint8Array;
  readonly taste: Float64Array;
  /** Match of the user's taste with each candidate, and the early stage's random bits. */
  readonly match: Float64Array;
  readonly error: Int32Array;
  readonly scratch: Float64Array;
}

export function createRequestSpace(slots: number): RequestSpace {
  const wide = () => new Float64Array(FUNNEL.retrieved);
  const narrow = () => new Float64Array(FUNNEL.early);
  return {
    count: 0,
    billed: 0,
    slot: new Int32Array(FUNNEL.retrieved),
    click: wide(),
    conversion: wide(),
    crossOut: wide(),
    earlyValue: wide(),
    survivors: new Int32Array(FUNNEL.early),
    survivorCount: 0,
    finalValue: narrow(),
    scored: new Float64Array(2),
    errorKey: 0,
    order: new Int32Array(FUNNEL.early),
    orderCount: 0,
    shown: new Int32Array(FUNNEL.slots),
    shownCount: 0,
    explored: false,
    seen: new Uint8Array(slots),
    taste: new Float64Array(TASTE),
    match: wide(),
    error: new Int32Array(FUNNEL.retrieved),
    scratch: wide(),
  };
}

/** Takes the candidates of one of the segment's samples, at random. */
export function retrieve(space: RequestSpace, tables: TickTables, segment: number, rng: Rng): void {
  const list = candidatesOf(tables, segment, below(rng, STRATA));
  space.slot = list.slot;
  space.count = list.count;
  space.billed = list.billed;
}

/** `match` of the user's taste (held in `space.taste`) with the vector of a slot. */
function dot(u: Float64Array, vectors: Float64Array, at: number): number {
  return (
    (u[0] as number) * (vectors[at] as number) +
    (u[1] as number) * (vectors[at + 1] as number) +
    (u[2] as number) * (vectors[at + 2] as number) +
    (u[3] as number) * (vectors[at + 3] as number) +
    ((u[4] as number) * (vectors[at + 4] as number) +
      (u[5] as number) * (vectors[at + 5] as number) +
      (u[6] as number) * (vectors[at + 6] as number) +
      (u[7] as number) * (vectors[at + 7] as number)) +
    ((u[8] as number) * (vectors[at + 8] as number) +
      (u[9] as number) * (vectors[at + 9] as number) +
      (u[10] as number) * (vectors[at + 10] as number) +
      (u[11] as number) * (vectors[at + 11] as number)) +
    ((u[12] as number) * (vectors[at + 12] as number) +
      (u[13] as number) * (vectors[at + 13] as number) +
      (u[14] as number) * (vectors[at + 14] as number) +
      (u[15] as number) * (vectors[at + 15] as number))
  );
}

/** True conversion logit of a slot for the user in `space.taste`. */
export function conversionLogit(
  space: RequestSpace,
  tables: TickTables,
  live: LiveAds,
  slot: number,
): number {
  return (
    (tables.conversion[slot] as number) +
    TRUTH.conversion.taste * dot(space.taste, live.purchase, slot * TASTE)
  );
}

/**
 * Early stage: true logits of all candidates, and the total value with this stage's own error. `base` is the domain's
 * intercept plus the level of the day; `pairKey` is a hash of the user. One narrow loop for each quantity: engines
 * optimise those far better than one wide loop.
 */
export function rankEarly(
  space: RequestSpace,
  tables: TickTables,
  live: LiveAds,
  lambda: number,
  base: number,
  pairKey: number,
): void {
  const { slot, count, match } = space;
  dotAll(space.taste, live.taste, slot, count, match);
  clickLogits(space, tables, base, pairKey);
  crossOutLogits(space, tables);
  drawErrors(space.error, tables.hash, slot, count, space.errorKey);
  valueOfClicks(space, tables, STAGE_NOISE.early.click);
  valueOfConversions(space, tables, live, STAGE_NOISE.early.conversion);
  subtractCrossOuts(space, lambda, STAGE_NOISE.early.crossOut);
  space.survivorCount = Math.min(FUNNEL.early, count);
  selectTop(space.earlyValue, count, space.survivorCount, space.scratch, space.survivors);
}

/** Matches of the user's taste with the vectors of all candidates. */
function dotAll(
  u: Float64Array,
  vectors: Float64Array,
  slot: Int32Array,
  count: number,
  out: Float64Array,
): void {
  for (let i = 0; i < count; i++) out[i] = dot(u, vectors, (slot[i] as number) * TASTE);
}

function clickLogits(space: RequestSpace, tables: TickTables, base: number, pairKey: number): void {
  const { slot, click, match, seen, count } = space;
  const { hash, click: fixed } = tables;
  for (let i = 0; i < count; i++) {
    const s = slot[i] as number;
    const pair = Math.imul((hash[s] as number) ^ pairKey, 0x85ebca6b);
    click[i] =
      base +
      (fixed[s] as number) +
      TRUTH.click.taste * (match[i] as number) +
      TRUTH.click.fatigue * (FATIGUE[seen[s] as number] as number) +
      TRUTH.click.pair * (NORMALS[(pair ^ (pair >>> 15)) & NORMAL_MASK] as number);
  }
}

function crossOutLogits(space: RequestSpace, tables: TickTables): void {
  const { slot, crossOut, match, seen, count } = space;
  const fixed = tables.crossOut;
  for (let i = 0; i < count; i++) {
    const s = slot[i] as number;
    crossOut[i] =
      (fixed[s] as number) +
      TRUTH.crossOut.taste * (match[i] as number) +
      TRUTH.crossOut.fatigue * (FATIGUE[seen[s] as number] as number);
  }
}

/** Thirty random bits for each candidate: ten for each head's error. */
function drawErrors(error: Int32Array, hash: Int32Array, slot: Int32Array, count: number, key: number): void {
  for (let i = 0; i < count; i++) {
    const mixed = Math.imul((hash[slot[i] as number] as number) ^ key, 0xc2b2ae35);
    error[i] = mixed ^ (mixed >>> 16);
  }
}

function valueOfClicks(space: RequestSpace, tables: TickTables, noise: number): void {
  const { slot, click, error, earlyValue, count } = space;
  const { bid } = tables;
  for (let i = 0; i < count; i++) {
    const z = (click[i] as number) + noise * (NORMALS[(error[i] as number) & NORMAL_MASK] as number);
    earlyValue[i] = (bid[slot[i] as number] as number) * coarseSigmoid(z);
  }
}

function valueOfConversions(space: RequestSpace, tables: TickTables, live: LiveAds, noise: number): void {
  const { slot, conversion, error, earlyValue, billed } = space;
  for (let i = 0; i < billed; i++) {
    const z = conversionLogit(space, tables, live, slot[i] as number);
    conversion[i] = z;
    const seen = z + noise * (NORMALS[((error[i] as number) >>> 10) & NORMAL_MASK] as number);
    earlyValue[i] = (earlyValue[i] as number) * coarseSigmoid(seen);
  }
}

function subtractCrossOuts(space: RequestSpace, lambda: number, noise: number): void {
  const { crossOut, error, earlyValue, count } = space;
  for (let i = 0; i < count; i++) {
    const z =
      (crossOut[i] as number) + noise * (NORMALS[((error[i] as number) >>> 20) & NORMAL_MASK] as number);
    earlyValue[i] = (earlyValue[i] as number) - lambda * coarseSigmoid(z);
  }
}

/** Logistic function from a table with steps of 1/64: off by at most 0.8 %, far below the stage's own error. */
function coarseSigmoid(z: number): number {
  return COARSE[Math.max(0, Math.min(COARSE_SIZE - 1, (z * 64 + COARSE_SIZE / 2) | 0))] as number;
}

const COARSE_SIZE = 2048;
const COARSE = Float64Array.from({ length: COARSE_SIZE }, (_, i) =>
  sigmoid((i + 0.5 - COARSE_SIZE / 2) / 64),
);
const NORMAL_MASK = 1023;

/**
 * The final stage's total value of a candidate (for one impression), with this stage's own error, into `space.scored[0]`,
 * and its cross-out estimate into `space.scored[1]`. It can score any candidate, also one that the early stage dropped.
 */
export function scoreFinal(space: RequestSpace, tables: TickTables, lambda: number, i: number): void {
  const noise = STAGE_NOISE.final;
  const s = space.slot[i] as number;
  const error = hash32(tables.hash[s] as number, space.errorKey);
  const click = (space.click[i] as number) + noise.click * (NORMALS[error & NORMAL_MASK] as number);
  const cross =
    (space.crossOut[i] as number) + noise.crossOut * (NORMALS[(error >>> 10) & NORMAL_MASK] as number);
  let value = (tables.bid[s] as number) / (1 + exp(-click));
  if (i < space.billed) {
    const z =
      (space.conversion[i] as number) + noise.conversion * (NORMALS[(error >>> 20) & NORMAL_MASK] as number);
    value /= 1 + exp(-z);
  }
  const pCross = 1 / (1 + exp(-cross));
  space.scored[0] = value - lambda * pCross;
  space.scored[1] = pCross;
}

/** Final stage: the survivors scored, the best five in order. */
export function rankFinal(space: RequestSpace, tables: TickTables, lambda: number): void {
  const { survivors, finalValue, survivorCount, scored } = space;
  for (let j = 0; j < survivorCount; j++) {
    scoreFinal(space, tables, lambda, survivors[j] as number);
    finalValue[j] = scored[0] as number;
  }
  space.orderCount = Math.min(FUNNEL.final, survivorCount);
  orderTop(finalValue, survivorCount, space.orderCount, space.order);
}

/** What is shown in `slots` slots: the best of the final stage or, in one request in fifty, survivors at random. */
export function choose(space: RequestSpace, slots: number, rng: Rng): void {
  const { shown, survivorCount } = space;
  space.explored = uniform(rng) < EXPLORATION;
  space.shownCount = Math.min(slots, space.orderCount);
  for (let k = 0; k < space.shownCount; k++) {
    if (!space.explored) {
      shown[k] = space.order[k] as number;
      continue;
    }
    // Draw again until the survivor is new: at most three draws matter, and they are uniform.
    let pick = 0;
    do pick = (nextInt(rng) >>> 0) % survivorCount;
    while (shown.subarray(0, k).includes(pick));
    shown[k] = pick;
  }
}

/** Probability that the logging policy puts survivor `pick` into slot `k`. */
export function propensityOf(space: RequestSpace, pick: number, k: number): number {
  const greedy = space.order[k] === pick ? 1 - EXPLORATION : 0;
  return greedy + EXPLORATION / space.survivorCount;
}
