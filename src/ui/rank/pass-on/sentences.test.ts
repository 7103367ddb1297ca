import { describe, expect, it } from 'vitest';
import { CUTS, type RankerReport } from '../../../funnel/pass-on.ts';
import type { RankerName } from '../../../funnel/scored-request.ts';
import type { PassOnFigures, ReplayFigures } from '../../../workers/funnel-protocol.ts';
import { affordableCut, bestBuy, costOf } from './figures.ts';
import { passOnSentences } from './sentences.ts';

const sure = (value: number, spread = 0.02) => ({ value, low: value - spread, high: value + spread });

function report(ranker: RankerName, recall: number): RankerReport {
  const curve = CUTS.map(() => sure(recall));
  return {
    ranker,
    recall: curve,
    softRecall: curve,
    ndcg: curve,
    regret: curve,
    tau: sure(0.5),
    reciprocalRank: sure(0.5),
  };
}

/** An early stage of 2 M multiply-adds (clicks: 1 M), and 0.04 M for each candidate that is kept. */
const figures: PassOnFigures = {
  lambda: 10,
  rankers: [report('clicks', 0.6), report('distilled', 0.8), report('oracle', 0.95)],
  calibration: [
    {
      model: 'final',
      event: 'click',
      grouping: 'domain',
      group: 1,
      candidates: 100,
      calibration: sure(1.3),
    },
  ],
  curse: [{ model: 'final', depth: 1, clicks: sure(0.85), value: sure(0.8) }],
  cuts: [10, 50].flatMap((cut) => [
    { ranker: 'clicks' as const, cut, cost: 1e6 + 4e4 * cut, value: sure(1) },
    { ranker: 'distilled' as const, cut, cost: 2e6 + 4e4 * cut, value: sure(2) },
    { ranker: 'oracle' as const, cut, cost: Number.NaN, value: sure(3) },
  ]),
};
const sample = { backend: 'wasm', requests: 63, candidates: 25_200, days: 3, seed: 7 };
const shown = { sample, figures, replay: null, early: 'distilled', cut: 50, budget: 0 } as const;

describe('the cost of an early stage', () => {
  it('is read off two cuts', () => {
    expect(costOf(figures.cuts, 'distilled')).toEqual({ early: 2e6, perKept: 4e4 });
    expect(costOf(figures.cuts, 'oracle')).toBeNull();
  });

  it('says which cut a budget pays for', () => {
    expect(affordableCut(figures.cuts, 'distilled', 3e6)).toBe(25);
    expect(affordableCut(figures.cuts, 'distilled', 1e6)).toBe(0);
    expect(affordableCut(figures.cuts, 'clicks', 1e9)).toBe(400);
    expect(bestBuy(figures, 1.5e6)?.ranker).toBe('clicks');
    expect(bestBuy(figures, 1e5)).toBeNull();
  });
});

describe('what Pass on says', () => {
  it('compares the early stage with clicks only, with intervals and a verdict', () => {
    const [first] = passOnSentences(shown);
    expect(first).toContain('At a cut of 50, multi-task, distilled passes on 80 % (78 % to 82 %)');
    expect(first).toContain('clicks only 60 % (58 % to 62 %)');
    expect(first).toContain('20 points more, beyond chance');
  });

  it('compares clicks only with the distilled one', () => {
    expect(passOnSentences({ ...shown, early: 'clicks' })[0]).toContain('20 points fewer');
  });

  it('tells what a budget buys, and what would be the better buy', () => {
    const sentences = passOnSentences({ ...shown, budget: 1.5e6 }).join(' ');
    expect(sentences).toContain('do not even pay for multi-task, distilled');
    expect(sentences).toContain('best buy within it is clicks only at a cut of 12');
  });

  it('tells of replayed auctions, of the winner’s curse and of the worst group', () => {
    const outcome = (ranker: RankerName, value: number, rate: number) => ({
      ranker,
      lambda: 10,
      totalValue: sure(value, 1),
      revenue: sure(1),
      clickRate: sure(0.1),
      conversionRate: sure(0.1),
      crossOutRate: sure(rate, 0.001),
      impressions: sure(2),
    });
    const replay: ReplayFigures = {
      lambda: 10,
      cut: 50,
      replay: [outcome('clicks', 90, 0.004), outcome('distilled', 120, 0.002)],
      frontier: [],
    };
    const text = passOnSentences({ ...shown, replay }).join(' ');
    expect(text).toContain('total value of 120 (119 to 121)');
    expect(text).toContain('Clicks only: 90.0 (89.0 to 91.0)');
    expect(text).toContain('85 % (83 % to 87 %) happen');
    expect(text).toContain('furthest off on reels: it predicts 130 %');
    expect(text).toContain('From 63 requests');
  });
});
