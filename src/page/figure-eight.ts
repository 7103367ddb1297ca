import { PAPER } from './dashed-lines.ts';
import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';

const { space: SPACE, rows: ROWS } = STAFF_GEOMETRY;

/** How far left of the first dash the 8 may stand, px: its letters may come between. */
const REACH = 4 * SPACE;
/** By how many levels an 8's loops are lighter than its strokes. */
const LOOPS = 75;

/** Left edge and middle of an 8 that stands before a line at row `y`, px; null where there is none. */
export function findEight(
  image: GreyImage,
  lineFrom: number,
  y: number,
): { left: number; middle: number } | null {
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
  return levelAround(image, x, y, Math.min);
}

/** The lightest of a place and its four neighbours. */
function lightest(image: GreyImage, x: number, y: number): number {
  return levelAround(image, x, y, Math.max);
}

function levelAround(
  { width, height, data }: GreyImage,
  x: number,
  y: number,
  pick: (...levels: number[]) => number,
): number {
  const [column, row] = [Math.round(x), Math.round(y)];
  if (column < 1 || row < 1 || column >= width - 1 || row >= height - 1) return 255;
  const at = row * width + column;
  const level = (p: number) => data[p] as number;
  return pick(level(at), level(at - 1), level(at + 1), level(at - width), level(at + width));
}
