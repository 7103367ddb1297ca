import { describe, expect, it } from 'vitest';
import { histogram, stabilityIndex } from './stability';

describe('the population stability index', () => {
  it('sums the differences of shares times their log ratio', () => {
    // (.5 − .6) ln(.5/.6) + (.5 − .4) ln(.5/.4) = .018232 + .022314
    expect(stabilityIndex([50, 50], [60, 40])).toBeCloseTo(0.040546, 5);
    expect(stabilityIndex([10, 30], [20, 60])).toBeCloseTo(0, 12);
  });

  it('stays finite with an empty bin', () => {
    expect(Number.isFinite(stabilityIndex([10, 0], [5, 5]))).toBe(true);
  });

  it('counts values into bins that are closed below', () => {
    expect(histogram([0, 1, 1.5, 2, 9], [1, 2])).toEqual(Float64Array.of(1, 2, 2));
  });
});
