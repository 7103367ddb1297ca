import type { GreyImage } from './image.ts';
import { median } from './numbers.ts';
import { lineY, type StaffCurve } from './staff-curve.ts';
import { lineLevel, paperLevel } from './staff-ends.ts';

/** The level from which on paper is overexposed: thin lines vanish there, while heads and clefs are still to be seen. */
const OVEREXPOSED = 252;
/** Lines that fade: how much less dark, at most, they are at their end than well inside. */
const FADED = 0.75;
/** How much darker than overexposed paper the ink of heads, stems and clefs is at least. */
const INK = 70;
/** Music without ink for so long, in spaces, is over. */
const LONGEST_GAP = 5;
/** Paper left beyond the last ink, in spaces. */
const MARGIN = 0.5;

/** The curve with an end that was lost in glare moved on to where the ink of its music ends; the curve itself where none was. */
export function extendIntoGlare(curve: StaffCurve, photo: GreyImage): StaffCurve {
  const left = endOfMusic(curve, photo, -1);
  const right = endOfMusic(curve, photo, 1);
  return left === curve.left && right === curve.right ? curve : { ...curve, left, right };
}

function endOfMusic(curve: StaffCurve, photo: GreyImage, direction: 1 | -1): number {
  const end = direction === 1 ? curve.right : curve.left;
  const at = (spaces: number) => end + direction * spaces * curve.space;
  const contrast = (from: number, to: number) =>
    paperLevel(curve, photo, at(from), at(to)) - median(lineLevels(curve, photo, at(from), at(to)));
  if (paperLevel(curve, photo, at(-2), at(0)) < OVEREXPOSED) return end;
  if (contrast(-3, 0) > FADED * contrast(-16, -8)) return end;
  let last = 0;
  for (let s = 0; s - last < LONGEST_GAP; s += 0.5) {
    const x = at(s);
    if (x < 0 || x >= photo.width || paperLevel(curve, photo, at(s), at(s + 1)) < OVEREXPOSED) break;
    if (darkest(curve, photo, at(s), at(s + 0.5)) < OVEREXPOSED - INK) last = s + 0.5;
  }
  return last === 0 ? end : Math.min(photo.width, Math.max(0, at(last + MARGIN)));
}

/** The darkest pixels of each line, five for every tenth of a space. */
function lineLevels(curve: StaffCurve, photo: GreyImage, from: number, to: number): number[] {
  const levels: number[] = [];
  for (let x = Math.min(from, to); x < Math.max(from, to); x += 0.1 * curve.space)
    for (let line = 0; line < 5; line++) levels.push(lineLevel(curve, photo, line, x));
  return levels;
}

/** The darkest pixel between the outer lines. */
function darkest(curve: StaffCurve, photo: GreyImage, from: number, to: number): number {
  let least = 255;
  for (let x = Math.floor(Math.min(from, to)); x < Math.max(from, to); x++) {
    if (x < 0 || x >= photo.width) continue;
    const bottom = Math.min(photo.height - 1, lineY(curve, 4, x));
    for (let y = Math.max(0, Math.floor(lineY(curve, 0, x))); y <= bottom; y++)
      least = Math.min(least, photo.data[y * photo.width + x] as number);
  }
  return least;
}
