import type { GreyImage } from './image.ts';
import { reduceImage } from './reduce.ts';
import { darkness, paperGrid } from './threshold.ts';

/**
 * A page as narrow vertical strips: the darkness of each strip at each row, strip by strip. A strip averages
 * `stripWidth` x `rowHeight` pixels of the photo into one value, which quietens noise across the lines' direction
 * without blurring the lines.
 */
export type Strips = {
  count: number;
  rows: number;
  /** Photo pixels that one strip and one row cover. */
  stripWidth: number;
  rowHeight: number;
  /** `dark[strip * rows + row]`, 0 = paper, 1 = black. */
  dark: Float32Array;
};

export function pageStrips(photo: GreyImage, stripWidth: number, rowHeight: number): Strips {
  const image = reduceImage(photo, stripWidth, rowHeight);
  const grid = paperGrid(
    image,
    Math.max(4, Math.round(image.width / 50)),
    Math.max(8, Math.round(image.height / 50)),
  );
  const dark = darkness(image, grid);
  return {
    count: image.width,
    rows: image.height,
    stripWidth,
    rowHeight,
    dark: smoothColumns(dark, image.width, image.height),
  };
}

/**
 * Column after column of what was row after row, in tiles that fit the processor's cache; each value mixed with its
 * neighbours in the column (1 2 1), against the row-by-row ripple of screens and of sharpening cameras.
 */
function smoothColumns(values: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(values.length);
  const tile = 16;
  for (let y0 = 0; y0 < height; y0 += tile) {
    const y1 = Math.min(height, y0 + tile);
    for (let x0 = 0; x0 < width; x0 += tile) {
      const x1 = Math.min(width, x0 + tile);
      for (let x = x0; x < x1; x++) {
        let before = values[Math.max(0, y0 - 1) * width + x] as number;
        let here = values[y0 * width + x] as number;
        for (let y = y0; y < y1; y++) {
          const after = values[Math.min(height - 1, y + 1) * width + x] as number;
          out[x * height + y] = 0.25 * (before + 2 * here + after);
          before = here;
          here = after;
        }
      }
    }
  }
  return out;
}
