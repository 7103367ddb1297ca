import { describe, expect, it } from 'vitest';
import { bootstrapRatios } from './bootstrap';
import { hardRecall, ndcg, softRecall, valueRegret } from './consistency';
import { rankRequest, valueSteps } from './look';
import { CUTS, courseOf, cutIndex, replayAuction, reportPassOn } from './pass-on';
import { valuesOf } from './scored-request';
import { reportCalibration, reportWinnersCurse } from './stage-calibration';
import { estimates, scoredRequest } from './testing';

/** Eight candidates whose early order is not the final one. */
const FINAL = [0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01];
const EARLY = [0.01, 0.08, 0.05, 0.07, 0.02, 0.06, 0.04, 0.03];
const request = scoredRequest({
  truth: estimates(FINAL.map((p) => p / 2)),
  final: estimates(FINAL),
  early: { clicks: estimates(EARLY) },
});

describe('the course of a ranker over the cuts', () => {
  const course = courseOf(request, 'clicks', 10);
  const early = EARLY.map((p) => 1000 * p);
  const final = FINAL.map((p) => 1000 * p);

  it('is what the metrics say at every cut', () => {
    for (const cut of [1, 2, 3, 5, 8]) {
      const at = cutIndex(cut);
      expect(course.recall[at]).toBeCloseTo(hardRecall(early, final, cut, 5), 6);
      expect(course.softRecall[at]).toBeCloseTo(softRecall(early, final, cut), 6);
      expect(course.ndcg[at]).toBeCloseTo(ndcg(early, final, cut), 6);
      expect(course.regret[at]).toBeCloseTo(valueRegret(early, final, final, cut, 5), 3);
    }
  });

  it('keeps its last figure at cuts beyond the candidates', () => {
    expect(course.recall[CUTS.length - 1]).toBe(1);
    expect(course.regret[CUTS.length - 1]).toBeCloseTo(0, 6);
  });

  it('ranks the final winner last here', () => {
    expect(course.reciprocalRank).toBeCloseTo(1 / 8, 6);
  });
});

describe('total value', () => {
  it('is 1000·bid·pClick·[pConversion if billed on conversions] − 1000·λ·pCrossOut', () => {
    const two = scoredRequest({
      truth: estimates([0, 0]),
      final: estimates([0.02, 0.02], [0.05, 0.05], [0.001, 0.001]),
      bid: Float32Array.of(3, 100),
      conversionBilled: Uint8Array.of(0, 1),
    });
    const [clicks, conversions] = valuesOf(two, two.final, 10);
    expect(clicks).toBeCloseTo(3 * 20 - 10, 3);
    expect(conversions).toBeCloseTo(100 * 20 * 0.05 - 10, 3);
  });
});

describe('a report', () => {
  it('is one for each ranker that scored every request, the oracle among them', () => {
    const other = { ...request, user: 1, early: { ...request.early, distilled: request.final } };
    expect(reportPassOn([request, other], 10, 20).map(({ ranker }) => ranker)).toEqual(['clicks', 'oracle']);
  });

  it('gives the oracle full recall where the truth is a shrunken final order', () => {
    const [, oracle] = reportPassOn([request], 10, 20);
    expect(oracle?.recall[cutIndex(5)]?.value).toBe(1);
    expect(oracle?.tau.value).toBeCloseTo(1, 6);
  });
});

describe('a replayed auction', () => {
  it('places what the final stage likes best of what is kept, and values it by the truth', () => {
    // Kept at a cut of two: candidates 1 and 3; the final stage puts 1 first.
    const outcome = replayAuction(request, 'clicks', { lambda: 10, cut: 2, slots: 1 });
    expect(outcome.placements).toBe(1);
    expect(outcome.totalValue).toBeCloseTo(1000 * 0.035, 3);
    // Second price: candidate 1 pays what keeps it above candidate 3, 0.05 / 0.07 of its bid.
    expect(outcome.revenue).toBeCloseTo(1000 * (0.05 / 0.07) * 0.035, 3);
  });

  it('cuts nothing without a ranker', () => {
    const outcome = replayAuction(request, undefined, { lambda: 10, cut: 2, slots: 1 });
    expect(outcome.totalValue).toBeCloseTo(1000 * 0.04, 3);
  });
});

describe('a request that both stages rank', () => {
  const both = {
    ...request,
    early: estimates(
      EARLY,
      [],
      EARLY.map(() => 0.001),
    ),
  };

  it('loses those of the final five that are beyond the cut', () => {
    const { lost, earlyRank, finalRank, needed, instead } = rankRequest(both, 10, 5);
    expect(lost).toEqual([0, 4]);
    expect([earlyRank[0], finalRank[0]]).toEqual([8, 1]);
    expect(needed).toBeCloseTo(40 - 10, 3);
    expect(instead).toHaveLength(5);
    expect(instead.some((i) => lost.includes(i))).toBe(false);
  });

  it('tells its rise by estimates that add up', () => {
    const { early, changes, final } = valueSteps(both, 0, 10);
    expect(early).toBeCloseTo(10 - 10, 3);
    expect(changes.map(({ change }) => Math.round(change))).toEqual([70, 0, 10]);
    expect(changes.reduce((sum, { change }) => sum + change, early)).toBeCloseTo(final, 6);
    expect(final).toBeCloseTo(80, 3);
  });
});

describe('calibration and the winner’s curse', () => {
  it('is predictions over true probabilities', () => {
    const rows = reportCalibration([request], 20);
    const row = rows.find(
      ({ model, event, grouping }) => model === 'final' && event === 'click' && grouping === 'all',
    );
    expect(row?.calibration.value).toBeCloseTo(2, 4);
    expect(row?.candidates).toBe(8);
  });

  it('is true clicks over predicted ones among those that a model puts first', () => {
    const rows = reportWinnersCurse([request], 10, 20);
    const first = rows.find(({ model, depth }) => model === 'clicks' && depth === 1);
    expect(first?.clicks.value).toBeCloseTo(0.035 / 0.08, 4);
  });
});

describe('bootstrapped ratios', () => {
  it('are the ratios of the sums, with an interval around them', () => {
    const rows = [Float64Array.of(1, 2, 0, 1), Float64Array.of(3, 2, 1, 1)];
    const [first, second] = bootstrapRatios([1, 2], rows, 50);
    expect(first?.value).toBe(1);
    expect(first?.low).toBeLessThanOrEqual(1);
    expect(first?.high).toBeGreaterThanOrEqual(1);
    expect(second?.value).toBe(0.5);
  });

  it('do not vary where there is one user only', () => {
    const [only] = bootstrapRatios([4, 4], [Float64Array.of(1, 2), Float64Array.of(2, 2)], 50);
    expect([only?.low, only?.high]).toEqual([0.75, 0.75]);
  });
});
