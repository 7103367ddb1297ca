import type { LinePeaks } from './line-peaks.ts';

/** Five ridges of one strip at equal distances: a clear view of a staff. */
export type Comb = {
  strip: number;
  /** Row of the middle line. */
  y: number;
  /** Distance of neighbouring lines, rows. */
  space: number;
  /** Darkness of the lines, 0..1: the median of the five. */
  height: number;
};

/** A run of combs of one staff in strips next to each other, left to right. */
export type CombRun = { combs: Comb[]; slope: number };

const SMALLEST_SPACE = 3.5;
/** A ridge of less than this part of its neighbours' height is no staff line. */
const FAINT = 0.3;

/** All clear combs, strip by strip. */
export function findCombs(peaks: LinePeaks): Comb[][] {
  const found: Comb[][] = [];
  for (let t = 0; t + 1 < peaks.start.length; t++) {
    const combs: Comb[] = [];
    const start = peaks.start[t] as number;
    const end = peaks.start[t + 1] as number;
    for (let i = start; i + 4 < end; i++) {
      const comb = combAt(peaks, i, start, end);
      if (!comb) continue;
      combs.push({ strip: t, ...comb.place });
      i = comb.last - 1;
    }
    found.push(combs);
  }
  return found;
}

/** The comb whose top line is the ridge `first`; ridges much fainter than it (grain of the paper) are passed over. */
function combAt(
  peaks: LinePeaks,
  first: number,
  start: number,
  end: number,
): { place: { y: number; space: number; height: number }; last: number } | undefined {
  const height = peaks.height[first] as number;
  const ridges: number[] = [];
  let between = 0;
  for (let i = first; i < end && ridges.length < 5; i++) {
    if ((peaks.height[i] as number) >= FAINT * height) ridges.push(i);
    else between = Math.max(between, peaks.height[i] as number);
    if (ridges.length < 5) between = Math.max(between, peaks.valley[i] as number);
  }
  const last = ridges[4];
  if (last === undefined) return undefined;
  const y0 = peaks.y[first] as number;
  const space = ((peaks.y[last] as number) - y0) / 4;
  if (space < SMALLEST_SPACE) return undefined;
  const heights: number[] = [];
  for (let line = 0; line < 5; line++) {
    const i = ridges[line] as number;
    if (Math.abs((peaks.y[i] as number) - y0 - line * space) > 0.1 * space + 0.5) return undefined;
    if ((peaks.width[i] as number) > 0.5 * space + 0.5) return undefined;
    heights.push(peaks.height[i] as number);
  }
  heights.sort((a, b) => a - b);
  const [least = 0, , middle = 0, , most = 0] = heights;
  if (least < FAINT * most || between > 0.6 * least) return undefined;
  if (continues(peaks, first, -1, start, end, space)) return undefined;
  if (continues(peaks, last, 1, start, end, space)) return undefined;
  return { place: { y: peaks.y[ridges[2] as number] as number, space, height: middle }, last };
}

/** Whether a sixth line of the same kind follows in `direction`: ruled paper, or a comb caught one line off. */
function continues(
  peaks: LinePeaks,
  last: number,
  direction: 1 | -1,
  start: number,
  end: number,
  space: number,
): boolean {
  for (let next = last + direction; next >= start && next < end; next += direction) {
    const gap = Math.abs((peaks.y[next] as number) - (peaks.y[last] as number)) - space;
    if (gap > 0.15 * space + 0.5) return false;
    const alike =
      (peaks.height[next] as number) > 0.6 * (peaks.height[last] as number) &&
      (peaks.width[next] as number) < 0.5 * space + 0.5;
    if (alike && gap > -0.15 * space - 0.5) return true;
  }
  return false;
}

/**
 * Joins combs of neighbouring strips into runs, longest first.
 * @param aspect rows that one strip is wide; lines steeper than 0.3 are not followed.
 */
export function combRuns(combs: Comb[][], aspect: number): CombRun[] {
  const open: Comb[][] = [];
  const closed: Comb[][] = [];
  for (let t = 0; t < combs.length; t++) {
    for (const comb of combs[t] ?? []) {
      let best: Comb[] | undefined;
      let bestError = Number.POSITIVE_INFINITY;
      for (const run of open) {
        const last = run[run.length - 1] as Comb;
        const dx = (t - last.strip) * aspect;
        if (dx === 0) continue;
        const error = Math.abs(comb.y - last.y);
        const fits = error < 0.3 * dx + 0.12 * comb.space && Math.abs(comb.space / last.space - 1) < 0.15;
        if (fits && error < bestError) {
          best = run;
          bestError = error;
        }
      }
      if (best) best.push(comb);
      else open.push([comb]);
    }
    for (let i = open.length - 1; i >= 0; i--) {
      const run = open[i] as Comb[];
      const last = run[run.length - 1] as Comb;
      if ((t - last.strip) * aspect > Math.max(aspect, last.space)) {
        closed.push(run);
        open.splice(i, 1);
      }
    }
  }
  closed.push(...open);
  return closed
    .filter((run) => run.length >= 3)
    .map((run) => ({ combs: run, slope: slopeOf(run, aspect) }))
    .sort((a, b) => b.combs.length - a.combs.length);
}

/** Least-squares slope of a run, rows per row-sized step along it. */
function slopeOf(run: Comb[], aspect: number): number {
  const meanT = run.reduce((sum, c) => sum + c.strip, 0) / run.length;
  const meanY = run.reduce((sum, c) => sum + c.y, 0) / run.length;
  let xy = 0;
  let xx = 0;
  for (const c of run) {
    xy += (c.strip - meanT) * (c.y - meanY);
    xx += (c.strip - meanT) ** 2;
  }
  return xx === 0 ? 0 : xy / xx / aspect;
}
