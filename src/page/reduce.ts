import type { GreyImage } from './image.ts';

/**
 * The image with every `fx` x `fy` block of pixels averaged into one. A last block that is not whole is averaged
 * over what there is of it.
 */
export function reduceImage(image: GreyImage, fx: number, fy: number): GreyImage {
  if (fx === 1 && fy === 1) return image;
  const width = Math.ceil(image.width / fx);
  const height = Math.ceil(image.height / fy);
  const data = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  const whole = Math.floor(image.width / fx);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const end = Math.min(image.height, (y + 1) * fy);
    for (let sy = y * fy; sy < end; sy++) {
      let p = sy * image.width;
      for (let x = 0; x < whole; x++) {
        let sum = 0;
        for (let i = 0; i < fx; i++) sum += image.data[p++] as number;
        sums[x] = (sums[x] as number) + sum;
      }
      for (let sx = whole * fx; sx < image.width; sx++) {
        sums[whole] = (sums[whole] as number) + (image.data[p++] as number);
      }
    }
    const rows = end - y * fy;
    for (let x = 0; x < width; x++) {
      const columns = x < whole ? fx : image.width - whole * fx;
      data[y * width + x] = ((sums[x] as number) + ((rows * columns) >> 1)) / (rows * columns);
    }
  }
  return { width, height, data };
}

/** The image with each pixel averaged with those up to `reach` to its left and right. */
export function averageAlongRows(image: GreyImage, reach: number): GreyImage {
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  for (let row = 0; row < data.length; row += width) {
    let sum = 0;
    let count = 0;
    for (let x = -reach; x < width; x++) {
      if (x + reach < width) {
        sum += data[row + x + reach] as number;
        count++;
      }
      if (x - reach > 0) {
        sum -= data[row + x - reach - 1] as number;
        count--;
      }
      if (x >= 0) out[row + x] = Math.round(sum / count);
    }
  }
  return { width, height, data: out };
}

export type Rotation = 0 | 90 | 180 | 270;

/** The image turned clockwise by `rotation` degrees. */
export function rotateImage(image: GreyImage, rotation: Rotation): GreyImage {
  const { width, height, data } = image;
  if (rotation === 0) return image;
  if (rotation === 180) return { width, height, data: data.slice().reverse() };
  const turned = new Uint8Array(data.length);
  // Pixel (x, y) goes to column height-1-y of row x (90), or to column y of row width-1-x (270).
  const [start, alongX, alongY] =
    rotation === 90 ? [height - 1, height, -1] : [(width - 1) * height, -height, 1];
  for (let y = 0; y < height; y++) {
    let to = start + y * alongY;
    for (let x = 0, from = y * width; x < width; x++, from++, to += alongX) turned[to] = data[from] as number;
  }
  return { width: height, height: width, data: turned };
}
