import { STAFF_GEOMETRY } from '../../page/geometry.ts';
import type { GreyImage } from '../../page/image.ts';

/** Half a notehead, px of the staff image: 1.2 by 0.8 spaces. */
const HALF_WIDTH = 0.6 * STAFF_GEOMETRY.space;
const HALF_HEIGHT = 0.4 * STAFF_GEOMETRY.space;
/** Rows of a bar line: from the top line to the bottom line. */
const TOP = STAFF_GEOMETRY.topLine;
const BOTTOM = TOP + 4 * STAFF_GEOMETRY.space + 1;
/** How far from where the decoder looked a symbol is sought, px: less than a head's width, lest a neighbour is found. */
const REACH = 7;
/** Ink that a pixel farther away must have more, on average over the symbol. */
const FARTHER = 0.004;

/**
 * Where a head stands near a place of the staff image: the x within reach around which most ink lies, px.
 * The columns of the encoder are as wide as most of a head, and where it looks is known no better.
 */
export function headX(image: GreyImage, x: number, y: number): number {
  return mostInk(x, (at) => inkAround(image, at, y));
}

/** Where a bar line stands near a column of the staff image: the x within reach whose column has most ink, px. */
export function barLineX(image: GreyImage, x: number): number {
  return mostInk(x, (at) => inkAlong(image, at));
}

/** The x within reach that has most ink, nearer ones before others. */
function mostInk(x: number, inkAt: (x: number) => number): number {
  let best = x;
  let most = Number.NEGATIVE_INFINITY;
  for (let shift = -REACH; shift <= REACH; shift += 0.5) {
    const worth = inkAt(x + shift) - FARTHER * Math.abs(shift);
    if (worth > most) {
      most = worth;
      best = x + shift;
    }
  }
  return best;
}

/** Mean ink, 0 to 1, of what lies between the outer lines in the two columns of pixels that meet at `x`. */
function inkAlong(image: GreyImage, x: number): number {
  let ink = 0;
  for (let row = TOP; row < BOTTOM; row++)
    for (const column of [Math.floor(x - 0.5), Math.floor(x)]) ink += inkOf(image, column, row);
  return ink / (2 * (BOTTOM - TOP));
}

/** Mean ink, 0 to 1, within the ellipse of a head. */
function inkAround(image: GreyImage, x: number, y: number): number {
  let ink = 0;
  let count = 0;
  for (let row = Math.floor(y - HALF_HEIGHT); row <= y + HALF_HEIGHT; row++) {
    for (let column = Math.floor(x - HALF_WIDTH); column <= x + HALF_WIDTH; column++) {
      const across = (column + 0.5 - x) / HALF_WIDTH;
      const down = (row + 0.5 - y) / HALF_HEIGHT;
      if (across * across + down * down > 1) continue;
      count++;
      ink += inkOf(image, column, row);
    }
  }
  return count === 0 ? 0 : ink / count;
}

/** Ink of a pixel, 0 to 1; beyond the image is paper. */
function inkOf({ width, height, data }: GreyImage, column: number, row: number): number {
  const inside = row >= 0 && row < height && column >= 0 && column < width;
  return inside ? 1 - (data[row * width + column] ?? 255) / 255 : 0;
}
