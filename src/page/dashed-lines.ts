import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';
import { median } from './numbers.ts';

const { space: SPACE } = STAFF_GEOMETRY;

/** Dashes that make a line, and its least length, px. */
const FEWEST = 5;
const SHORTEST = 2 * SPACE;
/** Distance from the beginning of a dash to that of the next, px; further apart lie ledger lines and hyphens. */
const PERIOD = { least: 3, most: 1.75 * SPACE };
/** How far a distance may be from the line's usual one, as a share of it. */
const UNEVEN = 0.35;
/** How much darker than the gaps the dashes are at least, in levels. */
const CONTRAST = 35;
/** Ink in the gaps at most, as a share of the dashes'. */
const GAP = 0.5;
/** Rows away from the line that are paper (lighter than this) along this share of its length. */
export const CLEAR = 4;
export const PAPER = 190;
const FREE = 0.8;

/** A dash: where it is, px, and how dark it is at most. */
type Span = { from: number; to: number; ink: number };

/** Rows of even dashes whose middle lies in row `y` of a staff image, at least CLEAR rows from its edges. */
export function dashedLines(image: GreyImage, y: number): { from: number; to: number }[] {
  const lines: { from: number; to: number }[] = [];
  let chain: Span[] = [];
  const close = () => {
    const [first] = chain;
    const last = chain.at(-1);
    const isLong = first && last && chain.length >= FEWEST && last.to - first.from >= SHORTEST;
    if (isLong && isFree(image, first.from, last.to, y)) lines.push({ from: first.from, to: last.to });
    chain = [];
  };
  for (const dash of dashesOf(image, y)) {
    if (!fits(image, chain, dash, y)) close();
    chain.push(dash);
  }
  close();
  return lines;
}

/** Whether a dash goes on with a line as it has begun. */
function fits(image: GreyImage, chain: readonly Span[], dash: Span, y: number): boolean {
  const last = chain.at(-1);
  if (!last) return true;
  const step = dash.from - last.from;
  if (step < PERIOD.least || step > PERIOD.most) return false;
  if (Math.abs(dash.ink - last.ink) > UNEVEN * Math.max(dash.ink, last.ink)) return false;
  if (gapInk(image, last, dash, y) > GAP * Math.min(dash.ink, last.ink)) return false;
  const steps = chain.slice(1).map(({ from }, i) => from - (chain[i]?.from ?? 0));
  return steps.length === 0 || Math.abs(step - median(steps)) <= UNEVEN * median(steps) + 0.5;
}

/** The most ink in the middle of the gap between two dashes, in any of the rows around; a stroke that slopes goes on there. */
function gapInk({ width, data }: GreyImage, left: Span, right: Span, y: number): number {
  const x = Math.round((left.to + right.from) / 2);
  const levels = [y - 1, y, y + 1, y + 2].map((row) => data[row * width + x] as number);
  return 255 - Math.min(...levels);
}

/** Short strokes along row `y` (and the next): ink between two gaps. */
function dashesOf(image: GreyImage, y: number): Span[] {
  const { width, data } = image;
  const ink = new Uint8Array(width);
  for (let x = 0; x < width; x++) {
    const p = y * width + x;
    ink[x] = 255 - Math.min(data[p] as number, data[p + width] as number);
  }
  const spans: Span[] = [];
  let start = -1;
  let most = 0;
  for (let x = 1; x < width; x++) {
    const a = ink[x - 1] as number;
    const b = ink[x] as number;
    most = Math.max(most, b);
    if (Math.max(a, b) < CONTRAST) continue;
    const threshold = localThreshold(ink, x);
    if (a < threshold && b >= threshold) {
      start = x - 1 + (threshold - a) / (b - a);
      most = b;
    }
    if (a >= threshold && b < threshold && start >= 0) {
      const end = x - 1 + (a - threshold) / (a - b);
      if (end - start <= PERIOD.most && !goesThrough(image, Math.round((start + end) / 2), y))
        spans.push({ from: start, to: end, ink: most });
      start = -1;
    }
  }
  return spans;
}

/** Whether a stroke comes from above and goes on below, as stems and letters do. */
function goesThrough({ width, data }: GreyImage, x: number, y: number): boolean {
  return [y - CLEAR + 1, y + CLEAR].every((row) => (data[row * width + x] as number) < PAPER);
}

/** Whether there is hardly anything but paper above and below the stretch of a line in rows `y` and `y + 1`. */
function isFree({ width, data }: GreyImage, from: number, to: number, y: number): boolean {
  let free = 0;
  let columns = 0;
  for (let x = Math.ceil(from); x < to; x++, columns++) {
    const rows = [y - CLEAR, y - CLEAR + 1, y + CLEAR, y + CLEAR + 1];
    if (rows.every((row) => (data[row * width + x] as number) > PAPER)) free++;
  }
  return free >= FREE * columns;
}

/** Half-way between the darkest and the lightest around; beyond reach where all is alike. */
function localThreshold(ink: Uint8Array, x: number): number {
  let low = 255;
  let high = 0;
  for (let i = Math.max(0, x - SPACE); i <= Math.min(ink.length - 1, x + SPACE); i++) {
    const value = ink[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low < CONTRAST ? 256 : (low + high) / 2;
}
