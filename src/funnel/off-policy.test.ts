import { describe, expect, it } from 'vitest';
import {
  doublyRobust,
  effectiveSampleSize,
  importanceWeights,
  inversePropensity,
  selfNormalised,
} from './off-policy';

const LOG = { reward: [1, 0, 1], propensity: [0.5, 0.5, 0.25], target: [1, 0, 0.5] };

describe('off-policy estimates', () => {
  it('weigh by the ratio of the policies', () => {
    expect(importanceWeights(LOG)).toEqual(Float64Array.of(2, 0, 2));
    expect(importanceWeights(LOG, 1)).toEqual(Float64Array.of(1, 0, 1));
    expect(importanceWeights({ reward: [1], propensity: [0], target: [1] })).toEqual(Float64Array.of(0));
  });

  it('average weighted rewards (IPS), with an interval', () => {
    const { value, halfWidth, effectiveSampleSize: size } = inversePropensity(LOG);
    expect(value).toBeCloseTo(4 / 3, 12);
    // Terms 2, 0, 2: variance 4/3, standard error 2/3.
    expect(halfWidth).toBeCloseTo((1.959964 * 2) / 3, 5);
    expect(size).toBe(2);
  });

  it('divide by the weights that fell (SNIPS)', () => {
    expect(selfNormalised(LOG).value).toBe(1);
    expect(selfNormalised({ ...LOG, reward: [1, 1, 0] }).value).toBe(0.5);
  });

  it('correct a model by weighted residuals (doubly robust)', () => {
    const model = { logged: [0.5, 0.5, 0.5], expected: [0.6, 0.6, 0.6] };
    expect(doublyRobust(LOG, model).value).toBeCloseTo((1.6 + 0.6 + 1.6) / 3, 12);
  });

  it('agree with the plain mean where both policies are the same', () => {
    const same = { reward: [1, 0, 0, 1], propensity: [0.2, 0.3, 0.4, 0.5], target: [0.2, 0.3, 0.4, 0.5] };
    expect(inversePropensity(same).value).toBe(0.5);
    expect(selfNormalised(same).value).toBe(0.5);
    expect(inversePropensity(same).effectiveSampleSize).toBe(4);
  });

  it('count rows of equal weight fully', () => {
    expect(effectiveSampleSize([3, 3, 3])).toBe(3);
    expect(effectiveSampleSize([1, 0, 0])).toBe(1);
    expect(effectiveSampleSize([])).toBe(0);
  });
});
