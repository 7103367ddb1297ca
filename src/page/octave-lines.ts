import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage, Point } from './image.ts';
import { median } from './numbers.ts';
import { type StaffMap, toPhoto } from './staff-map.ts';

/** An octave line (8va, 8vb) that was seen in a staff image: from its 8 to its last dash, px, above or below the staff. */
export type OctaveLine = {
  side: 'above' | 'below';
  from: number;
  to: number;
  y: number;
  /** The 8 hangs from the line, as above a staff, rather than standing on it, as below one. */
  hangs: boolean;
};

const { space: SPACE, rows: ROWS, topLine: TOP_LINE } = STAFF_GEOMETRY;

/** Rows between a line and the staff. */
const NEAREST = 5;
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
const CLEAR = 4;
const PAPER = 190;
const FREE = 0.8;
/** How far left of the first dash the 8 may stand, px: its letters may come between. */
const REACH = 4 * SPACE;
/** By how many levels an 8's loops are lighter than its strokes. */
const LOOPS = 75;

/**
 * Octave lines around a rectified staff: an 8 and after it a row of even dashes. Nothing else is taken for one: a line
 * without its 8 (dashes of a crescendo, hyphens of the words, ledger lines) does not count.
 */
export function findOctaveLines(image: GreyImage): OctaveLine[] {
  const found: OctaveLine[] = [];
  for (let y = CLEAR; y < ROWS - CLEAR; y++) {
    if (y > TOP_LINE - NEAREST && y < TOP_LINE + 4 * SPACE + NEAREST) continue;
    for (const { from, to } of dashedLines(image, y)) {
      const eight = findEight(image, from, y);
      if (eight)
        found.push({
          side: y < TOP_LINE ? 'above' : 'below',
          from: eight.left,
          to,
          y,
          hangs: eight.middle > y,
        });
    }
  }
  return apart(found);
}

/** A thick line is found in several rows, a long one perhaps in parts: one for each 8. */
function apart(lines: readonly OctaveLine[]): OctaveLine[] {
  const kept: OctaveLine[] = [];
  for (const line of lines) {
    const same = kept.find(
      ({ y, from }) => Math.abs(y - line.y) < 2 * SPACE && Math.abs(from - line.from) < SPACE,
    );
    if (same) same.to = Math.max(same.to, line.to);
    else kept.push({ ...line });
  }
  return kept.sort((a, b) => a.from - b.from);
}

/** A dash: where it is, px, and how dark it is at most. */
/** An octave line on the photo, px: where its 8 stands, and its last dash. */
export type OctaveLineOnPhoto = { side: OctaveLine['side']; from: Point; to: Point };

/**
 * The octave lines of each staff. One that lies between two staves is seen in both: it belongs to the lower if its 8 hangs
 * from it, to the upper if it stands on it.
 */
export function octaveLinesOf(
  staves: readonly { image: GreyImage; map: StaffMap; space: number }[],
): OctaveLineOnPhoto[][] {
  const all = staves.flatMap(({ image, map, space }, staff) =>
    findOctaveLines(image).map(({ side, from, to, y, hangs }) => ({
      staff,
      far:
        (side === 'above' ? TOP_LINE - y : y - TOP_LINE - 4 * SPACE) +
        (hangs === (side === 'above') ? 0 : ROWS),
      reach: 2 * space,
      line: { side, from: toPhoto(map, { x: from, y }), to: toPhoto(map, { x: to, y }) },
    })),
  );
  const isNearest = (one: (typeof all)[number]) =>
    !all.some(
      (other) =>
        other.staff !== one.staff &&
        other.far < one.far &&
        Math.hypot(other.line.from.x - one.line.from.x, other.line.from.y - one.line.from.y) < one.reach,
    );
  return staves.map((_, staff) =>
    all.filter((one) => one.staff === staff && isNearest(one)).map(({ line }) => line),
  );
}

type Span = { from: number; to: number; ink: number };

/** Rows of even dashes whose middle lies in row `y`. */
function dashedLines(image: GreyImage, y: number): { from: number; to: number }[] {
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

/** Left edge and middle of an 8 that stands before a line at row `y`, px; null where there is none. */
function findEight(image: GreyImage, lineFrom: number, y: number): { left: number; middle: number } | null {
  let best = LOOPS;
  let at: { left: number; middle: number } | null = null;
  for (let height = 10; height <= 19; height += 1.5) {
    for (let cx = Math.floor(lineFrom) + 1; cx > lineFrom - REACH && cx > height / 2; cx--) {
      for (let cy = y - height; cy <= y + height; cy++) {
        const score = eightness(image, cx, cy, height);
        if (score > best && standsAlone(image, cx - 0.35 * height, cy, height)) {
          best = score;
          at = { left: cx - 0.35 * height, middle: cy };
        }
      }
    }
  }
  return at;
}

/** Whether there is paper left of an 8, where the word's letters would stand if it were one; a bracket may. */
function standsAlone({ width, data }: GreyImage, left: number, cy: number, height: number): boolean {
  for (let x = Math.max(0, Math.round(left - 1.5 * SPACE)); x < left - 0.75 * SPACE; x++) {
    const last = Math.min(ROWS - 1, cy + 0.4 * height);
    for (let y = Math.max(0, Math.round(cy - 0.4 * height)); y <= last; y++)
      if ((data[y * width + x] as number) < PAPER) return false;
  }
  return true;
}

/** Leaning of an 8: how far its upper loop lies to the right of its waist, as a share of its height. */
const LEANS = [0, 0.07];

/** By how many levels the loops and the surroundings of an 8 with its waist here are lighter than its strokes. */
function eightness(image: GreyImage, cx: number, cy: number, height: number): number {
  const waist = darkest(image, cx, cy);
  if (waist > 255 - LOOPS) return 0;
  const h = height;
  let best = 0;
  for (const lean of LEANS) {
    const upper = cx + 0.5 * lean * h;
    const lower = cx - 0.5 * lean * h;
    const light = Math.min(
      lightest(image, upper, cy - 0.25 * h),
      lightest(image, lower, cy + 0.25 * h),
      darkest(image, upper, cy - 0.5 * h - 3),
      darkest(image, lower, cy + 0.5 * h + 3),
    );
    if (light - waist <= best) continue;
    const dark = Math.max(
      waist,
      darkest(image, upper, cy - 0.5 * h),
      darkest(image, lower, cy + 0.5 * h),
      darkest(image, upper - 0.26 * h, cy - 0.25 * h),
      darkest(image, upper + 0.26 * h, cy - 0.25 * h),
      darkest(image, lower - 0.28 * h, cy + 0.25 * h),
      darkest(image, lower + 0.28 * h, cy + 0.25 * h),
    );
    best = Math.max(best, light - dark);
  }
  return best;
}

/** The darkest of a place and its four neighbours; paper beyond the image. */
function darkest(image: GreyImage, x: number, y: number): number {
  const p = indexOf(image, x, y);
  if (p < 0) return 255;
  const { data, width } = image;
  let level = data[p] as number;
  for (const q of [p - 1, p + 1, p - width, p + width]) level = Math.min(level, data[q] as number);
  return level;
}

/** The lightest of a place and its four neighbours. */
function lightest(image: GreyImage, x: number, y: number): number {
  const p = indexOf(image, x, y);
  if (p < 0) return 255;
  const { data, width } = image;
  let level = data[p] as number;
  for (const q of [p - 1, p + 1, p - width, p + width]) level = Math.max(level, data[q] as number);
  return level;
}

/** Index of the pixel at a place that has four neighbours; -1 where there is none. */
function indexOf({ width, height }: GreyImage, x: number, y: number): number {
  const ix = Math.round(x);
  const iy = Math.round(y);
  return ix < 1 || iy < 1 || ix >= width - 1 || iy >= height - 1 ? -1 : iy * width + ix;
}
