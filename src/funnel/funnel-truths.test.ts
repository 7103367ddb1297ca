import { describe, expect, it } from 'vitest';
import { judgeEarlyStage, judgeWinnersCurse, type SeedRequests } from './funnel-truths';
import type { Estimates, ScoredRequest } from './scored-request';
import { estimates, scoredRequest } from './testing';

const COUNT = 120;
/** Clicks alone put the good ads last, everything else puts them first; the good ones are free of cross-outs. */
const good = Array.from({ length: COUNT }, (_, i) => 0.05 - i * 0.0004);
const crossOuts = good.map((_, i) => (i < 60 ? 0 : 0.0005));
const right = estimates(good, [], crossOuts);
const half = estimates(
  good.map((p, i) => (i === 0 ? 0 : p)),
  [],
  crossOuts,
);

function requestOf(user: number, clicks: Estimates, distilled: Estimates): ScoredRequest {
  const truth = estimates(
    good.map((p) => p * 0.9),
    [],
    crossOuts,
  );
  const early = {
    clicks,
    separate: half,
    'multi-task': half,
    distilled,
    mmoe: distilled,
    relation: distilled,
  };
  return scoredRequest({ user, truth, final: right, early });
}

function seedOf(seed: number, distilled = right): SeedRequests {
  const backwards = estimates([...good].reverse());
  return { seed, requests: Array.from({ length: 4 }, (_, user) => requestOf(user, backwards, distilled)) };
}

describe('truth 6', () => {
  it('holds where the distilled model keeps what clicks alone throw away', () => {
    const judgement = judgeEarlyStage([seedOf(1), seedOf(2)], () => 1000, { rounds: 20 });
    expect(judgement.claims.map(({ holds }) => holds)).toEqual([true, true, true, true, true]);
    expect(judgement.holds).toBe(true);
    const [recall, separate] = judgement.claims;
    // All five against none; all five against four.
    expect(recall?.pooled.value).toBeCloseTo(1, 6);
    expect(separate?.pooled.value).toBeCloseTo(0.2, 6);
  });

  it('fails where one seed disagrees', () => {
    const wrong = estimates([...good].reverse());
    const judgement = judgeEarlyStage([seedOf(1), seedOf(2, wrong)], () => 1000, { rounds: 20 });
    expect(judgement.holds).toBe(false);
  });

  it('fails where the model costs more than the separate ones', () => {
    const cost = (name: string) => (name === 'distilled' ? 1100 : 1000);
    expect(judgeEarlyStage([seedOf(1)], cost, { rounds: 20 }).holds).toBe(false);
  });

  it('reports the gains of distillation, tasks and relations one by one', () => {
    const { reported } = judgeEarlyStage([seedOf(1)], () => 1000, { rounds: 20 });
    const figure = (name: string) => reported.find((row) => row.name.endsWith(name))?.pooled.value;
    expect(figure('distilled − multi-task')).toBeCloseTo(0.2, 6);
    expect(figure('multi-task − clicks')).toBeCloseTo(0.8, 6);
    expect(figure('relation − distilled')).toBe(0);
  });
});

describe('truth 7', () => {
  it('holds where winners are over-predicted, and says by how much', () => {
    const judgement = judgeWinnersCurse([seedOf(1), seedOf(2)], { rounds: 20 });
    expect(judgement.claims[0]?.pooled.value).toBeCloseTo(0.9, 4);
    expect(judgement.holds).toBe(true);
  });
});
