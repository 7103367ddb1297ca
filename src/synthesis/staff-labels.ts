import { STAFF_GEOMETRY } from '../page/geometry.ts';
import type { GreyImage, Point } from '../page/image.ts';
import { type Pyramid, rectifyStaff } from '../page/rectify.ts';
import { type StaffMap, toStaff } from '../page/staff-map.ts';
import type { Random } from './random.ts';

const { space: SPACE, rows: ROWS, topLine: TOP_LINE, leftMargin, rightMargin } = STAFF_GEOMETRY;
const TOP = TOP_LINE + 0.5;

/** Where a staff lies in its page, px: its ends and its five lines, and the centres of its symbols. */
export type PlacedStaff = {
  left: number;
  right: number;
  /** y of the five lines, top to bottom. */
  lines: readonly number[];
  /** Centre of each symbol, in the order of the steps. */
  places: readonly Point[];
};

/** A staff as the reader found it. */
export type FoundStaff = { image: GreyImage; map: StaffMap };

/** Why a found staff cannot serve with a label. */
export type Mismatch = 'lines' | 'ends' | 'outside' | 'wide';

/** Symbol centres in the staff image, or why the found staff is not the labelled one as a whole. */
export type Match = { ok: true; places: Point[] } | { ok: false; cause: Mismatch };

/**
 * Compares a found staff with the label that it should be: the lines agree within a space (0.45 of one on average),
 * the ends within three spaces, and every symbol lies within the image.
 * @param pageToPhoto page px to px of the upright photo
 */
export function matchStaff(label: PlacedStaff, found: FoundStaff, pageToPhoto: (p: Point) => Point): Match {
  const staffPlace = (x: number, y: number) => toStaff(found.map, pageToPhoto({ x, y }));
  let total = 0;
  let count = 0;
  for (let k = 0; k <= 6; k++) {
    const x = label.left + ((label.right - label.left) * (k + 0.5)) / 7;
    for (const line of [0, 4]) {
      const error = Math.abs(staffPlace(x, label.lines[line] ?? 0).y - (TOP + line * SPACE));
      if (error > SPACE) return { ok: false, cause: 'lines' };
      total += error;
      count++;
    }
  }
  if (total / count > 0.45 * SPACE) return { ok: false, cause: 'lines' };
  const width = found.image.width;
  const middle = label.lines[2] ?? 0;
  const left = staffPlace(label.left, middle).x - leftMargin * SPACE;
  const right = staffPlace(label.right, middle).x - (width - rightMargin * SPACE);
  if (Math.abs(left) > 3 * SPACE || Math.abs(right) > 3 * SPACE) return { ok: false, cause: 'ends' };
  const places = label.places.map((place) => toStaff(found.map, pageToPhoto(place)));
  if (places.some((p) => p.x < 1 || p.x > width - 1 || p.y < 2 || p.y > ROWS - 2)) {
    return { ok: false, cause: 'outside' };
  }
  if (width > STAFF_GEOMETRY.maxWidth) return { ok: false, cause: 'wide' };
  return { ok: true, places };
}

/** How wrong a simulated rectifier is: all zero for a perfect one. In staff spaces, scales as parts of 1. */
export type RectifierErrors = {
  rise: number;
  tilt: number;
  wave: number;
  waves: number;
  phase: number;
  spread: number;
  stretch: number;
  shift: number;
  lean: number;
};

export const NO_ERRORS: RectifierErrors = {
  rise: 0,
  tilt: 0,
  wave: 0,
  waves: 1,
  phase: 0,
  spread: 0,
  stretch: 0,
  shift: 0,
  lean: 0,
};

/** Errors as a rectifier makes them: lines up to a quarter of a space off, scales up to 4 %. */
export function drawErrors(random: Random): RectifierErrors {
  const small = (most: number) => Math.max(-most, Math.min(most, (most / 2) * random.normal()));
  return {
    rise: small(0.14),
    tilt: small(0.1),
    wave: small(0.08),
    waves: random.range(0.5, 4),
    phase: random.next(),
    spread: small(0.04),
    stretch: small(0.04),
    shift: small(0.4),
    lean: small(0.06),
  };
}

/** The map that a rectifier with these errors would lay over the staff, from where its lines are known to be. */
export function knownMap(
  label: PlacedStaff,
  pageToPhoto: (p: Point) => Point,
  errors: RectifierErrors,
): StaffMap {
  const top = label.lines[0] ?? 0;
  const bottom = label.lines[4] ?? 0;
  const space = (bottom - top) / 4;
  const middle = (top + bottom) / 2;
  const across = (space / SPACE) * (1 + errors.stretch);
  const width = Math.ceil((label.right - label.left) / across + (leftMargin + rightMargin) * SPACE);
  const pitch = SPACE;
  const rulings = Math.ceil(width / pitch) + 1;
  const points = new Float32Array(rulings * 10);
  for (let r = 0; r < rulings; r++) {
    const x = label.left + (r * pitch - leftMargin * SPACE) * across + errors.shift * space;
    const part = (r * pitch) / width;
    const rise =
      errors.rise +
      errors.tilt * (part - 0.5) +
      errors.wave * Math.sin(2 * Math.PI * (errors.waves * part + errors.phase));
    for (let line = 0; line < 5; line++) {
      const from = ((label.lines[line] ?? middle) - middle) * (1 + errors.spread);
      const p = pageToPhoto({ x: x + errors.lean * from, y: middle + from + rise * space });
      points[(r * 5 + line) * 2] = p.x;
      points[(r * 5 + line) * 2 + 1] = p.y;
    }
  }
  return { pitch, rulings, width, points };
}

/** The labelled staff cut out of the photo along its known lines, by the reader's own resampling. */
export function rectifyKnown(
  photo: Pyramid,
  label: PlacedStaff,
  pageToPhoto: (p: Point) => Point,
  errors: RectifierErrors,
): FoundStaff {
  const map = knownMap(label, pageToPhoto, errors);
  return { image: rectifyStaff(photo, map), map };
}
