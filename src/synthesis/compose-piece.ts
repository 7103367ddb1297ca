import { composeForm, type FormStyle } from './compose-form.ts';
import { addLyrics, addSlurs } from './compose-ornaments.ts';
import { composeStaffBar, startStaff } from './compose-staff.ts';
import { addDistractions } from './distractions.ts';
import type { Piece } from './music.ts';
import type { Random } from './random.ts';
import { pickStyle, type StyleName } from './styles.ts';
import * as words from './words.ts';

export type PieceKind =
  | 'melody'
  | 'song'
  | 'piano'
  | 'concert'
  | 'duet'
  | 'choir'
  | 'ensemble'
  | 'single'
  | 'wild';

type Scoring = Pick<Piece, 'symbol' | 'braces' | 'barsThrough'> & { styles: StyleName[] };

function scoringOf(random: Random, kind: PieceKind): Scoring {
  const plain = { symbol: 'none', braces: [], barsThrough: false } as const;
  switch (kind) {
    case 'melody':
      return { ...plain, braces: [], styles: ['melody'] };
    case 'single':
      return {
        ...plain,
        braces: [],
        styles: [
          random.pick(['bass', 'vocal', 'inner', 'right-hand', 'bass', 'left-hand', 'choir'] as const),
        ],
      };
    case 'wild':
      return { ...plain, braces: [], styles: ['wild'] };
    case 'piano':
      return { symbol: 'none', braces: [[0, 1]], barsThrough: true, styles: ['right-hand', 'left-hand'] };
    case 'concert':
      return { symbol: 'none', braces: [[0, 1]], barsThrough: true, styles: ['virtuoso', 'virtuoso'] };
    case 'song':
      return {
        symbol: 'none',
        braces: [[1, 2]],
        barsThrough: false,
        styles: ['vocal', 'right-hand', 'left-hand'],
      };
    case 'duet':
      return {
        symbol: random.pick(['bracket', 'none'] as const),
        braces: [],
        barsThrough: random.chance(0.5),
        styles: [
          random.pick(['melody', 'vocal'] as const),
          random.pick(['melody', 'bass', 'inner'] as const),
        ],
      };
    case 'choir':
      return { symbol: 'bracket', braces: [], barsThrough: random.chance(0.4), styles: ['choir', 'choir'] };
    case 'ensemble':
      return {
        symbol: 'bracket',
        braces: [],
        barsThrough: random.chance(0.7),
        styles: random.chance(0.6) ? ['melody', 'melody', 'inner', 'bass'] : ['melody', 'inner', 'bass'],
      };
  }
}

function formOf(random: Random, kind: PieceKind, bars: number): FormStyle {
  const wild = kind === 'wild';
  const alone = kind === 'melody' || kind === 'single' || wild;
  return {
    bars,
    repeat:
      random.weighted([
        [0, 4],
        [0.05, 3],
        [0.12, 1],
      ]) + (wild ? 0.08 : 0),
    keyChange: wild
      ? 0.12
      : random.weighted([
          [0, 3],
          [0.03, 1],
        ]),
    metreChange: wild
      ? 0.15
      : random.weighted([
          [0, 4],
          [0.04, 1],
        ]),
    doubleBar: wild ? 0.06 : random.pick([0, 0.02, 0.05]),
    multiRest: wild
      ? 0.08
      : alone
        ? random.weighted([
            [0, 4],
            [0.06, 1],
          ])
        : 0,
    oddity: wild ? 0.5 : 0.04,
    pickUp: random.chance(0.12),
  };
}

/** Composes a piece of about `bars` bars for the staves of its kind; every id starts with `prefix`. */
export function composePiece(random: Random, kind: PieceKind, bars: number, prefix: string): Piece {
  let count = 0;
  const nextId = () => `${prefix}${count++}`;
  const scoring = scoringOf(random, kind);
  const styles = scoring.styles.map((name) => pickStyle(random, name));
  const form = composeForm(random, formOf(random, kind, bars), nextId);
  const states = styles.map((style) => startStaff(random, style));
  form.forEach(({ bar, ticks, rests }, index) => {
    const next = form[index + 1];
    const plan = {
      metre: bar.metre,
      ticks,
      key: bar.key,
      mayTieOver:
        next !== undefined &&
        next.rests === 0 &&
        !next.bar.newKey &&
        next.bar.left === 'none' &&
        !next.bar.ending?.opens,
      last: next === undefined,
    };
    bar.staves = states.map((state) =>
      rests > 0 && !state.pending
        ? { rests, id: nextId() }
        : composeStaffBar(random, state, plan, bar, nextId),
    );
  });
  const all = form.map(({ bar }) => bar);
  styles.forEach((style, staff) => {
    addSlurs(random, all, staff, style);
    if (style.lyrics && random.chance(0.8)) addLyrics(random, all, staff);
  });
  addDistractions(random, all, scoring.styles);
  const labelled = random.chance(0.3);
  return {
    staves: styles.map(({ clef }) => ({ clef, ...(labelled ? { label: words.partName(random) } : {}) })),
    symbol: scoring.symbol,
    braces: scoring.braces,
    barsThrough: scoring.barsThrough,
    hideTime: random.chance(0.06),
    bars: all,
  };
}
