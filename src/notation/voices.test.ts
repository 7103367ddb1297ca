import { describe, expect, it } from 'vitest';
import { lengthOf } from './duration.ts';
import { fraction, toNumber } from './fraction.ts';
import { type Column, type Sound, solveBar } from './voices.ts';

/** Columns of a bar: sounds such as `half/2` or `rest-quarter` (voice 1), joined by commas, columns parted by spaces. */
function columns(text: string): Column[] {
  return text.split(' ').map((column) =>
    column.split(',').map((word): Sound => {
      const [name = '', voice = '1'] = word.split('/');
      const rest = name.startsWith('rest-');
      const value = name.replace('rest-', '');
      return {
        voice: voice === '2' ? 2 : 1,
        rest,
        length: lengthOf(value),
        fills: rest && value === 'whole',
      };
    }),
  );
}

const FOUR = fraction(4, 4);
const THREE = fraction(3, 4);

function solve(text: string, expected = FOUR) {
  const { voices, onsets, length, clash } = solveBar(columns(text), expected);
  return {
    voices: voices.map((column) => column.join('')).join(' '),
    onsets: onsets.map((onset) => toNumber(onset) * 4),
    length: length && toNumber(length) * 4,
    clash,
  };
}

describe('the rhythm of a bar', () => {
  it('of one voice is one sound after another, whatever it adds up to', () => {
    expect(solve('quarter quarter half').onsets).toEqual([0, 1, 2]);
    expect(solve('quarter quarter quarter quarter quarter')).toMatchObject({ length: 5, clash: false });
    expect(solve('quarter quarter')).toMatchObject({ length: 2, clash: false });
    expect(solve('quarter,quarter,quarter half').voices).toBe('111 1');
  });

  it('of one voice is that of two where a sound is as long as the bar and the others would fill it', () => {
    const text = 'half. eighth eighth eighth eighth eighth';
    expect(solve(text, THREE)).toMatchObject({ onsets: [0, 0.5, 1, 1.5, 2, 2.5], length: 3 });
    expect(solve(text, THREE).voices).toBe('2 1 1 1 1 1');
    expect(solve('half. quarter quarter eighth', THREE)).toMatchObject({ voices: '2 1 1 1', length: 3 });
    expect(solve('half quarter quarter', THREE)).toMatchObject({ voices: '1 1 1', length: 4 });
  });

  it('holds a long note beside shorter ones that begin with its head, where that alone makes it right', () => {
    const text = 'half eighth eighth eighth eighth eighth';
    expect(solve(text, THREE)).toMatchObject({
      voices: '2 1 1 1 1 1',
      onsets: [0, 0.5, 1, 1.5, 2, 2.5],
      length: 3,
    });
    expect(solve('quarter half eighth eighth eighth eighth eighth', FOUR)).toMatchObject({
      voices: '1 2 1 1 1 1 1',
      onsets: [0, 1, 1.5, 2, 2.5, 3, 3.5],
    });
    expect(solve('half eighth eighth eighth eighth', THREE)).toMatchObject({ length: 4 });
  });

  it('of a lone whole rest is open, in any metre', () => {
    expect(solve('rest-whole', THREE)).toMatchObject({ onsets: [0], length: undefined });
    expect(solve('rest-whole/2,half half', FOUR)).toMatchObject({ onsets: [0, 2], length: 4 });
  });

  it('of two full voices puts what each starts where the one before it ended', () => {
    expect(solve('half/2,quarter quarter half/2,quarter quarter').onsets).toEqual([0, 1, 2, 3]);
    expect(solve('quarter./2,quarter quarter eighth/2 half/2,quarter quarter').onsets).toEqual([
      0, 1, 1.5, 2, 3,
    ]);
  });

  it('lets a voice come in late or end early where its rest is not printed', () => {
    expect(solve('quarter quarter half/2,quarter quarter').onsets).toEqual([0, 1, 2, 3]);
    expect(solve('half/2,quarter quarter quarter quarter').onsets).toEqual([0, 1, 2, 3]);
    // The lower voice enters while the upper one holds its half, so that it meets the next.
    expect(solve('half quarter/2 half/2,half').onsets).toEqual([0, 1, 2]);
    expect(solve('half eighth/2 half/2,half').onsets).toEqual([0, 1.5, 2]);
  });

  it('parts two voices that are not told apart by their lengths', () => {
    expect(solve('half,quarter quarter half,quarter quarter')).toMatchObject({
      voices: '21 1 21 1',
      onsets: [0, 1, 2, 3],
      clash: false,
    });
    expect(solve('half,rest-quarter quarter half')).toMatchObject({ voices: '21 1 1', onsets: [0, 1, 2] });
  });

  it('mends a voice that was misread if the bar then adds up', () => {
    // The third quarter of the upper voice was taken for the lower one.
    expect(solve('half./2,quarter quarter quarter/2', THREE)).toMatchObject({
      voices: '21 1 1',
      onsets: [0, 1, 2],
      length: 3,
    });
    expect(solve('quarter/2,quarter half quarter quarter/2', FOUR).clash).toBe(false);
  });

  it('does not hide a note too many in a second voice', () => {
    expect(solve('quarter quarter quarter quarter,quarter quarter')).toMatchObject({
      voices: '1 1 1 11 1',
      length: 5,
    });
  });

  it('leaves two voices short where they are short alike', () => {
    expect(solve('quarter/2,quarter quarter/2,quarter', THREE)).toMatchObject({
      voices: '21 21',
      onsets: [0, 1],
      length: 2,
    });
  });

  it('does not stretch a pick-up of two voices with rests that nobody printed', () => {
    expect(solve('quarter,eighth/2 eighth/2', THREE)).toMatchObject({ onsets: [0, 0.5], length: 1 });
  });

  it('takes a note back whose voice was misread in a bar of one voice', () => {
    expect(solve('quarter quarter/2 quarter quarter')).toMatchObject({
      voices: '1 1 1 1',
      onsets: [0, 1, 2, 3],
    });
  });

  it('leaves a second voice its own that only sounds in the middle', () => {
    expect(solve('quarter quarter/2,quarter quarter quarter')).toMatchObject({ voices: '1 21 1 1' });
  });

  it('says where sounds of one voice cannot start together', () => {
    expect(solve('half/2,quarter/2,eighth/2,half eighth half', FOUR).clash).toBe(true);
  });

  it('keeps columns in order even where nothing adds up', () => {
    const { onsets } = solve('quarter/2,half quarter/2 eighth/2 whole sixteenth/2 quarter');
    expect([...onsets].sort((a, b) => a - b)).toEqual(onsets);
    expect(new Set(onsets).size).toBe(onsets.length);
  });
});
