import { describe, expect, it } from 'vitest';
import { areaUnderCurve, groupedAuc } from './auc';

describe('the area under the curve', () => {
  it('is the share of pairs in the right order', () => {
    expect(areaUnderCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])).toBeCloseTo(3 / 4, 12);
  });

  it('counts ties half', () => {
    expect(areaUnderCurve([1, 0], [0.5, 0.5])).toBe(0.5);
    // Pairs: .9 > .5 and .9 > .1 right, .5 = .5 half, .5 > .1 right.
    expect(areaUnderCurve([1, 1, 0, 0], [0.9, 0.5, 0.5, 0.1])).toBeCloseTo(3.5 / 4, 12);
  });

  it('weighs pairs by the product of their weights', () => {
    // Right pairs weigh 2 + 1 + 3 of 12.
    expect(areaUnderCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], [1, 2, 3, 1])).toBeCloseTo(0.5, 12);
  });

  it('splits a row with a true probability into both labels', () => {
    expect(areaUnderCurve([0.75, 0.25], [2, 1])).toBeCloseTo(
      (0.75 * 0.75 + 0.5 * (0.75 * 0.25 + 0.25 * 0.75)) / 1,
      12,
    );
  });

  it('is not a number with one label alone', () => {
    expect(areaUnderCurve([1, 1], [0.1, 0.2])).toBeNaN();
  });

  it('is not a number where a score is none', () => {
    expect(areaUnderCurve([1, 0, 1], [0.1, Number.NaN, 0.2])).toBeNaN();
  });

  it('is weighted by rows over groups, without groups of one label', () => {
    const labels = [1, 0, 1, 0, 1, 0, 1];
    const scores = [0.9, 0.1, 0.5, 0.5, 0.5, 0.5, 0.3];
    const groups = [1, 1, 2, 2, 2, 2, 3];
    expect(groupedAuc(labels, scores, groups)).toBeCloseTo((2 * 1 + 4 * 0.5) / 6, 12);
  });
});
