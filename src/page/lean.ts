import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';

/** Leans that are tried: -LIMIT to LIMIT, as tangents. */
const LIMIT = 0.4;
const STEP = 0.02;
const TRIED = Math.round((2 * LIMIT) / STEP) + 1;
/** Length over which one lean is measured, in spaces. */
const WINDOW = 10;
/** A column counts as part of an upright stroke from this share of ink between the lines. */
const STROKE = 0.5;
/** What a change of lean from one window to the next costs, against about 0.3 for a bar line lost. */
const STIFFNESS = 6;

const { space: SPACE, topLine: TOP_LINE } = STAFF_GEOMETRY;
/** Rows between the lines, where only strokes and symbols are dark. */
const ROWS = [0, 1, 2, 3].flatMap((gap) => [3, 4, 5].map((row) => TOP_LINE + gap * SPACE + row));
/** Ink, of 255, from which a pixel counts in full: a thin stroke never fills its pixels. */
const FULL = 150;
const EDGE = Math.floor(LIMIT * 2 * SPACE) + 1;
const MIDDLE = TOP_LINE + 2 * SPACE;

/**
 * How far bar lines and stems lean in a staff image, as tangents (positive: the lower end lies further right), at
 * evenly spaced places from the left to the right end of the staff. The lean that gathers most ink into upright
 * strokes wins, window by window, held together by a chain that dislikes sudden change.
 */
export function strokeLean(image: GreyImage): number[] {
  const from = STAFF_GEOMETRY.leftMargin * SPACE;
  const length = image.width - from - STAFF_GEOMETRY.rightMargin * SPACE;
  const windows = Math.max(1, Math.round(length / (WINDOW * SPACE)));
  const inks = new Uint8Array(ROWS.length * image.width);
  ROWS.forEach((row, i) => {
    for (let x = 0; x < image.width; x++) {
      inks[i * image.width + x] = Math.min(FULL, 255 - (image.data[row * image.width + x] as number));
    }
  });
  const gains = new Float32Array(windows * TRIED);
  for (let k = 0; k < TRIED; k++) {
    const lean = k * STEP - LIMIT;
    const shifts = ROWS.map((row) => Math.round((row - MIDDLE) * lean));
    for (let x = EDGE; x < image.width - EDGE; x++) {
      let ink = 0;
      for (let i = 0; i < ROWS.length; i++)
        ink += inks[i * image.width + x + (shifts[i] as number)] as number;
      const share = ink / (FULL * ROWS.length) - STROKE;
      if (share <= 0) continue;
      const w = Math.min(windows - 1, Math.max(0, Math.floor(((x - from) / length) * windows)));
      gains[w * TRIED + k] = (gains[w * TRIED + k] as number) + share * share;
    }
  }
  return ends(bestChain(gains, windows));
}

/** The sequence of leans, one a window, with the greatest gain less the cost of change. */
function bestChain(gains: Float32Array, windows: number): number[] {
  const best = Float32Array.from({ length: TRIED }, (_, k) => -0.02 * Math.abs(k * STEP - LIMIT));
  const from: Uint8Array[] = [];
  for (let w = 0; w < windows; w++) {
    const before = best.slice();
    const source = new Uint8Array(TRIED);
    for (let k = 0; k < TRIED; k++) {
      let top = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < TRIED; j++) {
        const value = (before[j] as number) - (w === 0 && j !== k ? 1e6 : STIFFNESS * ((k - j) * STEP) ** 2);
        if (value > top) {
          top = value;
          source[k] = j;
        }
      }
      best[k] = top + (gains[w * TRIED + k] as number);
    }
    from.push(source);
  }
  let k = best.indexOf(Math.max(...best));
  const chain: number[] = [];
  for (let w = windows - 1; w >= 0; w--) {
    chain.unshift(k * STEP - LIMIT);
    k = from[w]?.[k] as number;
  }
  return chain;
}

/** Values at the windows' middles turned into values at their borders: one more. */
function ends(chain: number[]): number[] {
  const first = chain[0] ?? 0;
  const last = chain[chain.length - 1] ?? 0;
  const inner = chain.slice(1).map((value, i) => (value + (chain[i] as number)) / 2);
  return [first, ...inner, last];
}
