import { describe, expect, test } from 'vitest';
import { framesOf } from './ctc.ts';
import type { ReadStep } from './hypothesis.ts';
import { better, blend, jointScore, type Scored, scored, stretches } from './joint.ts';
import { BARLINE, NOTE, OTHER_NOTE, scoresOf } from './testing/frames.ts';

const saying = (symbols: number, ctc: number, decoder: number): Scored => ({
  steps: Array.from({ length: symbols }, () => ({ step: [], p: 1, column: 0, alternatives: [] })),
  ctc,
  logP: [decoder],
});

describe('the joint score', () => {
  test('weighs CTC against the decoder, whose word counts by symbol', () => {
    expect(jointScore(saying(4, -2, -8), 0.25)).toBe(0.25 * -2 + 0.75 * -2);
    expect(jointScore(saying(0, -3, -1), 0.5)).toBe(-2);
  });

  test('picks the reading where both agree or tie', () => {
    expect(better({ reading: saying(1, -1, -1) }, 0.5)).toBe('reading');
    expect(better({ reading: saying(1, -1, -1), draft: saying(1, -1, -1) }, 0.5)).toBe('reading');
  });

  test('picks the draft where the reading is improbable, never ended or ran on', () => {
    const draft = saying(3, -1, -9);
    expect(better({ reading: saying(3, -30, -3), draft }, 0.5)).toBe('draft');
    expect(better({ reading: saying(256, -40, Number.NEGATIVE_INFINITY), draft }, 0.5)).toBe('draft');
  });
});

const read = (...steps: number[][]): ReadStep[] =>
  steps.map((step) => ({ step, p: 1, column: 0, alternatives: [] }));

describe('draft and reading side by side', () => {
  test('fall into stretches where they agree and where not', () => {
    const draft = read(BARLINE, NOTE, NOTE, BARLINE);
    const reading = read(BARLINE, OTHER_NOTE, BARLINE, BARLINE);
    const parts = stretches(draft, reading);
    expect(parts.map(({ same }) => same)).toEqual([true, false, true, false].slice(0, parts.length));
    expect(parts.at(-1)?.draft.to).toBe(4);
    expect(parts.at(-1)?.reading.to).toBe(4);
    for (const [i, part] of parts.entries()) {
      expect(part.draft.from).toBe(parts[i - 1]?.draft.to ?? 0);
      expect(part.reading.from).toBe(parts[i - 1]?.reading.to ?? 0);
    }
  });

  test('give the better of both in each stretch', () => {
    // CTC hears: bar, note, blank, bar, other note.
    const said = [BARLINE, NOTE, undefined, BARLINE, OTHER_NOTE];
    const frames = framesOf(scoresOf(said.map((each) => [[each, 8]])), 0, said.length);
    const sure = [-0.1, -0.1, -0.1, -0.1, -0.1];
    const draft = scored(frames, { steps: read(BARLINE, NOTE, BARLINE, NOTE), logP: sure });
    const reading = scored(frames, { steps: read(BARLINE, OTHER_NOTE, BARLINE, OTHER_NOTE), logP: sure });
    const { steps } = blend(frames, { reading, draft }, 0.5, 0.5);
    expect(steps.map(({ step }) => step)).toEqual([BARLINE, NOTE, BARLINE, OTHER_NOTE]);
  });

  test('keep the reading as it is where nothing is disputed', () => {
    const frames = framesOf(scoresOf([[[NOTE, 8]]]), 0, 1);
    const reading = scored(frames, { steps: read(NOTE), logP: [-1, -1] });
    expect(blend(frames, { reading }, 0.5, 0.5)).toEqual({ steps: reading.steps, source: 'reading' });
  });
});
