import { describe, expect, test } from 'vitest';
import { VOCABULARY } from '../../notation/token.ts';
import { STAFF_GEOMETRY } from '../../page/geometry.ts';
import { blankImage } from '../../page/image.ts';
import type { ReadStep } from './hypothesis.ts';
import { readTokens } from './read-tokens.ts';

const rhythm = (name: string) => VOCABULARY.rhythm.indexOf(name);
const read = (step: number[], column = 0, alternatives: ReadStep['alternatives'] = []): ReadStep => ({
  step: [...step, ...Array<number>(9 - step.length).fill(0)],
  p: 0.8,
  column,
  alternatives,
});
const QUARTER = rhythm('note-quarter');
/** The bottom line is position class 15. */
const BOTTOM = 15;
/** Nothing is drawn: symbols lie where the decoder looked. */
const BLANK = blankImage(200, STAFF_GEOMETRY.rows);
const same = (place: { x: number; y: number }) => place;

describe('steps as tokens', () => {
  test('are named by the clef in force, their own or the one before', () => {
    const steps = [read([QUARTER, BOTTOM, 1]), read([rhythm('clef-F4')]), read([QUARTER, BOTTOM, 1])];
    const { tokens, clef } = readTokens(steps, 'clef-C3', BLANK, same);
    expect(tokens.map(({ pitch }) => pitch)).toEqual(['F3', 'nonote', 'G2']);
    expect(clef).toBe('clef-F4');
  });

  test('lie where they were seen: notes on their line, all else in the middle of the staff', () => {
    const steps = [
      read([QUARTER, BOTTOM, 1], 10),
      read([QUARTER, BOTTOM + 8, 1], 11),
      read([rhythm('barline')], 12),
    ];
    const { tokens } = readTokens(steps, 'clef-G2', BLANK, same);
    expect(tokens.map(({ x, y }) => [x, y])).toEqual([
      [80, 80.5],
      [88, 48.5],
      [96, 64.5],
    ]);
  });

  test('with a chord flag are joined by a chord token, but only to a note or rest', () => {
    const steps = [read([rhythm('barline')]), read([QUARTER, 15, 1, 1]), read([QUARTER, 17, 1, 1])];
    const { tokens } = readTokens(steps, 'clef-G2', BLANK, same);
    expect(tokens.map((token) => token.rhythm)).toEqual(['barline', 'note-quarter', 'chord', 'note-quarter']);
  });

  test('offer alternatives by the names of their branches, pitches by the clef in force', () => {
    const alternatives = [
      { branch: 1, value: BOTTOM + 1, p: 0.2 },
      { branch: 2, value: VOCABULARY.lift.indexOf('#'), p: 0.1 },
      { branch: 3, value: 1, p: 0.1 },
    ];
    const { tokens } = readTokens([read([QUARTER, BOTTOM, 1], 0, alternatives)], 'clef-G2', BLANK, same);
    expect(tokens[0]?.alternatives).toEqual([
      { branch: 'pitch', value: 'F4', p: 0.2 },
      { branch: 'lift', value: '#', p: 0.1 },
    ]);
  });
});
