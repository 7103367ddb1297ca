import { describe, expect, test } from 'vitest';
import { better, jointScore, type Scored } from './joint.ts';

const saying = (symbols: number, ctc: number, decoder: number): Scored => ({
  steps: Array.from({ length: symbols }, () => ({ step: [], p: 1, column: 0, alternatives: [] })),
  ctc,
  decoder,
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
