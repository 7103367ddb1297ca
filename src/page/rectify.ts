import { STAFF_GEOMETRY } from './geometry';
import type { GreyImage } from './image';
import { clamp } from './numbers';
import { reduceImage } from './reduce';
import type { StaffMap } from './staff-map';
import { levelAt, paperGrid, paperRow } from './threshold';

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

/** Adds `fine` samples to each of the rows, going down one column: six straight stretches, parted by the five lines. */
function sampleColumn(image: GreyImage, column: Float32Array, fine: number, sums: Float32Array): void {
  const { width, height, data } = image;
  const perSample = 1 / (fine * SPACE);
  const top = (TOP_LINE + 0.5) / SPACE;
  const meanX = ((column[8] as number) - (column[0] as number)) / 4;
  const meanY = ((column[9] as number) - (column[1] as number)) / 4;
  let n = 0;
  for (let stretch = 0; stretch < 6; stretch++) {
    const between = stretch > 0 && stretch < 5;
    const from = Math.max(0, stretch - 1);
    const x0 = column[from * 2] as number;
    const y0 = column[from * 2 + 1] as number;
    const dx = between ? (column[from * 2 + 2] as number) - x0 : meanX;
    const dy = between ? (column[from * 2 + 3] as number) - y0 : meanY;
    const end = stretch === 5 ? ROWS * fine : Math.ceil((top + stretch) * SPACE * fine - 0.5);
    for (; n < end; n++) {
      const share = (n + 0.5) * perSample - top - from;
      // Pixel centres lie at half-integers.
      const px = x0 + dx * share - 0.5;
      const py = y0 + dy * share - 0.5;
      const row = fine === 1 ? n : n >> 1;
      if (!(px >= 0 && py >= 0 && px < width - 1 && py < height - 1)) {
        sums[row] = (sums[row] as number) + edgeLevel(image, px, py);
        continue;
      }
      const ix = px | 0;
      const iy = py | 0;
      const fx = px - ix;
      const p = iy * width + ix;
      const a = data[p] as number;
      const above = a + ((data[p + 1] as number) - a) * fx;
      const b = data[p + width] as number;
      const below = b + ((data[p + width + 1] as number) - b) * fx;
      sums[row] = (sums[row] as number) + above + (below - above) * (py - iy);
    }
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
  const paper = new Float32Array(width);
  for (let y = 0, p = 0; y < height; y++) {
    paperRow(grid, y, paper);
    for (let x = 0; x < width; x++, p++) {
      const level = data[p] as number;
      out[p] = level === 0 ? 255 : Math.min(255, (255 * level) / (paper[x] as number));
    }
    if (y < first || y >= last) continue;
    for (let i = p - width; i < p; i++) {
      const value = out[i] as number;
      histogram[value] = (histogram[value] as number) + 1;
    }
  }
  const ink = Math.min(180, levelAt(histogram, DARKEST * width * (last - first)));
  const stretch = Uint8Array.from({ length: 256 }, (_, v) =>
    clamp(Math.round(((v - ink) * 255) / (250 - ink)), 0, 255),
  );
  for (let p = 0; p < out.length; p++) out[p] = stretch[out[p] as number] as number;
  return { width, height, data: out };
}
