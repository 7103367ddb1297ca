import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';
import { median } from './numbers.ts';
import { clefFit } from './orientation.ts';

/** What a rectified candidate shows, each a share (0..1) of its columns, for lines of those where they can be judged. */
export type MusicEvidence = {
  /** The five lines are there (mean of the five). */
  lines: number;
  /** A sixth thin line runs above or below the five (the greater of the two). */
  sixthLine: number;
  /** Ink stands between the lines. */
  ink: number;
  /** Ink crosses one line or more, but not all five as a ruled column or a bar line does. */
  symbols: number;
};

const { space: SPACE, topLine: TOP_LINE, leftMargin, rightMargin } = STAFF_GEOMETRY;
/** Grey below which a pixel of a rectified image counts as ink. */
const INK = 150;
/** Rows about a line that ink must fill without a break to cross it. */
const CROSSING = [-3, -2, -1, 1, 2, 3];
/** Around a line the gaps must be at least this bright for it to be judged. */
const BRIGHT = 190;
/** A line is darker than the gaps beside it by this part of what lines are on the whole, and by so much at least. */
const RELATIVE_CONTRAST = 0.25;
const LEAST_CONTRAST = 4;
/** Columns to each side over which faint lines are averaged. */
const REACH = 3;

/** Measures a rectified staff image. */
export function musicEvidence(image: GreyImage): MusicEvidence {
  const { width, data } = image;
  const dark = (x: number, row: number) => (data[row * width + x] as number) < INK;
  const first = Math.round(leftMargin * SPACE);
  const last = width - Math.round(rightMargin * SPACE);
  const count = { ink: 0, symbols: 0 };
  for (let x = first; x < last; x++) {
    let crossed = 0;
    let ink = false;
    for (let line = 0; line < 5; line++) {
      const row = TOP_LINE + line * SPACE;
      if (CROSSING.every((d) => dark(x, row + d))) crossed++;
      if (line > 0 && dark(x, row - SPACE / 2)) ink = true;
    }
    if (ink) count.ink++;
    if (crossed > 0 && crossed < 5) count.symbols++;
  }
  const contrasts = [-1, 0, 1, 2, 3, 4, 5].map((line) =>
    lineContrast(image, TOP_LINE + line * SPACE, first, last),
  );
  const five = contrasts.slice(1, 6);
  const usual = median(five.flat());
  const share = (values: number[], part: number) =>
    values.filter((c) => c > Math.max(LEAST_CONTRAST, part * usual)).length / Math.max(1, values.length);
  const columns = Math.max(1, last - first);
  return {
    lines: five.reduce((sum, line) => sum + share(line, RELATIVE_CONTRAST) / 5, 0),
    sixthLine: Math.max(share(contrasts[0] ?? [], 0.5), share(contrasts[6] ?? [], 0.5)),
    ink: count.ink / columns,
    symbols: count.symbols / columns,
  };
}

/**
 * How much darker a line along `row`, or along the row next to it, is than both gaps beside it: one value for each
 * column in which the gaps are bright.
 */
function lineContrast(image: GreyImage, row: number, first: number, last: number): number[] {
  const rows = [row - 1, row, row + 1].map((r) => smoothRow(image, r));
  const over = smoothRow(image, row - SPACE / 2);
  const under = smoothRow(image, row + SPACE / 2);
  const contrasts: number[] = [];
  for (let x = first; x < last; x++) {
    const paper = Math.min(over[x] as number, under[x] as number);
    if (paper < BRIGHT) continue;
    contrasts.push(paper - Math.min(rows[0]?.[x] ?? 255, rows[1]?.[x] ?? 255, rows[2]?.[x] ?? 255));
  }
  return contrasts;
}

/** A row of the image, each pixel averaged with its neighbours to both sides. */
function smoothRow(image: GreyImage, row: number): Float32Array {
  const { width, data } = image;
  const out = new Float32Array(width);
  const start = row * width;
  let sum = 0;
  for (let x = 0; x < width + REACH; x++) {
    sum +=
      (data[start + Math.min(x, width - 1)] as number) -
      (x > 2 * REACH ? (data[start + x - 2 * REACH - 1] as number) : 0);
    if (x >= REACH) out[x - REACH] = sum / Math.min(2 * REACH + 1, x + 1);
  }
  return out;
}

/**
 * Whether a rectified candidate is a staff with music on it, rather than ruled paper, a table or chance. On
 * photographs of music the lines stay above 0.97, the sixth below 0.32, and symbols above 0.16 of the ink: text in a
 * table's cells keeps clear of its lines. Faint print, ledger lines in plenty and light symbols pass with a clef.
 */
export function isMusic(image: GreyImage): boolean {
  const evidence = musicEvidence(image);
  const { lines, sixthLine, ink, symbols } = evidence;
  if (!isInked(evidence)) return false;
  // Whole chords and beams cross few lines: there a plain clef on plain lines must do.
  if (symbols < 0.08 * ink) return lines > 0.95 && sixthLine < 0.5 && clefFit(image) > 0.6;
  if (lines > 0.9 && sixthLine < 0.34 && symbols > 0.16 * ink) return true;
  // Brackets, beams and ledger lines beside the staff are no sixth line where so much crosses lines that are all there.
  if (lines > 0.97 && sixthLine < 0.5 && symbols > 0.3 * ink) return true;
  return lines > 0.85 && sixthLine < 0.75 && clefFit(image) > 0.45;
}

/**
 * Whether a rectified candidate that something else speaks for may be a staff with music on it: lines that glare or blur
 * has taken in part are enough.
 */
export function mayBeMusic(image: GreyImage): boolean {
  const evidence = musicEvidence(image);
  return evidence.lines > 0.75 && evidence.sixthLine < 0.5 && isInked(evidence);
}

/** Whether there is as much ink, and as much of it crosses lines, as symbols bring. */
function isInked({ ink, symbols }: MusicEvidence): boolean {
  return ink >= 0.02 && ink <= 0.85 && symbols >= 0.008;
}
