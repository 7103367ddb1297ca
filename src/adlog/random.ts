import { exp, log, normalQuantile, power } from './arithmetic';

/** State of a generator (sfc32): four 32-bit words, changed in place by every draw. */
export type Rng = Int32Array;

const TO_UNIT = 2 ** -32;
const NORMAL_BITS = 10;
const NORMAL_MASK = (1 << NORMAL_BITS) - 1;

/** 1024 equally likely values of a standard normal variable; their variance is 1. */
export const NORMALS = normals();

function normals(): Float64Array {
  const size = NORMAL_MASK + 1;
  const table = Float64Array.from({ length: size }, (_, i) => normalQuantile((i + 0.5) / size));
  const variance = table.reduce((sum, value) => sum + value * value, 0) / size;
  return table.map((value) => value / Math.sqrt(variance));
}

/** Mixes two 32-bit integers into one (murmur3's finaliser over a multiplicative combination). */
export function hash32(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The generator of a seed and a path of integers (purpose, day, …): another path is another, independent stream. */
export function createRng(seed: number, ...path: number[]): Rng {
  const key = path.reduce((h, part) => hash32(h, part), hash32(seed | 0, Math.floor(seed / 2 ** 32)));
  const rng = Int32Array.of(key, hash32(key, 1), hash32(key, 2), 1);
  for (let i = 0; i < 12; i++) nextInt(rng);
  return rng;
}

/** A signed 32-bit integer. */
export function nextInt(rng: Rng): number {
  const a = rng[0] as number;
  const b = rng[1] as number;
  const c = rng[2] as number;
  const counter = rng[3] as number;
  const result = (((a + b) | 0) + counter) | 0;
  rng[3] = counter + 1;
  rng[0] = b ^ (b >>> 9);
  rng[1] = c + (c << 3);
  rng[2] = ((c << 21) | (c >>> 11)) + result;
  return result;
}

/** A number in [0, 1). */
export function uniform(rng: Rng): number {
  return (nextInt(rng) >>> 0) * TO_UNIT;
}

/** An integer in [0, size). */
export function below(rng: Rng, size: number): number {
  return Math.floor(uniform(rng) * size);
}

/** A standard normal variable (of about half a million values, within ±4.6). */
export function normal(rng: Rng): number {
  const bits = nextInt(rng);
  const one = NORMALS[bits & NORMAL_MASK] as number;
  const other = NORMALS[(bits >>> NORMAL_BITS) & NORMAL_MASK] as number;
  return (one + other) * Math.SQRT1_2;
}

/** Poisson variable; by Knuth's product for small means, by a rounded normal above 60. */
export function poisson(rng: Rng, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(rng)));
  const floor = exp(-mean);
  let count = 0;
  for (let product = uniform(rng); product > floor; product *= uniform(rng)) count++;
  return count;
}

/** Weibull variable of the given shape and scale. */
export function weibull(rng: Rng, shape: number, scale: number): number {
  return scale * power(-log(1 - uniform(rng)), 1 / shape);
}

/** Draws an index with probability proportional to its weight, in constant time (Vose's alias tables). */
export interface AliasTable {
  readonly threshold: Float64Array;
  readonly alias: Int32Array;
}

export function createAliasTable(weights: ArrayLike<number>): AliasTable {
  const size = weights.length;
  let total = 0;
  for (let i = 0; i < size; i++) total += weights[i] as number;
  const threshold = Float64Array.from({ length: size }, (_, i) => ((weights[i] as number) * size) / total);
  const alias = Int32Array.from({ length: size }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  threshold.forEach((value, i) => {
    (value < 1 ? small : large).push(i);
  });
  for (let low = small.pop(); low !== undefined; low = small.pop()) {
    const high = large.pop();
    if (high === undefined) {
      threshold[low] = 1;
      continue;
    }
    alias[low] = high;
    threshold[high] = (threshold[high] as number) + (threshold[low] as number) - 1;
    ((threshold[high] as number) < 1 ? small : large).push(high);
  }
  for (const high of large) threshold[high] = 1;
  return { threshold, alias };
}

export function drawAlias(rng: Rng, table: AliasTable): number {
  const index = below(rng, table.threshold.length);
  return uniform(rng) < (table.threshold[index] as number) ? index : (table.alias[index] as number);
}

/** Draws an index from cumulative weights that end in their total. */
export function drawCumulative(rng: Rng, cumulative: ArrayLike<number>): number {
  const target = uniform(rng) * (cumulative[cumulative.length - 1] as number);
  let index = 0;
  while (index < cumulative.length - 1 && (cumulative[index] as number) <= target) index++;
  return index;
}
