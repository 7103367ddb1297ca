import type { GreyImage } from './image.ts';
import { clamp } from './numbers.ts';

/** The level of blank paper, one value in the middle of every `blockX` x `blockY` block of an image. */
export type PaperGrid = {
  columns: number;
  rows: number;
  blockX: number;
  blockY: number;
  levels: Float32Array;
};

/**
 * The level of the paper around every place: the `percentile` (0..1) of each block, lifted to its neighbours' where
 * ink fills the block, and smoothed. Pixels of level 0 do not count: they are ink, or lie beyond the edge of a photo.
 */
export function paperGrid(image: GreyImage, blockX: number, blockY: number, percentile = 0.8): PaperGrid {
  const columns = Math.ceil(image.width / blockX);
  const rows = Math.ceil(image.height / blockY);
  const raw = new Float32Array(columns * rows);
  const histogram = new Uint32Array(256);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      histogram.fill(0);
      const x1 = Math.min(image.width, (c + 1) * blockX);
      const y1 = Math.min(image.height, (r + 1) * blockY);
      for (let y = r * blockY; y < y1; y++) {
        for (let p = y * image.width + c * blockX, e = y * image.width + x1; p < e; p++) {
          const level = image.data[p] as number;
          histogram[level] = (histogram[level] as number) + 1;
        }
      }
      const total = (x1 - c * blockX) * (y1 - r * blockY) - (histogram[0] as number);
      histogram[0] = 0;
      raw[r * columns + c] = total > 0 ? levelAt(histogram, percentile * total) : 0;
    }
  }
  // A block full of ink takes the second brightest level around it.
  const lifted = mapNeighbours(raw, columns, rows, (around) => {
    around.sort((a, b) => b - a);
    return around[Math.min(around.length - 1, around.length >> 2)] as number;
  });
  const smooth = mapNeighbours(
    lifted,
    columns,
    rows,
    (around) => around.reduce((a, b) => a + b, 0) / around.length,
  );
  return { columns, rows, blockX, blockY, levels: smooth };
}

/** The lowest level at which the histogram's running count exceeds `count`. */
export function levelAt(histogram: Uint32Array, count: number): number {
  let seen = 0;
  for (let level = 0; level < 256; level++) {
    seen += histogram[level] as number;
    if (seen > count) return level;
  }
  return 255;
}

function mapNeighbours(
  values: Float32Array,
  columns: number,
  rows: number,
  f: (around: number[]) => number,
): Float32Array {
  const out = new Float32Array(values.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const around: number[] = [];
      for (let y = Math.max(0, r - 1); y <= Math.min(rows - 1, r + 1); y++) {
        for (let x = Math.max(0, c - 1); x <= Math.min(columns - 1, c + 1); x++) {
          const value = values[y * columns + x] as number;
          if (value > 0) around.push(value);
        }
      }
      out[r * columns + c] = around.length > 0 ? f(around) : 0;
    }
  }
  return out;
}

/**
 * The grid's levels along row `y` of the image, one a pixel, interpolated linearly between the middles of its blocks.
 * Written into `row`.
 */
export function paperRow(grid: PaperGrid, y: number, row: Float32Array): void {
  const { columns, rows, blockX, blockY, levels } = grid;
  const gy = clamp((y + 0.5) / blockY - 0.5, 0, rows - 1);
  const r0 = Math.floor(gy) * columns;
  const r1 = Math.min(rows - 1, Math.floor(gy) + 1) * columns;
  const down = gy - Math.floor(gy);
  const at = (c: number) => (levels[r0 + c] as number) * (1 - down) + (levels[r1 + c] as number) * down;
  // Before the middle of the first block and after that of the last, the level stays.
  let x = 0;
  let value = at(0);
  for (let end = Math.min(row.length, blockX >> 1); x < end; x++) row[x] = value;
  for (let c = 0; c + 1 < columns; c++) {
    const step = (at(c + 1) - value) / blockX;
    const end = Math.min(row.length, x + blockX);
    for (; x < end; x++) {
      row[x] = value;
      value += step;
    }
    value = at(c + 1);
  }
  for (; x < row.length; x++) row[x] = value;
}

/** How dark each pixel is against the paper around it: 0 = as bright as paper (or brighter), 1 = black. */
export function darkness(image: GreyImage, grid: PaperGrid): Float32Array {
  const { width, height, data } = image;
  const out = new Float32Array(width * height);
  const paper = new Float32Array(width);
  for (let y = 0, p = 0; y < height; y++) {
    paperRow(grid, y, paper);
    for (let x = 0; x < width; x++, p++) {
      out[p] = Math.max(0, 1 - (data[p] as number) / Math.max(1, paper[x] as number));
    }
  }
  return out;
}
