import type { GreyImage } from '../../src/page/image.ts';

/** The image on fewer pixels, each the average of the area that it covers. `width` and `height` are at most the image's. */
export function shrinkImage(image: GreyImage, width: number, height: number): GreyImage {
  const across = image.width / width;
  const down = image.height / height;
  const data = new Uint8Array(width * height);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const bottom = Math.min(image.height, (y + 1) * down);
    for (let row = Math.floor(y * down); row < bottom; row++) {
      const part = Math.min(row + 1, bottom) - Math.max(row, y * down);
      addRow(image, row, part, across, sums);
    }
    for (let x = 0; x < width; x++) data[y * width + x] = Math.round((sums[x] ?? 0) / (across * down));
  }
  return { width, height, data };
}

/** Adds `part` of a row of the image to sums over cells of `across` pixels. */
function addRow(
  { width, data }: GreyImage,
  row: number,
  part: number,
  across: number,
  sums: Float64Array,
): void {
  let cell = 0;
  let end = across;
  for (let x = 0; x < width; x++) {
    const level = part * (data[row * width + x] ?? 0);
    const spill = Math.max(0, x + 1 - end);
    sums[cell] = (sums[cell] ?? 0) + level * (1 - spill);
    if (x + 1 < end || cell + 1 >= sums.length) continue;
    cell++;
    end += across;
    sums[cell] = (sums[cell] ?? 0) + level * spill;
  }
}
