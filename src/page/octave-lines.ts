import { CLEAR, dashedLines } from './dashed-lines.ts';
import { findEight } from './figure-eight.ts';
import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage, Point } from './image.ts';
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
