import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';

const { space: SPACE, topLine: TOP_LINE, rows: ROWS } = STAFF_GEOMETRY;
const BOTTOM_LINE = TOP_LINE + 4 * SPACE;
/** Rows between the lines, gap by gap. */
const GAP_ROWS = [0, 1, 2, 3].map((gap) => [2, 3, 4, 5, 6].map((row) => TOP_LINE + gap * SPACE + row));
const ROWS_BETWEEN = GAP_ROWS.flat();
const OUTER_GAPS = [GAP_ROWS[0] ?? [], GAP_ROWS[3] ?? []];
/** Grey below which a pixel of a stroke counts as ink, and one of what may be attached to it. */
const INK = 165;
const FAINT_INK = 180;
/** Columns after a clef: no bar is so short, but the digits of a metre look like one stroke. */
const FIRST_DIGITS = { from: 3.5 * SPACE, to: 8 * SPACE };
/** Columns in which the digits of a metre may follow a key signature. */
const LINE_START = { from: 4 * SPACE, to: 10.5 * SPACE };
/** Strokes nearer to each other than this are one bar line: a double bar, a repeat. */
const TOGETHER = 1.25 * SPACE;

/** A group of full-height strokes: first and last column, both inclusive. */
type Stroke = { first: number; last: number };

/**
 * The x of the bar lines in a rectified staff image, left to right: strokes that fill the staff from line to line,
 * with nothing but repeat dots beside them, and that either end at the staff's edges or run on far beyond them.
 * Double, final and repeat bars count as one, at their middle.
 */
export function findBarLines(image: GreyImage): number[] {
  return joined(fullStrokes(image))
    .filter((stroke) => stroke.last - stroke.first < 2.5 * SPACE)
    .filter((stroke) => isBarLine(image, stroke))
    .map((stroke) => (stroke.first + stroke.last + 1) / 2);
}

function fullStrokes(image: GreyImage): Stroke[] {
  const strokes: Stroke[] = [];
  for (let x = 1; x + 1 < image.width; x++) {
    let missing = 0;
    for (const row of ROWS_BETWEEN) if (!inkAt(image, x, row)) missing++;
    if (missing > 1) continue;
    const last = strokes[strokes.length - 1];
    if (last && last.last >= x - 1) last.last = x;
    else strokes.push({ first: x, last: x });
  }
  // Wider than the heavy stroke of a final bar is no stroke.
  return strokes.filter((stroke) => stroke.last - stroke.first < 1.1 * SPACE);
}

/** Ink at a pixel or, for strokes that lean a little or stand between two columns, shared with a neighbour. */
function inkAt(image: GreyImage, x: number, row: number): boolean {
  const p = row * image.width + x;
  const here = image.data[p] as number;
  const beside = Math.min(image.data[p - 1] as number, image.data[p + 1] as number);
  return here < INK || (here + beside) / 2 < INK;
}

function joined(strokes: Stroke[]): Stroke[] {
  const groups: Stroke[] = [];
  for (const stroke of strokes) {
    const last = groups[groups.length - 1];
    if (last && stroke.first - last.last <= TOGETHER) last.last = stroke.last;
    else groups.push({ ...stroke });
  }
  return groups;
}

function isBarLine(image: GreyImage, stroke: Stroke): boolean {
  if (stroke.first > FIRST_DIGITS.from && stroke.first < FIRST_DIGITS.to) return false;
  const inClefs = stroke.first > LINE_START.from && stroke.first < LINE_START.to;
  return (
    (inClefs ? GAP_ROWS : OUTER_GAPS).every((rows) => isFree(image, stroke, rows)) &&
    beyond(image, stroke, -1) !== 'part' &&
    beyond(image, stroke, 1) !== 'part'
  );
}

/**
 * Whether nothing is attached to a stroke at the given rows, as the head of a stem would be. What passes through on
 * both sides in few rows is a tie.
 */
function isFree(image: GreyImage, stroke: Stroke, rows: number[]): boolean {
  const left = attached(image, stroke.first, -1, rows);
  const right = attached(image, stroke.last, 1, rows);
  return (left === 0 && right === 0) || (left > 0 && right > 0 && left <= 3 && right <= 3);
}

/** Inked rows of the clearest of the columns beside a stroke: what is apart from it leaves one of them white. */
function attached(image: GreyImage, edge: number, direction: 1 | -1, rows: number[]): number {
  let least = rows.length;
  for (let distance = 2; distance <= 4; distance++) {
    const x = edge + direction * distance;
    if (x < 0 || x >= image.width) return 0;
    const inked = rows.filter((row) => (image.data[row * image.width + x] as number) < FAINT_INK);
    least = Math.min(least, inked.length);
  }
  return least;
}

/**
 * How far a stroke goes on above (-1) or below (1) the staff: not at all, all along the image as a line that joins
 * staves does, or a part of it as a stem does.
 */
function beyond(image: GreyImage, stroke: Stroke, direction: 1 | -1): 'none' | 'all' | 'part' {
  const start = direction === 1 ? BOTTOM_LINE + 3 : TOP_LINE - 3;
  const end = direction === 1 ? ROWS - 1 : 0;
  let seen = 0;
  let total = 0;
  let near = 0;
  for (let row = start; direction * (end - row) >= 0; row += direction) {
    let ink = false;
    for (let x = Math.max(1, stroke.first - 1); x <= Math.min(image.width - 2, stroke.last + 1); x++) {
      if ((image.data[row * image.width + x] as number) < INK + 25) ink = true;
    }
    total++;
    if (ink) seen++;
    if (ink && total <= 8) near++;
  }
  if (near <= 3) return 'none';
  return seen > 0.85 * total ? 'all' : 'part';
}
