import { describe, expect, it } from 'vitest';
import { compareWithPublished, withinTolerance } from './published';
import { createRng } from './random';
import { drawDelay } from './record';
import { DAY_SECONDS, DEFAULT_SETTINGS, NO_DRIFT } from './settings';
import { simulateDay } from './simulate';
import { summarise, zipfExponent } from './summary';
import { createWorld } from './world';

/** Conversions are too few in a small log for these. */
const NEEDS_MANY_CONVERSIONS = /conversions|longest delay/;

describe('the summary of a small log', () => {
  const drift = { ...NO_DRIFT, churn: true };
  const world = createWorld({ ...DEFAULT_SETTINGS, drift, impressionsPerDay: 16_000 });
  const rows = compareWithPublished(summarise([simulateDay(world)]));

  it.each(rows.filter((row) => !NEEDS_MANY_CONVERSIONS.test(row.figure)))(
    'meets the published $figure',
    (row) => {
      expect(withinTolerance(row), `${row.ours} against ${row.published}`).toBe(true);
    },
  );
});

describe('conversion delays', () => {
  it('follow the published quantiles', () => {
    const rng = createRng(5);
    const delays = Array.from({ length: 20_000 }, () => drawDelay(rng));
    const within = (seconds: number) => delays.filter((delay) => delay <= seconds).length / delays.length;
    expect(within(3600)).toBeCloseTo(0.35, 1.7);
    expect(within(DAY_SECONDS)).toBeCloseTo(0.5, 1.7);
    expect(within(30 * DAY_SECONDS)).toBe(1);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(30);
  });
});

describe('the tail exponent', () => {
  it('is found again from an exact power law', () => {
    expect(zipfExponent(Array.from({ length: 500 }, (_, i) => 1e6 / (i + 1) ** 1.05))).toBeCloseTo(1.05, 6);
  });
});
