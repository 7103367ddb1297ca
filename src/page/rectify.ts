import { STAFF_GEOMETRY } from './geometry';
import type { GreyImage } from './image';
import { reduceImage } from './reduce';
import type { StaffMap } from './staff-map';
import { clamp, levelAt, paperGrid } from './threshold';

const { rows: ROWS, space: SPACE, topLine: TOP_LINE } = STAFF_GEOMETRY;

/** A photo and its reductions by whole factors, made when first asked for. */
export type Pyramid = { photo: GreyImage; reduced: Map<number, GreyImage> };

export function pyramid(photo: GreyImage): Pyramid {
  return { photo, reduced: new Map([[1, photo]]) };
}

function level(pyramid: Pyramid, factor: number): GreyImage {
  const known = pyramid.reduced.get(factor);
  if (known) return known;
  const image = reduceImage(pyramid.photo, factor, factor);
  pyramid.reduced.set(factor, image);
  return image;
}

/**
 * The rectified image of a staff, 128 rows: lines straight, at rows 48, 56, 64, 72 and 80; paper white, the
 * darkest ink black, whatever the light and the print. What lies beyond the photo's edges is white.
 */
export function rectifyStaff(photo: Pyramid, map: StaffMap): GreyImage {
  return evenInk(sampleStaff(photo, map));
}

/** The staff as it is in the photo, resampled with area averaging. What lies beyond the photo's edges is 0. */
export function sampleStaff(photo: Pyramid, map: StaffMap): GreyImage {
  const scale = meanSpace(map) / SPACE;
  const factor = Math.max(1, Math.floor(scale));
  const image = level(photo, factor);
  // Samples per pixel and axis: what is left of the reduction after the whole factor.
  const fine = scale / factor > 1.25 ? 2 : 1;
  const width = map.width;
  const data = new Uint8Array(width * ROWS);
  const sums = new Float32Array(ROWS);
  const column = new Float32Array(10);
  for (let x = 0; x < width; x++) {
    sums.fill(0);
    for (let i = 0; i < fine; i++) {
      columnAt(map, x + (i + 0.5) / fine, factor, column);
      sampleColumn(image, column, fine, sums);
    }
    const parts = fine * fine;
    for (let y = 0; y < ROWS; y++) {
      const sum = sums[y] as number;
      data[y * width + x] = sum < 0 ? 0 : Math.max(1, sum / parts + 0.5);
    }
  }
  return { width, height: ROWS, data };
}

function meanSpace(map: StaffMap): number {
  let sum = 0;
  for (let r = 0; r < map.rulings; r++) {
    const p = r * 10;
    sum += Math.hypot(
      (map.points[p + 8] as number) - (map.points[p] as number),
      (map.points[p + 9] as number) - (map.points[p + 1] as number),
    );
  }
  return sum / (4 * map.rulings);
}

/** The five places of the lines at staff x, in px of the photo reduced by `factor`. */
function columnAt(map: StaffMap, x: number, factor: number, column: Float32Array): void {
  const across = x / map.pitch;
  const r = Math.min(map.rulings - 2, Math.floor(across));
  const share = across - r;
  for (let i = 0; i < 10; i++) {
    const a = map.points[r * 10 + i] as number;
    const b = map.points[r * 10 + 10 + i] as number;
    column[i] = (a + (b - a) * share) / factor;
  }
}

/** Level of a sample beyond the photo: one such sample makes a sum negative. */
const BEYOND = -10000;

/** Adds `fine` samples to each of the rows, going down one column. */
function sampleColumn(image: GreyImage, column: Float32Array, fine: number, sums: Float32Array): void {
  const { width, height, data } = image;
  const perSample = 1 / (fine * SPACE);
  for (let y = 0, n = 0; y < ROWS; y++) {
    let sum = 0;
    for (let i = 0; i < fine; i++, n++) {
      const at = (n + 0.5) * perSample - (TOP_LINE + 0.5) / SPACE;
      const inside = at >= 0 && at < 4;
      const from = inside ? Math.floor(at) : at < 0 ? 0 : 4;
      const share = at - from;
      const a = from * 2;
      const x0 = column[a] as number;
      const y0 = column[a + 1] as number;
      const dx = inside
        ? (column[a + 2] as number) - x0
        : ((column[8] as number) - (column[0] as number)) / 4;
      const dy = inside
        ? (column[a + 3] as number) - y0
        : ((column[9] as number) - (column[1] as number)) / 4;
      // Pixel centres lie at half-integers.
      const px = x0 + dx * share - 0.5;
      const py = y0 + dy * share - 0.5;
      const ix = Math.floor(px);
      const iy = Math.floor(py);
      if (ix < 0 || iy < 0 || ix + 1 >= width || iy + 1 >= height) {
        sum += edgeLevel(image, px, py);
        continue;
      }
      const fx = px - ix;
      const fy = py - iy;
      const p = iy * width + ix;
      const top = (data[p] as number) * (1 - fx) + (data[p + 1] as number) * fx;
      const bottom = (data[p + width] as number) * (1 - fx) + (data[p + width + 1] as number) * fx;
      sum += top * (1 - fy) + bottom * fy;
    }
    sums[y] = (sums[y] as number) + sum;
  }
}

/** Within half a pixel of the edge the nearest pixel; beyond it, a value that outweighs all others: no pixel. */
function edgeLevel(image: GreyImage, x: number, y: number): number {
  if (x < -0.5 || y < -0.5 || x > image.width - 0.5 || y > image.height - 0.5) return BEYOND;
  const nx = clamp(Math.round(x), 0, image.width - 1);
  const ny = clamp(Math.round(y), 0, image.height - 1);
  return image.data[ny * image.width + nx] as number;
}

/** Part of the staff's area that counts as its darkest ink. */
const DARKEST = 0.012;

/** Divides by the local level of the paper and stretches the ink to black. */
export function evenInk(image: GreyImage): GreyImage {
  const { width, height, data } = image;
  const grid = paperGrid(image, 2 * SPACE, 2 * SPACE, 0.8);
  const out = new Uint8Array(data.length);
  const histogram = new Uint32Array(256);
  const first = TOP_LINE - SPACE;
  const last = TOP_LINE + 5 * SPACE;
  const row = new Float32Array(grid.columns);
  for (let y = 0; y < height; y++) {
    const gy = clamp((y + 0.5) / grid.blockY - 0.5, 0, grid.rows - 1);
    const r0 = Math.floor(gy);
    const r1 = Math.min(grid.rows - 1, r0 + 1);
    for (let c = 0; c < grid.columns; c++) {
      const a = grid.levels[r0 * grid.columns + c] as number;
      row[c] = a + ((grid.levels[r1 * grid.columns + c] as number) - a) * (gy - r0);
    }
    for (let x = 0; x < width; x++) {
      const gx = clamp((x + 0.5) / grid.blockX - 0.5, 0, grid.columns - 1);
      const c0 = Math.floor(gx);
      const a = row[c0] as number;
      const paper = a + ((row[Math.min(grid.columns - 1, c0 + 1)] as number) - a) * (gx - c0);
      const level = data[y * width + x] as number;
      const value = level === 0 ? 255 : Math.min(255, Math.floor((255 * level) / Math.max(1, paper)));
      out[y * width + x] = value;
      if (y >= first && y < last) histogram[value] = (histogram[value] as number) + 1;
    }
  }
  const ink = Math.min(180, levelAt(histogram, DARKEST * width * (last - first)));
  const stretch = Uint8Array.from({ length: 256 }, (_, v) =>
    clamp(Math.round(((v - ink) * 255) / (250 - ink)), 0, 255),
  );
  for (let p = 0; p < out.length; p++) out[p] = stretch[out[p] as number] as number;
  return { width, height, data: out };
}
