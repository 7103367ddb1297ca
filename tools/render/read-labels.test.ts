import { beforeAll, describe, expect, test } from 'vitest';
import { encodeSteps } from '../../src/notation/steps.ts';
import { composePiece } from '../../src/synthesis/compose-piece.ts';
import { type Block, createEngraver, engravePiece } from '../../src/synthesis/engrave.ts';
import { pickLayout } from '../../src/synthesis/layout.ts';
import type { Piece } from '../../src/synthesis/music.ts';
import { createRandom } from '../../src/synthesis/random.ts';
import { type DraftLine, labelPages } from './read-labels.ts';

const SEED = 11;
let piece: Piece;
let block: Block;

beforeAll(async () => {
  piece = composePiece(createRandom(SEED), 'piano', 24, 'p');
  block = engravePiece(await createEngraver(), piece, pickLayout(createRandom(SEED), 90));
}, 60_000);

const image = { width: 1, height: 1, data: new Uint8Array(1) };

/** What a draft without fault would say of the drawing, system by system. */
function drafts(): DraftLine[][] {
  const systems: DraftLine[][] = [];
  for (const { tokens, places, lines, space, system } of block.staves) {
    const symbols = places.filter((_, i) => tokens[i]?.rhythm !== 'chord');
    const own = systems[system] ?? [];
    systems[system] = own;
    own.push({
      lines: lines.y.map((y) => [
        { x: lines.x0, y },
        { x: lines.x1, y },
      ]),
      space,
      steps: encodeSteps(tokens),
      xs: symbols.map(({ x }) => x),
      bars: tokens.filter(({ rhythm }) => /^(barline|repeat)/.test(rhythm)).length,
    });
  }
  return systems;
}

const labelled = (systems: DraftLine[][], usable = (_bar: number, _staff: number) => true) =>
  labelPages([image], [systems], piece, usable)[0]?.staves ?? [];

describe('labels of pages that only a draft can place', () => {
  test('the music is complete, and has several systems', () => {
    expect(block.dropped).toEqual([]);
    expect(block.systems).toBeGreaterThan(2);
  });

  test('a draft without fault gives the labels of the drawing, with each symbol where it stands', () => {
    const staves = labelled(drafts());
    expect(staves.map(({ tokens }) => tokens)).toEqual(block.staves.map(({ tokens }) => tokens));
    const [first] = staves;
    const [drawn] = block.staves;
    const notes = drawn?.places.filter((_, i) => drawn.tokens[i]?.rhythm !== 'chord') ?? [];
    first?.steps.forEach(([, position = 0], i) => {
      if (position > 0)
        expect(Math.abs((first.places[i]?.y ?? 0) - (notes[i]?.y ?? 0))).toBeLessThan(
          (drawn?.space ?? 0) / 4,
        );
      if (position > 0) expect(first.places[i]?.x).toBe(notes[i]?.x);
    });
  });

  test('what the draft misreads or misses is what the music says, between its neighbours', () => {
    const systems = drafts();
    const [line] = systems[0] ?? [];
    const note = line?.steps.findIndex(([, position = 0]) => position > 0) ?? -1;
    if (!line || note < 0) throw new Error('no note');
    const missed = note + 3;
    const before = line.xs[missed - 1] ?? 0;
    const after = line.xs[missed + 1] ?? 0;
    line.steps = line.steps.with(note, (line.steps[note] ?? []).with(2, 3)).toSpliced(missed, 1);
    line.xs = line.xs.toSpliced(missed, 1);
    const [staff] = labelled(systems);
    expect(staff?.tokens).toEqual(block.staves[0]?.tokens);
    const x = staff?.places[missed]?.x ?? 0;
    expect(x).toBeGreaterThanOrEqual(Math.min(before, after));
    expect(x).toBeLessThanOrEqual(Math.max(before, after));
  });

  test('a line that is drafted as other music, or in which the score cannot be trusted, is left out', () => {
    const other = drafts();
    const [line] = other[1] ?? [];
    if (!line) throw new Error('no line');
    line.steps = line.steps.map((step) => ((step[1] ?? 0) > 0 ? step.with(1, 1) : step));
    expect(labelled(other)).toHaveLength(block.staves.length - 1);
    expect(labelled(drafts(), (bar, staff) => bar > 0 || staff > 0)).toHaveLength(block.staves.length - 1);
  });

  test('from a system with a staff too many on nothing is labelled', () => {
    const systems = drafts();
    const [line] = systems[1] ?? [];
    if (line) systems[1]?.push(line);
    expect(labelled(systems)).toHaveLength(2);
  });
});
