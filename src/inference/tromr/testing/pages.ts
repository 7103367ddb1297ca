import type { GreyImage } from '../../../page/image.ts';
import type { Shapes } from '../batches.ts';
import { disposeDrafts, draftStaves } from '../draft-staves.ts';
import { readDrafted } from '../read-staves.ts';
import type { Reader } from '../reader.ts';

/** Staves of ten different pages, the largest first: what it takes, all others must do with. */
export const TEN_PAGES: readonly number[] = [30, 3, 27, 6, 24, 9, 21, 12, 18, 15];

/** A staff image of five lines and some blots, different for each seed. */
export function blottedStaff(width: number, seed: number): GreyImage {
  const data = new Uint8Array(128 * width).fill(240);
  for (const row of [48, 56, 64, 72, 80]) data.fill(40, row * width, (row + 1) * width);
  for (let i = 0; i < width / 12; i++) {
    const column = (i * 12 + seed * 7) % Math.max(1, width - 9);
    const row = 36 + ((seed * 31 + i * 17) % 56);
    for (let y = row; y < row + 7; y++) data.fill(20, y * width + column, y * width + column + 9);
  }
  return { width, height: 128, data };
}

/** Reads made-up pages of so many staves and takes a measurement after each. */
export async function readPages<T>(
  reader: Reader,
  shapes: Shapes,
  pages: readonly number[],
  maxWidth: number,
  measure: () => T,
): Promise<T[]> {
  const figures: T[] = [];
  for (const [page, staves] of pages.entries()) {
    const images = Array.from({ length: staves }, (_, i) =>
      blottedStaff(maxWidth - ((7 * i + 13 * page) % Math.floor(maxWidth / 2)), 31 * page + i),
    );
    const drafted = await draftStaves(reader, images, { shapes });
    await readDrafted(reader, drafted, { shapes, every: 8 });
    disposeDrafts(drafted);
    figures.push(measure());
  }
  return figures;
}
