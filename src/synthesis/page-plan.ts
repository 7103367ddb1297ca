import type { PieceKind } from './compose-piece.ts';
import { type LayoutOptions, NATURAL_SPACE, pickLayout } from './layout.ts';
import type { Piece } from './music.ts';
import type { Random } from './random.ts';

export type BlockPlan = { kind: PieceKind; bars: number; layout: LayoutOptions };

/** What stands on a page and how large it is. */
export type PagePlan = {
  blocks: BlockPlan[];
  layout: LayoutOptions;
  /** Staff space of the raster, px. */
  space: number;
  /** Exercises are numbered, and texts stand between blocks. */
  numbered: boolean;
  title: boolean;
  verses: boolean;
};

/** Kinds of pages with their weights, counted so that a good third of all staves are plain melodies. */
const KINDS: [PieceKind | 'exercises', number][] = [
  ['melody', 24],
  ['exercises', 26],
  ['single', 16],
  ['piano', 14],
  ['song', 8],
  ['duet', 7],
  ['choir', 9],
  ['ensemble', 5],
  ['wild', 14],
];

/** Kinds of pages full of what is rare: to learn from, not to measure with. */
const DEMANDING: [PieceKind, number][] = [
  ['concert', 5],
  ['wild', 6],
  ['piano', 2],
  ['choir', 1],
];

const STAVES: Record<PieceKind, number> = {
  melody: 1,
  single: 1,
  wild: 1,
  piano: 2,
  concert: 2,
  duet: 2,
  choir: 2,
  song: 3,
  ensemble: 4,
};

/** About how many staff spaces a bar of each kind takes. */
const BAR_WIDTH: Record<PieceKind, number> = {
  melody: 17,
  single: 19,
  wild: 28,
  piano: 24,
  concert: 36,
  duet: 18,
  choir: 18,
  song: 22,
  ensemble: 18,
};

function exercises(random: Random, width: number): BlockPlan[] {
  return Array.from({ length: random.int(3, 6) }, () => {
    const kind: PieceKind = random.weighted([
      ['melody', 9],
      ['single', 1],
      ['wild', 0.5],
    ]);
    const lines = random.weighted<number>([
      [1, 2],
      [2, 4],
      [3, 1],
    ]);
    const bars = Math.max(2, Math.round((lines * width) / BAR_WIDTH[kind]) + random.int(-1, 1));
    return { kind, bars, layout: {} };
  });
}

/** Labels a piece's source of chance for its naturals before keys. */
export const CANCELLING = 1_000_033;

/** Naturals that cancel the key before, as old prints have them and newer ones mostly not. */
export function pickCancelling(random: Random): Pick<Piece, 'cancelling'> {
  return random.weighted<Pick<Piece, 'cancelling'>>([
    [{}, 4],
    [{ cancelling: 'before' }, 5],
    [{ cancelling: 'after' }, 1],
  ]);
}

/** Length of a full system in staff spaces: narrow songbooks, common pages, wide scores. */
function pickWidth(random: Random): number {
  return random.weighted([
    [() => random.range(45, 80), 4],
    [() => random.range(75, 120), 5],
    [() => random.range(110, 150), 2],
  ])();
}

/** A page for an excerpt of `staves` staves a system. */
export function pickExcerptPage(random: Random, staves: number): Omit<PagePlan, 'blocks'> & { bars: number } {
  // Piano and score pages are wide; a part alone may be a narrow book.
  const width = staves > 1 ? random.range(75, 145) : pickWidth(random);
  const systems = Math.max(1, Math.round(random.int(6, 12) / staves));
  return {
    bars: Math.max(3, Math.round((systems * width) / 22)),
    layout: pickLayout(random, width),
    space: random.range(10, 16),
    numbered: false,
    title: random.chance(0.3),
    verses: random.chance(0.08),
  };
}

/** Draws a page: kind, width of its systems, number of bars, engraving. */
export function pickPage(random: Random, demanding = false): PagePlan {
  const kind = random.weighted(demanding ? DEMANDING : KINDS);
  const width = pickWidth(random);
  const layout = pickLayout(random, width);
  const title = random.chance(0.4);
  const space = random.range(10, 16);
  if (kind === 'exercises')
    return { blocks: exercises(random, width), layout, space, numbered: true, title: false, verses: false };
  const staves = random.int(6, 12);
  const systems = Math.max(1, Math.round(staves / STAVES[kind]));
  const bars = Math.max(3, Math.round((systems * width) / BAR_WIDTH[kind]));
  return {
    blocks: [{ kind, bars, layout: {} }],
    layout,
    space,
    numbered: false,
    title,
    verses: random.chance(0.1),
  };
}

/** Staff spaces to px at Verovio's natural size. */
export const spaces = (count: number) => count * NATURAL_SPACE;
