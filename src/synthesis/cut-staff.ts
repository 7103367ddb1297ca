import { STAFF_GEOMETRY } from '../page/geometry.ts';
import type { GreyImage, Point } from '../page/image.ts';
import type { Random } from './random.ts';

const { space: SPACE, rows: ROWS, topLine: TOP_LINE, leftMargin, rightMargin } = STAFF_GEOMETRY;
const PAPER = 255;
/** How far stem, flag and beam reach from a head at most, in spaces. */
const STEM = 4.25;

/** Where a crop's edges run in a staff image, px; the slants are rises over the whole width. */
export type Cut = {
  left: number;
  right: number;
  top: number;
  bottom: number;
  topSlant: number;
  bottomSlant: number;
};

/**
 * Draws a crop as people make them: through the clef, close behind the last bar line, a few spaces above and below.
 * No symbol's centre is lost, and no stem of a note.
 */
export function drawCut(random: Random, width: number, places: readonly Point[]): Cut {
  const staffEnd = width - rightMargin * SPACE;
  const firstX = Math.min(...places.map((p) => p.x));
  const lastX = Math.max(...places.map((p) => p.x));
  const highest = Math.min(...places.map((p) => p.y));
  const lowest = Math.max(...places.map((p) => p.y));
  const margin = leftMargin * SPACE;
  const topSlant = random.range(-0.5, 0.5) * SPACE;
  const bottomSlant = random.range(-0.5, 0.5) * SPACE;
  const above = TOP_LINE - random.range(1.2, 4.5) * SPACE;
  const below = TOP_LINE + 4 * SPACE + random.range(1.2, 4.5) * SPACE;
  return {
    left: Math.min(margin + random.range(0, 2) * SPACE, Math.max(margin, firstX - 2)),
    right: Math.max(lastX + 2, staffEnd - random.range(-0.3, 0.4) * SPACE),
    top: Math.max(0, Math.min(above, highest - STEM * SPACE) - Math.abs(topSlant)),
    bottom: Math.min(ROWS, Math.max(below, lowest + STEM * SPACE) + Math.abs(bottomSlant)),
    topSlant,
    bottomSlant,
  };
}

/** The staff image of such a crop: paper beyond the edges, its left end again 1.5 spaces from the image's. */
export function cutStaff(
  image: GreyImage,
  places: readonly Point[],
  cut: Cut,
): { image: GreyImage; places: Point[] } {
  const margin = leftMargin * SPACE;
  const from = Math.round(cut.left);
  const until = Math.min(image.width, Math.round(cut.right));
  const width = Math.min(image.width, until - from + margin + rightMargin * SPACE);
  const data = new Uint8Array(width * ROWS).fill(PAPER);
  for (let x = margin; x < width; x++) {
    const source = x - margin + from;
    if (source >= until) break;
    const across = source / image.width - 0.5;
    const top = Math.max(0, Math.round(cut.top + across * cut.topSlant));
    const bottom = Math.min(ROWS, Math.round(cut.bottom + across * cut.bottomSlant));
    for (let y = top; y < bottom; y++) data[y * width + x] = image.data[y * image.width + source] ?? PAPER;
  }
  const shift = margin - from;
  return {
    image: { width, height: ROWS, data },
    places: places.map((p) => ({ x: p.x + shift, y: p.y })),
  };
}
