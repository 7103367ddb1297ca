import type { GreyImage } from '../page/image.ts';
import { jpegLoss } from './camera-jpeg.ts';
import { noiseTile, TILE } from './camera-noise.ts';
import { type Plane, sharpen } from './camera-optics.ts';
import type { CameraRecipe, Monitor } from './camera-recipe.ts';

const GAMMA = 2.2;
const CURVE_STEPS = 4096;
/** Linear light up to this many times paper white is told apart; brighter is clipped. */
const BRIGHTEST = 2;

/** The phone's tone curve from linear light to levels: gamma, then an S of `contrast`, clipped at 255. */
function toneCurve(white: number, contrast: number, exposure: number): Float32Array {
  return Float32Array.from({ length: CURVE_STEPS + 1 }, (_, k) => {
    const light = (k / CURVE_STEPS) * BRIGHTEST * exposure;
    const level = white * light ** (1 / GAMMA);
    const t = Math.min(1, level / 255);
    return level + contrast * 255 * (t * t * (3 - 2 * t) - t);
  });
}

/** Rows and dots of a screen, and the beat of its pixels with the sensor's. */
export function addMonitor(plane: Plane, monitor: Monitor): void {
  const { width, height, data } = plane;
  const turn = 2 * Math.PI;
  const columns = Float32Array.from({ length: width }, (_, x) => Math.cos((turn * x) / monitor.pitch));
  const cos = Math.cos(monitor.angle) / monitor.moirePeriod;
  const sin = Math.sin(monitor.angle) / monitor.moirePeriod;
  const bow = 1 / (width + height) / monitor.moirePeriod;
  for (let y = 0; y < height; y++) {
    const row = Math.cos((turn * y) / monitor.pitch);
    for (let x = 0; x < width; x++) {
      const beat = Math.cos(turn * (x * cos + y * sin + x * y * bow));
      const k = y * width + x;
      const dots = 1 + monitor.grid * 0.5 * ((columns[x] ?? 0) + row);
      data[k] = (data[k] ?? 0) * dots * (1 + monitor.moire * beat);
    }
  }
}

/** Light that paper shows in the middle of the range: the brightest tenth of the photo, sampled. */
function paperLight({ width, height, data }: Plane): number {
  const samples: number[] = [];
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 4000)));
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) samples.push(data[y * width + x] ?? 0);
  }
  samples.sort((a, b) => a - b);
  return Math.max(0.02, samples[Math.floor(samples.length * 0.8)] ?? 1);
}

/** Exposes and develops: noise, tone curve, sharpening and JPEG, or two levels only for a bilevel scan. */
export function develop(plane: Plane, recipe: CameraRecipe, spare: Float32Array): GreyImage {
  const { sensor, bilevel, light, noiseX, noiseY } = recipe;
  const { width, height, data } = plane;
  const white = recipe.profile === 'none' ? 1 : paperLight(plane);
  const scale = 1 / white;
  const curve = toneCurve(sensor.white, sensor.contrast, 1);
  const tile = noiseTile(sensor.grain);
  // Noise in levels at mid grey; shot noise grows with the root of light, the gamma shrinks it again.
  const read = sensor.noise * 0.0035;
  const steps = CURVE_STEPS / BRIGHTEST;
  for (let y = 0; y < height; y++) {
    const row = ((y + noiseY) & (TILE - 1)) * TILE;
    for (let x = 0, k = y * width; x < width; x++, k++) {
      const exposed = ((data[k] ?? 0) + light.veil * white) * scale;
      const noise = (tile[row + ((x + noiseX) & (TILE - 1))] ?? 0) * read * (0.25 + Math.sqrt(exposed));
      const step = (exposed + noise) * steps;
      data[k] = curve[step < 0 ? 0 : step > CURVE_STEPS ? CURVE_STEPS : step | 0] ?? 0;
    }
  }
  if (sensor.sharpening > 0) sharpen(plane, sensor.sharpeningReach, sensor.sharpening, spare);
  if (bilevel) threshold(plane, bilevel.threshold * Math.min(255, sensor.white), bilevel.specks, noiseX);
  else if (sensor.jpeg !== null) jpegLoss(data, width, height, sensor.jpeg);
  const levels = new Uint8ClampedArray(data);
  return { width, height, data: new Uint8Array(levels.buffer) };
}

/** Black below `level`, white above, and a part of `specks` of all pixels the other way round. */
function threshold({ data }: Plane, level: number, specks: number, seed: number): void {
  const limit = specks * 2 ** 32;
  for (let k = 0; k < data.length; k++) {
    const speck = scramble(k + Math.imul(seed, 0x9e3779b1)) < limit;
    data[k] = (data[k] ?? 0) < level !== speck ? 0 : 255;
  }
}

/** A whole number to another in [0, 2^32), evenly spread. */
function scramble(n: number): number {
  const mixed = Math.imul(n ^ (n >>> 16), 0x45d9f3b);
  return (Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b) ^ (mixed >>> 13)) >>> 0;
}
