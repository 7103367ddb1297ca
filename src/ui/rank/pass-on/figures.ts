import type { Interval } from '../../../funnel/bootstrap.ts';
import { CUTS, cutIndex, type RankerReport } from '../../../funnel/pass-on.ts';
import { RANKERS, type RankerName } from '../../../funnel/scored-request.ts';
import type { CutValue, PassOnFigures } from '../../../workers/funnel-protocol.ts';
import type { Measure } from '../controls.ts';

export const NOTHING: Interval = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/** The curve of a measure over {@link CUTS}. */
export function curveOf(report: RankerReport, measure: Measure): readonly Interval[] {
  return report[({ recall: 'recall', soft: 'softRecall', ndcg: 'ndcg', regret: 'regret' } as const)[measure]];
}

export function reportOf(figures: PassOnFigures, ranker: RankerName): RankerReport | undefined {
  return figures.rankers.find((report) => report.ranker === ranker);
}

/** Recall of a ranker at a cut. */
export function recallAt(figures: PassOnFigures, ranker: RankerName, cut: number): Interval {
  return reportOf(figures, ranker)?.recall[cutIndex(cut)] ?? NOTHING;
}

/** What a ranker and one more kept candidate cost, read off two cuts, in multiply-adds a request. */
export function costOf(
  cuts: readonly CutValue[],
  ranker: RankerName,
): { early: number; perKept: number } | null {
  const [a, b] = cuts.filter((one) => one.ranker === ranker);
  if (!a || !b || !Number.isFinite(a.cost)) return null;
  const perKept = (b.cost - a.cost) / (b.cut - a.cut);
  return { early: a.cost - a.cut * perKept, perKept };
}

/** The largest cut that a budget (multiply-adds a request, both stages) leaves a ranker, at most 400; 0 where it does not even pay for the early stage. */
export function affordableCut(cuts: readonly CutValue[], ranker: RankerName, budget: number): number {
  const cost = costOf(cuts, ranker);
  if (!cost) return 0;
  const most = CUTS[CUTS.length - 1] ?? 0;
  return Math.max(0, Math.min(most, Math.floor((budget - cost.early) / cost.perKept)));
}

/** The model that recalls most within a budget; null where none can be paid. The oracle is none. */
export function bestBuy(
  figures: PassOnFigures,
  budget: number,
): { ranker: RankerName; cut: number; recall: Interval } | null {
  let best: { ranker: RankerName; cut: number; recall: Interval } | null = null;
  for (const ranker of RANKERS) {
    const cut = affordableCut(figures.cuts, ranker, budget);
    if (cut < 1) continue;
    const recall = recallAt(figures, ranker, cut);
    if (!best || recall.value > best.recall.value) best = { ranker, cut, recall };
  }
  return best;
}

/** Cuts of any ranker that bring more value than all that cost no more, cheapest first. */
export function paretoFront(cuts: readonly CutValue[]): CutValue[] {
  let most = Number.NEGATIVE_INFINITY;
  return cuts
    .filter(({ cost, value }) => Number.isFinite(cost + value.value))
    .toSorted((a, b) => a.cost - b.cost || b.value.value - a.value.value)
    .filter(({ value }) => {
      const isBetter = value.value > most;
      most = Math.max(most, value.value);
      return isBetter;
    });
}
