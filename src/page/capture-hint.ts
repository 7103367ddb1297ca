import type { GreyImage } from './image.ts';
import { median } from './numbers.ts';
import { readPage, type Staff } from './read-page.ts';

export const CAPTURE_HINTS = ['dark', 'blurred', 'no_music', 'far', 'tilted', 'good'] as const;

/** What keeps a picture from being read well, if anything does; `staves` were seen. */
export type CaptureHint = { kind: (typeof CAPTURE_HINTS)[number]; staves: number };

/** Paper darker than this (of 255) drowns in the noise of a phone's sensor. */
const DARK = 70;
/** Edges of ink rise over one row by less than this part of the contrast where the picture is blurred. */
const SHARP = 0.2;
/** Contrast under which there is nothing printed to judge. */
const PRINTED = 40;
/** Staff space in px of the still below which heads and accidentals run together. */
const NEAR = 9;
/** Degrees by which the staves may lean. */
const LEVEL = 8;
/** By how much the staff spaces of a page may differ from perspective. */
const FLAT = 1.35;

/**
 * Judges a reduced frame of the camera, some 1000 px on its longer side.
 * @param scale px of the still for one px of the frame
 */
export function captureHint(frame: GreyImage, scale = 1): CaptureHint {
  const { paper, ink, edge } = tones(frame);
  if (paper < DARK) return { kind: 'dark', staves: 0 };
  const contrast = paper - ink;
  const blurred = contrast > PRINTED && edge < SHARP * contrast;
  const staves = readPage(frame).systems.flatMap((system) => system.staves);
  const judged = (kind: CaptureHint['kind']) => ({ kind, staves: staves.length });
  if (staves.length === 0) return judged(blurred ? 'blurred' : 'no_music');
  if (median(staves.map(({ space }) => space)) * scale < NEAR) return judged('far');
  if (Math.abs(median(staves.map(lean))) > LEVEL || perspective(staves) > FLAT) return judged('tilted');
  return judged(blurred ? 'blurred' : 'good');
}

/** Grey of the paper and of the ink, and how steeply the one turns into the other from row to row. */
function tones({ width, height, data }: GreyImage): { paper: number; ink: number; edge: number } {
  const greys = new Uint32Array(256);
  const steps = new Uint32Array(256);
  for (let y = 0; y + 1 < height; y++)
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const grey = data[i] as number;
      greys[grey] = (greys[grey] as number) + 1;
      const step = Math.abs(grey - (data[i + width] as number));
      steps[step] = (steps[step] as number) + 1;
    }
  return { paper: quantile(greys, 0.95), ink: quantile(greys, 0.02), edge: quantile(steps, 0.99) };
}

function quantile(histogram: Uint32Array, share: number): number {
  const wanted = share * histogram.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  return histogram.findIndex((count) => {
    seen += count;
    return seen >= wanted;
  });
}

/** Degrees by which a staff's middle line falls to the right. */
function lean({ lines }: Staff): number {
  const line = lines[2] ?? [];
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return 0;
  return (Math.atan2(last.y - first.y, last.x - first.x) * 180) / Math.PI;
}

/** The widest of the page's staff spaces over the narrowest, from staff to staff or from one end of a staff to the other. */
function perspective(staves: readonly Staff[]): number {
  const spaces = staves.map(({ space }) => space);
  const alongside = staves.map((staff) => {
    const [left, right] = [spaceAt(staff, 0), spaceAt(staff, -1)];
    return Math.max(left, right) / Math.max(1, Math.min(left, right));
  });
  return Math.max(Math.max(...spaces) / Math.min(...spaces), median(alongside));
}

function spaceAt({ lines }: Staff, point: 0 | -1): number {
  const [top, bottom] = [lines[0]?.at(point), lines[4]?.at(point)];
  return top && bottom ? Math.hypot(bottom.x - top.x, bottom.y - top.y) / 4 : 1;
}
