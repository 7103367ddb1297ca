import type { GreyImage } from '../page/image.ts';
import { GRID_STEP, type SourceGrid } from './camera-geometry.ts';
import { cloudNoise, noiseTile, readTile } from './camera-noise.ts';
import type { Plane } from './camera-optics.ts';
import type { CameraRecipe } from './camera-recipe.ts';

const WAVE_STEPS = 1024;
const WAVE = Float32Array.from({ length: WAVE_STEPS + 1 }, (_, k) =>
  Math.cos((2 * Math.PI * k) / WAVE_STEPS),
);
const wave = (turns: number): number => WAVE[Math.floor((turns - Math.floor(turns)) * WAVE_STEPS)] ?? 0;

/** Reads 255 - page bilinearly at pixel-edge coordinates: 0 paper to 255 ink, 0 outside. */
export type InkReader = (x: number, y: number) => number;

export function inkReader({ width, height, data }: GreyImage): InkReader {
  return (x, y) => {
    const fx = x - 0.5;
    const fy = y - 0.5;
    const i = Math.floor(fx);
    const j = Math.floor(fy);
    if (i < 0 || j < 0 || i + 1 >= width || j + 1 >= height) return 0;
    const k = j * width + i;
    const a = data[k] ?? 255;
    const b = data[k + 1] ?? 255;
    const c = data[k + width] ?? 255;
    const d = data[k + width + 1] ?? 255;
    if (a + b + c + d === 1020) return 0;
    const u = fx - i;
    const v = fy - j;
    return 255 - ((a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v);
  };
}

/** A page shrunk four times and blurred, as it shines through from the other side. */
export function reversePage(page: GreyImage): GreyImage {
  const width = Math.ceil(page.width / 4);
  const height = Math.ceil(page.height / 4);
  const data = new Uint8Array(width * height);
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let y = 4 * j; y < 4 * j + 4; y++) {
        const row = Math.min(page.height - 1, y) * page.width;
        for (let x = 4 * i; x < 4 * i + 4; x++) sum += page.data[row + Math.min(page.width - 1, x)] ?? 255;
      }
      data[j * width + i] = sum >> 4;
    }
  }
  return { width, height, data };
}

/**
 * Fills in the light that every photo pixel receives from the sheet and from what lies around it, linear, 1 = white paper in
 * full light: the page resampled through the grid, printed, on its paper.
 * @param space staff space of the page image, px
 * @param photo is written as a whole
 */
export function exposeSheet(
  page: GreyImage,
  reverse: GreyImage,
  grid: SourceGrid,
  light: Float32Array,
  recipe: CameraRecipe,
  space: number,
  photo: Plane,
): void {
  const { print, paper, around, noiseX, noiseY } = recipe;
  const { data } = photo;
  const read = inkReader(page);
  const readReverse = inkReader(reverse);
  const fine = noiseTile(1);
  const grain = noiseTile(2);
  const clouds = cloudNoise(64);
  const coarse = cloudNoise(16);
  const margin = paper.margin * page.width;
  const plain = print.threshold === 0.5 && print.softness === 1 && !print.screen && print.grains === 0;
  const period = (print.screen?.period ?? 1) * space;
  const screenCos = Math.cos(print.screen?.angle ?? 0) / period;
  const screenSin = Math.sin(print.screen?.angle ?? 0) / period;
  const screenStrength = (print.screen?.strength ?? 0) / 2;

  const inked = (darkness: number, px: number, py: number): number => {
    let threshold = print.threshold;
    if (print.clouds > 0) threshold += print.clouds * readTile(coarse, px + noiseX, py + noiseY);
    if (print.grains > 0) threshold += print.grains * readTile(grain, px + noiseY, py + noiseX);
    if (screenStrength > 0) {
      const u = px * screenCos + py * screenSin;
      const v = py * screenCos - px * screenSin;
      threshold += screenStrength * (wave(u) + wave(v));
    }
    const ink = (darkness - threshold) / print.softness + 0.5;
    return ink < 0 ? 0 : Math.min(ink, 1);
  };

  const surroundings = (px: number, py: number, x: number, y: number): number => {
    const beyond = Math.max(-margin - px, px - page.width - margin, -margin - py, py - page.height - margin);
    if (around.neighbour && py > -margin && py < page.height + margin) {
      const ink = read(px < 0 ? px + page.width : px - page.width, py) / 255;
      return ink === 0 ? 1 : 1 - (1 - print.ink) * inked(ink, px, py);
    }
    const texture =
      1 +
      around.texture *
        (0.5 * readTile(coarse, x / around.grain, y / around.grain) + 0.5 * readTile(grain, x, y));
    const cast = 1 - around.shadow * Math.exp(-beyond / (0.02 * page.width));
    return Math.max(0.005, around.level * texture * cast);
  };

  const pixel = (px: number, py: number, x: number, y: number): number => {
    if (px < -margin || py < -margin || px > page.width + margin || py > page.height + margin) {
      return surroundings(px, py, x, y);
    }
    let white = 1;
    if (paper.texture > 0) white += paper.texture * readTile(fine, x + noiseX, y + noiseY);
    if (paper.clouds > 0) white += paper.clouds * readTile(clouds, px + noiseY, py + noiseX);
    const through = paper.showThrough;
    if (through) {
      const rx = (page.width * (1 + through.shiftX) - px) / 4;
      const ry = (py + page.height * through.shiftY) / 4;
      white *= 1 - (through.strength * readReverse(rx, ry)) / 255;
    }
    const darkness = read(px, py);
    if (darkness === 0) return white;
    const ink = plain ? darkness / 255 : inked(darkness / 255, px, py);
    return white * (1 - ink) + print.ink * ink;
  };

  for (let y = 0; y < photo.height; y++) {
    const j = Math.floor(y / GRID_STEP);
    const fy = (y + 0.5) / GRID_STEP - j;
    for (let i = 0; i < grid.columns - 1; i++) {
      const a = j * grid.columns + i;
      const c = a + grid.columns;
      const leftX = mix(grid.x[a], grid.x[c], fy);
      const leftY = mix(grid.y[a], grid.y[c], fy);
      const leftLight = mix(light[a], light[c], fy);
      const stepX = (mix(grid.x[a + 1], grid.x[c + 1], fy) - leftX) / GRID_STEP;
      const stepY = (mix(grid.y[a + 1], grid.y[c + 1], fy) - leftY) / GRID_STEP;
      const stepLight = (mix(light[a + 1], light[c + 1], fy) - leftLight) / GRID_STEP;
      const until = Math.min(GRID_STEP, photo.width - i * GRID_STEP);
      for (let k = 0; k < until; k++) {
        const x = i * GRID_STEP + k;
        const across = k + 0.5;
        const level = pixel(leftX + across * stepX, leftY + across * stepY, x, y);
        data[y * photo.width + x] = level * (leftLight + across * stepLight);
      }
    }
  }
}

function mix(a: number | undefined, b: number | undefined, part: number): number {
  return (a ?? 0) * (1 - part) + (b ?? 0) * part;
}
