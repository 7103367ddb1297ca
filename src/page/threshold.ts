import type { GreyImage } from './image';

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
 * How dark each pixel is against the paper around it: 0 = as bright as paper (or brighter), 1 = black.
 * The paper's level is interpolated linearly between the middles of the grid's blocks.
 */
export function darkness(image: GreyImage, grid: PaperGrid): Float32Array {
  const { width, height, data } = image;
  const out = new Float32Array(width * height);
  const row = new Float32Array(grid.columns);
  for (let y = 0; y < height; y++) {
    const gy = clamp((y + 0.5) / grid.blockY - 0.5, 0, grid.rows - 1);
    const r0 = Math.min(grid.rows - 1, Math.floor(gy));
    const r1 = Math.min(grid.rows - 1, r0 + 1);
    for (let c = 0; c < grid.columns; c++) {
      const a = grid.levels[r0 * grid.columns + c] as number;
      const b = grid.levels[r1 * grid.columns + c] as number;
      row[c] = a + (b - a) * (gy - r0);
    }
    for (let x = 0, p = y * width; x < width; x++, p++) {
      const gx = clamp((x + 0.5) / grid.blockX - 0.5, 0, grid.columns - 1);
      const c0 = Math.floor(gx);
      const a = row[c0] as number;
      const b = row[Math.min(grid.columns - 1, c0 + 1)] as number;
      const paper = a + (b - a) * (gx - c0);
      const dark = 1 - (data[p] as number) / Math.max(1, paper);
      out[p] = Math.max(dark, 0);
    }
  }
  return out;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
