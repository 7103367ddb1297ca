import { describe, expect, test } from 'vitest';
import { pitchName } from '../notation/clef.ts';
import { fifthsOf, keyAlter } from '../notation/key.ts';
import { type Token, VOCABULARY } from '../notation/token.ts';
import { composePiece, type PieceKind } from './compose-piece.ts';
import { staffLabels } from './labels.ts';
import type { Piece, Voice } from './music.ts';
import { createRandom } from './random.ts';

const KINDS: PieceKind[] = [
  'melody',
  'single',
  'wild',
  'piano',
  'song',
  'duet',
  'choir',
  'ensemble',
  'wild',
  'concert',
];
const pieces = Array.from({ length: 50 }, (_, seed) =>
  composePiece(createRandom(seed), KINDS[seed % KINDS.length] ?? 'melody', 16, 'e'),
);

function voicesOf(piece: Piece): { voice: Voice; ticks: number; first: boolean }[] {
  return piece.bars.flatMap((bar, i) =>
    bar.staves.flatMap((content) =>
      'voices' in content
        ? content.voices.map((voice) => ({ voice, ticks: bar.metre.ticks, first: i === 0 }))
        : [],
    ),
  );
}

function tokensOf(piece: Piece): Token[][] {
  return piece.staves.map((_, staff) =>
    staffLabels(piece, staff, 0, piece.bars.length).map(({ token }) => token),
  );
}

const pieceTokens = pieces.flatMap(tokensOf);

describe('random music', () => {
  test('fills its bars: every voice lasts as long as the metre says, but for a pick-up', () => {
    const wrong: string[] = [];
    for (const piece of pieces) {
      for (const { voice, ticks, first } of voicesOf(piece)) {
        let end = 0;
        for (const event of voice.events) {
          if (event.onset !== end) wrong.push(`an event at ${event.onset} after ${end}`);
          if (event.kind !== 'clef') end += event.ticks;
        }
        if (first ? end > ticks : end !== ticks) wrong.push(`${end} ticks in a bar of ${ticks}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('says only what the vocabulary holds', () => {
    const unknown: string[] = [];
    for (const token of pieceTokens.flat()) {
      for (const branch of ['rhythm', 'lift', 'tuplet', 'mark', 'tie', 'slur', 'voice'] as const)
        if (!VOCABULARY[branch].includes(token[branch])) unknown.push(`${branch} ${token[branch]}`);
    }
    expect(unknown).toEqual([]);
  });

  test('uses nearly all of the vocabulary within a few hundred pieces', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      for (const tokens of tokensOf(composePiece(createRandom(seed), 'wild', 12, 'e')))
        for (const token of tokens)
          for (const [branch, value] of Object.entries(token)) seen.add(`${branch} ${value}`);
    }
    const missing = (['rhythm', 'lift', 'tuplet', 'mark', 'tie', 'slur'] as const).flatMap((branch) =>
      VOCABULARY[branch].filter((value) => !seen.has(`${branch} ${value}`)),
    );
    // What no metre or shortest note of ours calls for, and the many multi-bar rests that chance may skip.
    const unused =
      /^(pad|begin|end)$|-double_whole\.|-sixty_fourth\.|-whole\.\.|-thirty_second\.\.|^multirest-/;
    const rare = missing.filter((value) => !unused.test(value));
    expect(rare.length, rare.join(' ')).toBeLessThanOrEqual(4);
  }, 30_000);

  test('has many more sextuplets and sixty-fourths in a concert piece than in a piano piece', () => {
    const shares = (['piano', 'concert'] as const).map((kind) => {
      const tokens = Array.from({ length: 20 }, (_, seed) =>
        tokensOf(composePiece(createRandom(seed), kind, 8, 'e')),
      ).flat(2);
      return (
        tokens.filter(({ tuplet, rhythm }) => tuplet === '6:4' || /sixty/.test(rhythm)).length / tokens.length
      );
    });
    expect(shares[1]).toBeGreaterThan(0.05);
    expect(shares[1]).toBeGreaterThan(10 * (shares[0] ?? 1));
  });

  test('prints an accidental exactly where the bar so far does not say so already', () => {
    const wrong: string[] = [];
    for (const piece of pieces) {
      for (const bar of piece.bars) {
        for (const content of bar.staves) {
          if (!('voices' in content) || content.voices.length !== 1) continue;
          const state = new Map<number, number>();
          const tied = new Set<number>();
          for (const event of content.voices[0]?.events ?? []) {
            if (event.kind !== 'note') continue;
            for (const head of [...event.graces.flatMap((grace) => grace.heads), ...event.heads]) {
              const inForce = state.get(head.step) ?? keyAlter(bar.key, pitchName(head.step));
              if (head.lift === 'none' && event !== content.voices[0]?.events[0] && !tied.has(head.step))
                if (head.alter !== inForce)
                  wrong.push(`${pitchName(head.step)} ${head.alter} under ${inForce}`);
              if (head.lift !== 'none') state.set(head.step, head.alter);
              if (head.tied) tied.add(head.step);
            }
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('puts only accidentals in parentheses that change nothing', () => {
    const heads = Array.from({ length: 30 }, (_, seed) => composePiece(createRandom(seed), 'concert', 8, 'e'))
      .flatMap(voicesOf)
      .flatMap(({ voice }) => voice.events.flatMap((event) => (event.kind === 'note' ? event.heads : [])));
    const enclosed = heads.filter((head) => head.enclosed);
    expect(enclosed.length).toBeGreaterThan(20);
    expect(enclosed.every(({ lift }) => lift !== 'none')).toBe(true);
  });

  test('opens every slur once and closes it once', () => {
    for (const tokens of pieceTokens) {
      let open = 0;
      let lowest = 0;
      for (const { slur } of tokens) {
        if (slur === 'stop' || slur === 'both') open--;
        if (slur === 'start' || slur === 'both') open++;
        lowest = Math.min(lowest, open);
      }
      expect([lowest, open]).toEqual([0, 0]);
    }
  });

  test('names keys that a signature can show', () => {
    for (const token of pieceTokens.flat())
      if (token.rhythm.startsWith('keySignature'))
        expect(Math.abs(fifthsOf(token.rhythm))).toBeLessThanOrEqual(7);
  });
});
