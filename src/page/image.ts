/** Grey levels row by row, 0 = ink, 255 = paper. Pixel (i, j) has its centre at (i + 0.5, j + 0.5). */
export type GreyImage = { width: number; height: number; data: Uint8Array };

export type Point = { x: number; y: number };

/** A blank sheet of `width` x `height` pixels, all of one `level`. */
export function blankImage(width: number, height: number, level = 255): GreyImage {
  return { width, height, data: new Uint8Array(width * height).fill(level) };
}
