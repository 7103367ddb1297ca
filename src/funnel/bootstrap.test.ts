import { describe, expect, it } from 'vitest';
import { createRng, normal } from '../adlog/random';
import { bootstrapByUser, quantile, sumByUser } from './bootstrap';

const mean = (sums: Float64Array) => (sums[0] ?? 0) / (sums[1] ?? 1);

describe('the bootstrap by user', () => {
  it('sums columns by user', () => {
    expect(
      sumByUser(
        2,
        [0, 1, 0],
        [
          [1, 2, 3],
          [1, 1, 1],
        ],
      ),
    ).toEqual(Float64Array.of(4, 2, 2, 1));
  });

  it('finds the interval of a mean', () => {
    const rng = createRng(3);
    const users = 400;
    const perUser = Float64Array.from({ length: users * 2 }, (_, i) => (i % 2 === 0 ? normal(rng) : 1));
    const { low, high, value } = bootstrapByUser(perUser, 2, mean, { rounds: 400 });
    expect(high - low).toBeGreaterThan(0.75 * 2 * 1.96 * 0.05);
    expect(high - low).toBeLessThan(1.25 * 2 * 1.96 * 0.05);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('pairs models: what they share cancels', () => {
    const perUser = Float64Array.of(5, 4, 9, 8, 2, 1);
    const difference = (sums: Float64Array) => (sums[0] ?? 0) - (sums[1] ?? 0);
    expect(bootstrapByUser(perUser, 2, difference, { rounds: 50 })).toEqual({ value: 3, low: 3, high: 3 });
  });

  it('repeats itself for the same seed', () => {
    const perUser = Float64Array.of(1, 1, 5, 1, 2, 1, 9, 1);
    const once = bootstrapByUser(perUser, 2, mean, { rounds: 50, seed: 4 });
    expect(bootstrapByUser(perUser, 2, mean, { rounds: 50, seed: 4 })).toEqual(once);
  });

  it('interpolates quantiles', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
