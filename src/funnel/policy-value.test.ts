import { describe, expect, it } from 'vitest';
import { calibrationCurve } from './calibration-curve';
import { greedyValue, uniformValue } from './policy-value';
import { rateInterval } from './proportion';

/** Two ads, logged with three to one; ad 1 was clicked whenever it was shown. */
const log = {
  ads: 2,
  scores: Float32Array.of(0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9),
  shown: [0, 0, 0, 1],
  reward: [0, 0, 0, 1],
  propensity: [0.75, 0.75, 0.75, 0.25],
};

describe('the value of other policies', () => {
  it('weighs each row by how likely the policy would have shown its ad', () => {
    const { ips, meanWeight, clipped } = uniformValue(log, 100);
    // Weights 2/3, 2/3, 2/3, 2; IPS = 2 / 4.
    expect(ips.value).toBeCloseTo(0.5, 12);
    expect(meanWeight).toBeCloseTo(1, 12);
    expect(clipped).toBe(0);
  });

  it('follows the best ad of the model, but for ε', () => {
    expect(greedyValue(log, 0, 100).ips.value).toBeCloseTo(1, 12);
    // ε = 1 is chance; the doubly robust estimate adds the residual of the clicked row: 0.5 + 2·(1 − 0.9)/4 − …
    const chance = greedyValue(log, 1, 100);
    expect(chance.ips.value).toBeCloseTo(0.5, 12);
    expect(chance.dr.value).toBeCloseTo(0.5 + (3 * (2 / 3) * -0.1 + 2 * 0.1) / 4, 6);
  });

  it('counts the weights that are clipped', () => {
    expect(greedyValue(log, 0, 2)).toMatchObject({ clipped: 0.25, ips: { value: 0.5 } });
  });
});

describe('the interval of a rate', () => {
  it('is Wilson’s: 1 of 10 lies between 1.8 and 40.4 %', () => {
    const { low, high } = rateInterval(1, 10);
    expect(low).toBeCloseTo(0.0179, 4);
    expect(high).toBeCloseTo(0.4042, 4);
    expect(rateInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('a calibration curve', () => {
  it('has bins of equally many rows, equal predictions together', () => {
    const curve = calibrationCurve([0, 1, 0, 1, 1, 1], [0.1, 0.1, 0.1, 0.5, 0.6, 0.7], 3);
    expect(curve.map(({ rows, observed }) => [rows, Number(observed.toFixed(3))])).toEqual([
      [3, 0.333],
      [1, 1],
      [2, 1],
    ]);
    expect(curve[2]?.predicted).toBeCloseTo(0.65, 12);
  });
});
