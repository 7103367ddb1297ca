import type { GreyImage } from './image';
import { reduceImage } from './reduce';
import { darkness, paperGrid } from './threshold';

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
  const turned = new Float32Array(dark.length);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) turned[x * image.height + y] = dark[y * image.width + x] as number;
  }
  return { count: image.width, rows: image.height, stripWidth, rowHeight, dark: turned };
}
