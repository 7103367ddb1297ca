import type { Strips } from './strips.ts';

/**
 * The dark ridges of each strip, top to bottom: where a staff line, or anything else, crosses it. Columns of equal
 * length, in rows of the strips (row j has its centre at j + 0.5); the ridges of strip t are `start[t] .. start[t+1]`.
 */
export type LinePeaks = {
  start: Uint32Array;
  y: Float32Array;
  /** Darkness at the ridge, 0..1. */
  height: Float32Array;
  /** Width at half height above the higher of its two valleys. */
  width: Float32Array;
  /** Darkness of the valley that follows the ridge. */
  valley: Float32Array;
};

/** A ridge rises at least this much, and this part of its height, above both of its valleys. */
const LEAST_RISE = 0.035;
const LEAST_RELATIVE_RISE = 0.35;

export function linePeaks(strips: Strips): LinePeaks {
  const start = new Uint32Array(strips.count + 1);
  const y: number[] = [];
  const height: number[] = [];
  const width: number[] = [];
  const valley: number[] = [];
  for (let t = 0; t < strips.count; t++) {
    const from = t * strips.rows;
    start[t] = y.length;
    forEachPeak(strips.dark, from, strips.rows, (peak, before, after) => {
      const top = strips.dark[from + peak] as number;
      const base = Math.max(strips.dark[from + before] as number, strips.dark[from + after] as number);
      const half = (top + base) / 2;
      const above = crossing(strips.dark, from, peak, -1, strips.rows, half);
      const below = crossing(strips.dark, from, peak, 1, strips.rows, half);
      y.push((above + below) / 2 + 0.5);
      height.push(top);
      width.push(below - above);
      valley.push(strips.dark[from + after] as number);
    });
  }
  start[strips.count] = y.length;
  return {
    start,
    y: Float32Array.from(y),
    height: Float32Array.from(height),
    width: Float32Array.from(width),
    valley: Float32Array.from(valley),
  };
}

/** Calls back with (row of the ridge, row of the valley before, row of the valley after) for each ridge. */
function forEachPeak(
  dark: Float32Array,
  from: number,
  rows: number,
  found: (peak: number, before: number, after: number) => void,
): void {
  let low = 0;
  let high = 0;
  let before = 0;
  let rising = false;
  for (let y = 1; y < rows; y++) {
    const value = dark[from + y] as number;
    if (rising) {
      const top = dark[from + high] as number;
      if (value > top) high = y;
      else if (top - value >= Math.max(LEAST_RISE, LEAST_RELATIVE_RISE * top)) {
        // The valley after the ridge goes on until the next rise.
        let after = y;
        let next = y + 1;
        while (next < rows) {
          const v = dark[from + next] as number;
          const lowest = dark[from + after] as number;
          if (v < lowest) after = next;
          else if (v - lowest >= Math.max(LEAST_RISE, LEAST_RELATIVE_RISE * v)) break;
          next++;
        }
        found(high, before, after);
        rising = false;
        before = after;
        low = after;
        y = after;
      }
    } else {
      const bottom = dark[from + low] as number;
      if (value < bottom) low = y;
      else if (value - bottom >= Math.max(LEAST_RISE, LEAST_RELATIVE_RISE * value)) {
        rising = true;
        high = y;
        before = low;
      }
    }
  }
}

/** Where the darkness falls to `level` on the way from `peak` in `direction`, between rows by linear interpolation. */
function crossing(
  dark: Float32Array,
  from: number,
  peak: number,
  direction: 1 | -1,
  rows: number,
  level: number,
): number {
  let y = peak;
  while (y + direction >= 0 && y + direction < rows && (dark[from + y + direction] as number) > level)
    y += direction;
  const inner = dark[from + y] as number;
  const next = y + direction;
  if (next < 0 || next >= rows) return y + direction * 0.5;
  const outer = dark[from + next] as number;
  return y + direction * ((inner - level) / Math.max(1e-6, inner - outer));
}
