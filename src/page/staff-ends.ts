import type { GreyImage } from './image.ts';
import { median } from './numbers.ts';
import { lineY, type StaffCurve } from './staff-curve.ts';

/** The end is sought this far outside and inside of where the tracks end, in spaces. */
const OUTSIDE = 3;
const INSIDE = 2;
/** A break in the lines of this length, in spaces, ends them. */
const BREAK = 0.25;

/** The curve with its left and right end where the printed lines begin and stop, to about a tenth of a space. */
export function withEnds(curve: StaffCurve, photo: GreyImage): StaffCurve {
  return { ...curve, left: lineEnd(curve, photo, -1), right: lineEnd(curve, photo, 1) };
}

function lineEnd(curve: StaffCurve, photo: GreyImage, direction: 1 | -1): number {
  const rough = direction === 1 ? curve.right : curve.left;
  const at = (spaces: number) => rough + direction * spaces * curve.space;
  const paper = paperLevel(curve, photo, at(-INSIDE - 4), at(OUTSIDE));
  // How dark the lines are, from a stretch well inside.
  const inner: number[] = [];
  for (let s = INSIDE; s < INSIDE + 8; s += 0.1) {
    for (let line = 0; line < 5; line++) inner.push(paper - lineLevel(curve, photo, line, at(-s)));
  }
  const limit = paper - 0.45 * Math.min(median(inner), 0.8 * paper);
  const step = Math.max(1, curve.space / 24);
  let end = at(-INSIDE);
  for (let x = end; direction * (x - at(OUTSIDE)) < 0 && x >= 0 && x <= photo.width; x += direction * step) {
    let dark = 0;
    for (let line = 0; line < 5; line++) if (lineLevel(curve, photo, line, x) < limit) dark++;
    if (dark >= 4) end = x;
    else if (Math.abs(x - end) > BREAK * curve.space) break;
  }
  return Math.min(photo.width, Math.max(0, end + direction * 0.5 * step));
}

/** The darkest pixel within an eighth of a space of a line. */
export function lineLevel(curve: StaffCurve, photo: GreyImage, line: number, x: number): number {
  const column = Math.min(photo.width - 1, Math.max(0, Math.floor(x)));
  const y = lineY(curve, line, x);
  const reach = 0.125 * curve.space;
  let least = 255;
  const to = Math.min(photo.height - 1, Math.floor(y + reach));
  for (let row = Math.max(0, Math.floor(y - reach)); row <= to; row++) {
    least = Math.min(least, photo.data[row * photo.width + column] as number);
  }
  return least;
}

/** The level that four fifths of the pixels on and around the staff between two x do not exceed. */
export function paperLevel(curve: StaffCurve, photo: GreyImage, from: number, to: number): number {
  const levels: number[] = [];
  const step = curve.space / 4;
  for (let x = Math.max(0, Math.min(from, to)); x < Math.min(photo.width, Math.max(from, to)); x += step) {
    for (let y = lineY(curve, 0, x) - curve.space; y < lineY(curve, 4, x) + curve.space; y += step) {
      if (y < 0 || y >= photo.height) continue;
      levels.push(photo.data[Math.floor(y) * photo.width + Math.floor(x)] as number);
    }
  }
  levels.sort((a, b) => a - b);
  return levels[Math.floor(0.8 * levels.length)] ?? 255;
}
