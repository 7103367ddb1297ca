import type { Point } from './image.ts';
import { median } from './numbers.ts';
import type { StaffTrack } from './staff-lines.ts';
import type { Strips } from './strips.ts';

/** The five lines of a staff as smooth functions of the photo's x. */
export type StaffCurve = {
  /** Photo x of the first node, and distance of the nodes, px. */
  x0: number;
  step: number;
  count: number;
  /** Photo y of each line at each node: `ys[node * 5 + line]`. */
  ys: Float32Array;
  /** Photo x between which the staff's lines are printed. */
  left: number;
  right: number;
  /** Median vertical distance of neighbouring lines, px. */
  space: number;
};

/** Half widths of the windows in which the middle line, the spacing and single lines are smoothed, in spaces. */
const MIDDLE_WINDOW = 3;
const SPACE_WINDOW = 14;
const LINE_WINDOW = 8;

/** Smooths a track: a robust local fit of the middle line, of the spacing, and of each line's own deviation. */
export function staffCurve(track: StaffTrack, strips: Strips): StaffCurve {
  const toX = (t: number) => (t + 0.5) * strips.stripWidth;
  const samples: number[] = [];
  for (let t = track.first; t <= track.last; t++) if (track.found[t]) samples.push(t);
  const xs = Float64Array.from(samples, toX);
  const middles = Float64Array.from(samples, (t) => (track.y[t] as number) * strips.rowHeight);
  const spaces = Float64Array.from(samples, (t) => (track.space[t] as number) * strips.rowHeight);
  const space = median(spaces);
  const left = track.first * strips.stripWidth;
  const right = (track.last + 1) * strips.stripWidth;
  const nodes = evenly(left, right, Math.max(2, Math.round((right - left) / space) + 1));
  const wide = evenly(left, right, Math.max(2, (nodes.length >> 2) + 1));
  const middle = localFit(xs, middles, nodes, MIDDLE_WINDOW * space, 0.1 * space);
  const spacing = localFit(xs, spaces, wide, SPACE_WINDOW * space, 0.05 * space);
  const count = nodes.length;
  const step = (right - left) / (count - 1);
  const curve = { x0: left, step, count, ys: new Float32Array(count * 5), left, right, space };
  nodes.forEach((x, n) => {
    const gap = interpolate(wide, spacing, x);
    for (let line = 0; line < 5; line++) curve.ys[n * 5 + line] = (middle[n] as number) + (line - 2) * gap;
  });
  const own = [0, 1, 2, 3, 4].map((line) => {
    const seen = samples.filter((t) => Number.isFinite(track.lines[t * 5 + line]));
    const deviations = Float64Array.from(
      seen,
      (t) => (track.lines[t * 5 + line] as number) * strips.rowHeight - lineY(curve, line, toX(t)),
    );
    return localMean(Float64Array.from(seen, toX), deviations, wide, LINE_WINDOW * space, 0.2 * space);
  });
  nodes.forEach((x, n) => {
    own.forEach((deviation, line) => {
      curve.ys[n * 5 + line] = (curve.ys[n * 5 + line] as number) + interpolate(wide, deviation, x);
    });
  });
  return curve;
}

function evenly(from: number, to: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** Photo y of a line at photo x: linear between nodes and beyond them. */
export function lineY(curve: StaffCurve, line: number, x: number): number {
  const at = (x - curve.x0) / curve.step;
  const n = Math.min(curve.count - 2, Math.max(0, Math.floor(at)));
  const a = curve.ys[n * 5 + line] as number;
  const b = curve.ys[(n + 1) * 5 + line] as number;
  return a + (b - a) * (at - n);
}

/** The five lines as polylines from end to end, one point a node. */
export function linePoints(curve: StaffCurve): Point[][] {
  const inner = Array.from({ length: curve.count }, (_, n) => curve.x0 + n * curve.step);
  const xs = [curve.left, ...inner.filter((x) => x > curve.left && x < curve.right), curve.right];
  return [0, 1, 2, 3, 4].map((line) => xs.map((x) => ({ x, y: lineY(curve, line, x) })));
}

/**
 * Straight-line fits about each node with tricube weights of half width `window`; points further than `tolerance`
 * (or three times the median residual) off a first fit are left out of the second.
 */
function localFit(
  xs: Float64Array,
  ys: Float64Array,
  nodes: Float64Array,
  window: number,
  tolerance: number,
): Float64Array {
  const first = nodes.map((node) => fitAt(xs, ys, node, window));
  const residuals = xs.map((x, i) => Math.abs((ys[i] as number) - interpolate(nodes, first, x)));
  const limit = Math.max(0.25 * tolerance, Math.min(tolerance, 3 * median(residuals)));
  const kept = (_: number, i: number) => (residuals[i] as number) <= limit;
  const keptX = xs.filter(kept);
  const keptY = ys.filter(kept);
  return nodes.map((node) => fitAt(keptX, keptY, node, window));
}

function fitAt(xs: Float64Array, ys: Float64Array, node: number, window: number): number {
  // Where a window holds too few points to carry a line, a wider one does.
  for (let half = window; ; half *= 2) {
    let w0 = 0;
    let wx = 0;
    let wy = 0;
    let wxx = 0;
    let wxy = 0;
    for (let i = lowerBound(xs, node - half); i < xs.length; i++) {
      const x = (xs[i] as number) - node;
      if (x >= half) break;
      const w = tricube(x / half);
      const y = ys[i] as number;
      w0 += w;
      wx += w * x;
      wy += w * y;
      wxx += w * x * x;
      wxy += w * x * y;
    }
    const spread = wxx - (wx * wx) / Math.max(1e-9, w0);
    if (w0 > 4 && spread > 0.02 * w0 * half * half) {
      return wy / w0 - ((wxy - (wx * wy) / w0) / spread) * (wx / w0);
    }
    if (half > 64 * window) return w0 > 0 ? wy / w0 : 0;
  }
}

function tricube(x: number): number {
  const a = Math.abs(x);
  const b = 1 - a * a * a;
  return b * b * b;
}

/** Weighted means about each node, drawn to zero where little was seen; values beyond `limit` are left out. */
function localMean(
  xs: Float64Array,
  ys: Float64Array,
  nodes: Float64Array,
  window: number,
  limit: number,
): Float64Array {
  return nodes.map((node) => {
    let sum = 0;
    let weight = 3;
    for (let i = lowerBound(xs, node - window); i < xs.length; i++) {
      const x = (xs[i] as number) - node;
      if (x >= window) break;
      const y = ys[i] as number;
      if (Math.abs(y) > limit) continue;
      const w = tricube(x / window);
      sum += w * y;
      weight += w;
    }
    return sum / weight;
  });
}

function interpolate(xs: Float64Array, ys: Float64Array, x: number): number {
  const i = Math.min(xs.length - 2, Math.max(0, lowerBound(xs, x) - 1));
  const x0 = xs[i] as number;
  const x1 = xs[i + 1] as number;
  const y0 = ys[i] as number;
  return y0 + (((ys[i + 1] as number) - y0) * (x - x0)) / (x1 - x0);
}

/** The first index whose value is not below `x`. */
function lowerBound(xs: Float64Array, x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
