import type { GreyImage } from '../../page/image.ts';

/** A part of a staff image that the model can take, and where it begins, px. */
export type Piece = { image: GreyImage; left: number };

/** The least width that is worth a piece of its own, px. */
const LEAST = 256;
/** Room kept after a bar line, px. */
const AFTER_BAR = 4;

/**
 * A staff image in pieces of at most `maxWidth` columns, each cut right after the last bar line that fits, or where no
 * bar line is known through the column with the least ink.
 */
export function cutStaff(image: GreyImage, barLines: readonly number[], maxWidth: number): Piece[] {
  const pieces: Piece[] = [];
  let left = 0;
  while (image.width - left > maxWidth) {
    const limit = left + maxWidth;
    const bar = barLines.findLast((x) => x >= left + LEAST && x + AFTER_BAR <= limit);
    const right = bar === undefined ? lightest(image, limit - LEAST, limit) : Math.round(bar + AFTER_BAR);
    pieces.push({ image: columns(image, left, right), left });
    left = right;
  }
  pieces.push({ image: left === 0 ? image : columns(image, left, image.width), left });
  return pieces;
}

function columns({ width, height, data }: GreyImage, left: number, right: number): GreyImage {
  const part = new Uint8Array((right - left) * height);
  for (let y = 0; y < height; y++)
    part.set(data.subarray(y * width + left, y * width + right), y * (right - left));
  return { width: right - left, height, data: part };
}

function lightest({ width, height, data }: GreyImage, from: number, to: number): number {
  let best = to;
  let most = -1;
  for (let x = from; x < to; x++) {
    let light = 0;
    for (let y = 0; y < height; y++) light += data[y * width + x] ?? 0;
    if (light >= most) {
      most = light;
      best = x;
    }
  }
  return best;
}
