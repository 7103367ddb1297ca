import { describe, expect, it } from 'vitest';
import {
  finalAfterCut,
  hardRecall,
  kendallTau,
  meanRanks,
  ndcg,
  overlap,
  reciprocalRankOfWinner,
  softRecall,
  spearman,
  topOf,
  valueDivergence,
  valueRegret,
} from './consistency';

const FINAL = [10, 8, 6, 4, -2];
/** Early order: candidates 1, 2, 3, 4, 0. */
const EARLY = [1, 5, 4, 3, 2];

describe('consistency of two stages', () => {
  it('recalls the final top from the early cut', () => {
    expect(hardRecall(EARLY, FINAL, 2, 2)).toBe(0.5);
    expect(hardRecall(EARLY, FINAL, 4, 1)).toBe(0);
    expect(hardRecall(EARLY, FINAL, 5, 3)).toBe(1);
    expect(overlap(EARLY, FINAL, 3)).toBeCloseTo(2 / 3, 12);
  });

  it('weighs soft recall by positive total value', () => {
    expect(softRecall(EARLY, FINAL, 2)).toBeCloseTo(14 / 18, 12);
    // The candidate of negative value gains nothing: 8 + 6 + 4 + 0 of 10 + 8 + 6 + 4.
    expect(softRecall(EARLY, FINAL, 4)).toBeCloseTo(18 / 28, 12);
  });

  it('discounts gains by rank', () => {
    const log3 = Math.log2(3);
    expect(ndcg(EARLY, FINAL, 2)).toBeCloseTo((8 + 6 / log3) / (10 + 8 / log3), 12);
    expect(ndcg(FINAL, FINAL, 5)).toBe(1);
  });

  it('correlates orders by pairs, with ties', () => {
    expect(kendallTau([1, 2, 3], [1, 3, 2])).toBeCloseTo(1 / 3, 12);
    expect(kendallTau([1, 1, 2], [1, 2, 3])).toBeCloseTo(2 / Math.sqrt(6), 12);
    expect(kendallTau([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(kendallTau([1, 1], [1, 2])).toBeNaN();
  });

  it('correlates ranks, ties sharing theirs', () => {
    expect(meanRanks([1, 1, 2])).toEqual(Float64Array.of(2.5, 2.5, 1));
    expect(spearman([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 12);
    expect(spearman([1, 1, 2], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(3), 12);
  });

  it('measures what an early cut costs', () => {
    expect(finalAfterCut(EARLY, FINAL, 3, 2)).toEqual([1, 2]);
    expect(valueRegret(EARLY, FINAL, FINAL, 2, 1)).toBe(2);
    expect(valueRegret(EARLY, FINAL, FINAL, 2, 2)).toBe(4);
    expect(valueRegret(FINAL, FINAL, FINAL, 2, 2)).toBe(0);
  });

  it('compares estimates of value by relative size', () => {
    expect(valueDivergence([2, 3], [4, -3])).toEqual({ divergence: 1.25, bias: 0.75 });
    expect(valueDivergence([1, 5], [0, 5])).toEqual({ divergence: 0, bias: 0 });
  });

  it('finds the winner in the early order', () => {
    expect(reciprocalRankOfWinner(EARLY, FINAL)).toBe(1 / 5);
    expect(reciprocalRankOfWinner(FINAL, FINAL)).toBe(1);
  });

  it('orders ties by index', () => {
    expect(topOf([1, 2, 2, 1], 3)).toEqual([1, 2, 0]);
  });
});
