import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';

/** What a rectified candidate shows, each a share of its columns (0..1). */
export type MusicEvidence = {
  /** The five lines are dark (mean of the five). */
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
/** The same for a staff line, which may be faint. */
const LINE = 215;

/** Measures a rectified staff image. */
export function musicEvidence(image: GreyImage): MusicEvidence {
  const { width, data } = image;
  const dark = (x: number, row: number) => (data[row * width + x] as number) < INK;
  const onLine = (x: number, row: number) =>
    Math.min(
      data[row * width + x] as number,
      data[(row - 1) * width + x] as number,
      data[(row + 1) * width + x] as number,
    ) < LINE;
  const first = Math.round(leftMargin * SPACE);
  const last = width - Math.round(rightMargin * SPACE);
  const count = { lines: 0, above: 0, below: 0, ink: 0, symbols: 0 };
  for (let x = first; x < last; x++) {
    let crossed = 0;
    let ink = false;
    for (let line = 0; line < 5; line++) {
      const row = TOP_LINE + line * SPACE;
      if (onLine(x, row)) count.lines += 0.2;
      if (dark(x, row - 3) && dark(x, row) && dark(x, row + 3)) crossed++;
      if (line > 0 && dark(x, row - SPACE / 2)) ink = true;
    }
    if (ink) count.ink++;
    if (crossed > 0 && crossed < 5) count.symbols++;
    for (const [side, row] of [
      ['above', TOP_LINE - SPACE],
      ['below', TOP_LINE + 5 * SPACE],
    ] as const) {
      if (onLine(x, row) && !dark(x, row - SPACE / 2) && !dark(x, row + SPACE / 2)) count[side]++;
    }
  }
  const columns = Math.max(1, last - first);
  return {
    lines: count.lines / columns,
    sixthLine: Math.max(count.above, count.below) / columns,
    ink: count.ink / columns,
    symbols: count.symbols / columns,
  };
}

/**
 * Whether a rectified candidate is a staff with music on it, rather than ruled paper, a table or chance. On
 * photographs of music the lines stay above 0.97, the sixth below 0.31, ink within 0.1..0.6 and symbols above 0.045
 * and 0.18 of the ink; the text in a table's cells keeps clear of its lines.
 */
export function isMusic({ lines, sixthLine, ink, symbols }: MusicEvidence): boolean {
  return lines > 0.9 && sixthLine < 0.36 && ink > 0.02 && ink < 0.85 && symbols > Math.max(0.008, 0.14 * ink);
}
