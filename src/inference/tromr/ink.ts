import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { STAFF_GEOMETRY } from '../../page/geometry.ts';
import type { GreyImage } from '../../page/image.ts';
import { HIDDEN } from '../engine/attention.ts';

/** Pixels of a staff image that make one column of the encoder. */
export const COLUMN = 8;

/** Columns that a staff image fills. */
export function columnsOf(width: number): number {
  return Math.ceil(width / COLUMN);
}

/** Staff images as ink, 0 = paper … 1 = black: [batch, 128, width, 1], paper to the right of each and in rows left over. */
export function inkOf(images: readonly GreyImage[], width: number, batch = images.length): Tensor4D {
  const { rows } = STAFF_GEOMETRY;
  const ink = new Float32Array(batch * rows * width);
  images.forEach((image, index) => {
    for (let y = 0; y < rows; y++) {
      const to = (index * rows + y) * width;
      const from = y * image.width;
      for (let x = 0; x < image.width; x++) ink[to + x] = 1 - (image.data[from + x] ?? 255) / 255;
    }
  });
  return tensor4d(ink, [batch, rows, width, 1]);
}

/** [batch, 1, 1, columns]: HIDDEN beyond the columns that each staff fills, else 0. */
export function columnMask(filled: readonly number[], columns: number, batch = filled.length): Tensor4D {
  const mask = new Float32Array(batch * columns);
  filled.forEach((count, index) => {
    mask.fill(HIDDEN, index * columns + count, (index + 1) * columns);
  });
  return tensor4d(mask, [batch, 1, 1, columns]);
}
