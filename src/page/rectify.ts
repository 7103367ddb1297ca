import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';
import { along, clamp } from './numbers.ts';
import { reduceImage } from './reduce.ts';
import type { StaffMap } from './staff-map.ts';
import { levelAt, paperGrid, paperRow } from './threshold.ts';

const { rows: ROWS, space: SPACE, topLine: TOP_LINE } = STAFF_GEOMETRY;

/** Level, of 255 = the paper's, from which a pixel is white: the grain of paper is not worth keeping. */
const WHITE = 250;

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

/** A quick look at a staff: like `rectifyStaff`, but coarser, and white beyond a space above and below the lines. */
export function glanceAtStaff(photo: Pyramid, map: StaffMap): GreyImage {
  return evenInk(sampleStaff(photo, map, { from: TOP_LINE - SPACE, to: TOP_LINE + 5 * SPACE, coarse: true }));
}

/** Rows to sample, and whether one sample a pixel will do. */
type Sampling = { from: number; to: number; coarse: boolean };

const EVERYTHING: Sampling = { from: 0, to: ROWS, coarse: false };

/**
 * The staff as it is in the photo, resampled with area averaging. Other rows than those asked for, and what lies beyond the
 * photo's edges, are 0.
 */
export function sampleStaff(photo: Pyramid, map: StaffMap, sampling = EVERYTHING): GreyImage {
  const scale = meanSpace(map) / SPACE;
  const factor = Math.max(1, Math.floor(scale));
  const image = level(photo, factor);
  // Samples per pixel and axis: what is left of the reduction after the whole factor.
  const fine = scale / factor > 1.25 && !sampling.coarse ? 2 : 1;
  const width = map.width;
  const data = new Uint8Array(width * ROWS);
  const sums = new Float32Array(ROWS);
  const column = new Float32Array(10);
  for (let x = 0; x < width; x++) {
    sums.fill(0);
    for (let i = 0; i < fine; i++) {
      columnAt(map, x + (i + 0.5) / fine, factor, column);
      sampleColumn(image, column, fine, sampling, sums);
    }
    const parts = fine * fine;
    for (let y = sampling.from; y < sampling.to; y++) {
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
function sampleColumn(
  image: GreyImage,
  column: Float32Array,
  fine: number,
  rows: Sampling,
  sums: Float32Array,
): void {
  const { width, height, data } = image;
  const perSample = 1 / (fine * SPACE);
  const top = (TOP_LINE + 0.5) / SPACE;
  const meanX = ((column[8] as number) - (column[0] as number)) / 4;
  const meanY = ((column[9] as number) - (column[1] as number)) / 4;
  let n = rows.from * fine;
  for (let stretch = 0; stretch < 6; stretch++) {
    const between = stretch > 0 && stretch < 5;
    const from = Math.max(0, stretch - 1);
    const x0 = column[from * 2] as number;
    const y0 = column[from * 2 + 1] as number;
    const dx = between ? (column[from * 2 + 2] as number) - x0 : meanX;
    const dy = between ? (column[from * 2 + 3] as number) - y0 : meanY;
    const end = stretch === 5 ? rows.to * fine : Math.ceil((top + stretch) * SPACE * fine - 0.5);
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

/** Part of a stretch of staff that counts as its darkest ink, and the length of a stretch, px. */
const DARKEST = 0.012;
const STRETCH = 24 * SPACE;
/** What is no darker than this after division by the paper's level is never taken for full ink. */
const FAINTEST = 180;

/** Divides by the local level of the paper and stretches the ink to black, stretch by stretch of the staff. */
export function evenInk(image: GreyImage): GreyImage {
  const { width, height, data } = image;
  const grid = paperGrid(image, 2 * SPACE, 2 * SPACE, 0.8);
  const out = new Uint8Array(data.length);
  const paper = new Float32Array(width);
  for (let y = 0, p = 0; y < height; y++) {
    paperRow(grid, y, paper);
    for (let x = 0; x < width; x++, p++) {
      const level = data[p] as number;
      out[p] = level === 0 ? 255 : Math.min(255, (255 * level) / (paper[x] as number));
    }
  }
  const inks = inkLevels({ width, height, data: out });
  const ink = Uint8Array.from({ length: width }, (_, x) => along(inks, (x + 0.5) / width));
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      const dark = ink[x] as number;
      out[p] = clamp(Math.round((((out[p] as number) - dark) * 255) / (WHITE - dark)), 0, 255);
    }
  }
  return { width, height, data: out };
}

/** The level of full ink at evenly spaced places along a staff: of its stretches, none far from that of the whole. */
function inkLevels(image: GreyImage): number[] {
  const whole = darkest(image, 0, image.width);
  const count = Math.max(1, Math.round(image.width / STRETCH));
  const stretches = Array.from({ length: count }, (_, i) => {
    const own = darkest(
      image,
      Math.floor((i * image.width) / count),
      Math.floor(((i + 1) * image.width) / count),
    );
    return clamp(own, whole - 20, whole + 50);
  });
  const inner = stretches.slice(1).map((value, i) => (value + (stretches[i] as number)) / 2);
  return [stretches[0] ?? whole, ...inner, stretches[count - 1] ?? whole].map((v) => clamp(v, 0, FAINTEST));
}

/** The level that the darkest part of the staff's own rows lies below, between two columns. */
function darkest(image: GreyImage, from: number, to: number): number {
  const histogram = new Uint32Array(256);
  const first = TOP_LINE - SPACE;
  const last = TOP_LINE + 5 * SPACE;
  for (let y = first; y < last; y++) {
    for (let p = y * image.width + from; p < y * image.width + to; p++) {
      const value = image.data[p] as number;
      histogram[value] = (histogram[value] as number) + 1;
    }
  }
  return levelAt(histogram, DARKEST * (to - from) * (last - first));
}
