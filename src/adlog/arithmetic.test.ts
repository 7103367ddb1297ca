import { describe, expect, it } from 'vitest';
import { exp, log, normalQuantile, sigmoid } from './arithmetic';
import {
  createAliasTable,
  createRng,
  drawAlias,
  hash32,
  NORMALS,
  normal,
  poisson,
  uniform,
  weibull,
} from './random';
import { orderTop, selectTop } from './select';

const grid = (from: number, to: number, steps: number) =>
  Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps);

describe('elementary functions', () => {
  it('agree with the built-in ones', () => {
    const worst = Math.max(...grid(-40, 40, 999).map((x) => Math.abs(exp(x) / Math.exp(x) - 1)));
    expect(worst).toBeLessThan(1e-9);
    const gap = Math.max(...grid(-30, 30, 999).map((x) => Math.abs(log(Math.exp(x)) - x)));
    expect(gap).toBeLessThan(1e-9);
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(sigmoid(0)).toBe(0.5);
  });

  it('know the normal quantiles', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232, 6);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  });
});

describe('random numbers', () => {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const draws = (draw: () => number) => Array.from({ length: 20_000 }, draw);

  it('have the means and spreads of their laws', () => {
    const rng = createRng(1);
    expect(mean(draws(() => uniform(rng)))).toBeCloseTo(0.5, 1.7);
    const normals = draws(() => normal(rng));
    expect(mean(normals)).toBeCloseTo(0, 1.3);
    expect(mean(normals.map((x) => x * x))).toBeCloseTo(1, 1.3);
    expect(mean(draws(() => poisson(rng, 3)))).toBeCloseTo(3, 1);
    expect(mean(draws(() => poisson(rng, 100)))).toBeCloseTo(100, 0);
    expect(mean(draws(() => weibull(rng, 0.7, 8 / 1.2658235))) / 8).toBeCloseTo(1, 1);
    expect(NORMALS.reduce((sum, x) => sum + x * x, 0) / NORMALS.length).toBeCloseTo(1, 12);
  });

  it('come in streams that do not meet', () => {
    const one = createRng(1, 2, 3);
    const other = createRng(1, 3, 2);
    expect(Array.from({ length: 5 }, () => uniform(one))).not.toEqual(
      Array.from({ length: 5 }, () => uniform(other)),
    );
    expect(hash32(1, 2)).not.toBe(hash32(2, 1));
  });

  it('follow the weights of an alias table', () => {
    const rng = createRng(2);
    const table = createAliasTable([1, 0, 3]);
    const counts = [0, 0, 0];
    for (const i of draws(() => drawAlias(rng, table))) counts[i] = (counts[i] ?? 0) + 1;
    expect(counts[1]).toBe(0);
    expect((counts[2] ?? 0) / (counts[0] ?? 1)).toBeCloseTo(3, 0);
  });
});

describe('selection', () => {
  it('finds the same top as sorting, ties and all', () => {
    const rng = createRng(9);
    for (const values of [8, 100].map((levels) =>
      Float64Array.from({ length: 400 }, () => Math.floor(uniform(rng) * levels)),
    )) {
      const sorted = Array.from(values.keys()).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
      const top = new Int32Array(50);
      selectTop(values, 400, 50, new Float64Array(400), top);
      expect([...top]).toEqual(sorted.slice(0, 50).sort((a, b) => a - b));
      const best = new Int32Array(5);
      orderTop(values, 400, 5, best);
      expect([...best]).toEqual(sorted.slice(0, 5));
    }
  });
});
