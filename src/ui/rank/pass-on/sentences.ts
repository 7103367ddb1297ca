import type { RankerName } from '../../../funnel/scored-request.ts';
import type { FunnelSample, PassOnFigures, ReplayFigures } from '../../../workers/funnel-protocol.ts';
import { compact, count, figure, interval, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import { affordableCut, bestBuy, costOf, recallAt } from './figures.ts';

const { say, rankers: names, groups } = words.passOn;

export type PassOnShown = {
  sample: FunnelSample;
  figures: PassOnFigures;
  replay: ReplayFigures | null;
  early: RankerName;
  cut: number;
  /** Multiply-adds a request; 0 for none. */
  budget: number;
};

const share = (value: number) => percent(value, 0);

/** What the figures of Pass on say, most telling first. */
export function passOnSentences(shown: PassOnShown): string[] {
  const { sample, replay } = shown;
  return [
    ...recallSentences(shown),
    ...(shown.budget > 0 ? budgetSentences(shown) : costSentences(shown)),
    ...(replay ? replaySentences(replay, shown.early) : []),
    ...curseSentences(shown.figures),
    ...worstSentences(shown.figures),
    say.from(count(sample.requests), count(sample.candidates), count(sample.days)),
  ];
}

/** The chosen early stage against clicks only, or against the distilled one where it is that itself. */
function recallSentences({ figures, early, cut }: PassOnShown): string[] {
  const own = recallAt(figures, early, cut);
  const rival: RankerName = early === 'clicks' ? 'distilled' : 'clicks';
  const other = recallAt(figures, rival, cut);
  const written = interval(own.value, own.low, own.high, share);
  if (!Number.isFinite(other.value)) return [say.alone(count(cut), names[early], written)];
  const points = 100 * (own.value - other.value);
  const clear = own.low > other.high || own.high < other.low;
  const text = figure(Math.abs(points), Math.abs(points) < 10 ? 1 : 0);
  return [
    `${say.recall(count(cut), names[early], written, names[rival], interval(other.value, other.low, other.high, share))} ${
      points < 0 ? say.behind(text, clear) : say.ahead(text, clear)
    }`,
  ];
}

function costSentences({ figures, early, cut }: PassOnShown): string[] {
  const cost = costOf(figures.cuts, early);
  if (!cost) return [];
  const separate = costOf(figures.cuts, 'separate');
  const sentence = say.cost(compact(cost.early), compact(cut * cost.perKept));
  return early !== 'separate' && separate
    ? [`${sentence} ${say.separate(figure(separate.early / cost.early, 1))}`]
    : [sentence];
}

function budgetSentences({ figures, early, budget }: PassOnShown): string[] {
  const cut = affordableCut(figures.cuts, early, budget);
  const best = bestBuy(figures, budget);
  const sentences: string[] = [];
  if (cut >= 1) {
    const { value, low, high } = recallAt(figures, early, cut);
    sentences.push(say.budget(compact(budget), names[early], count(cut), interval(value, low, high, share)));
  } else if (costOf(figures.cuts, early)) sentences.push(say.noBudget(compact(budget), names[early]));
  if (best && best.ranker !== early) {
    const { value, low, high } = best.recall;
    sentences.push(say.bestBudget(names[best.ranker], count(best.cut), interval(value, low, high, share)));
  }
  return sentences;
}

function replaySentences({ replay }: ReplayFigures, early: RankerName): string[] {
  const own = replay.find(({ ranker }) => ranker === early);
  const clicks = replay.find(({ ranker }) => ranker === 'clicks');
  if (!own) return [];
  const value = ({ totalValue: { value, low, high } }: typeof own) => interval(value, low, high);
  const rate = ({ crossOutRate: { value, low, high } }: typeof own) => interval(value, low, high, percent);
  const sentence = say.replay(names[early], value(own), rate(own));
  return clicks && early !== 'clicks'
    ? [`${sentence} ${say.replayAgainst(value(clicks), rate(clicks))}`]
    : [sentence];
}

function curseSentences({ curse }: PassOnFigures): string[] {
  const first = curse.find(({ model, depth }) => model === 'final' && depth === 1);
  if (!first) return [];
  const { value, low, high } = first.clicks;
  const ratio = interval(value, low, high, share);
  return [high < 1 ? say.curse(ratio) : say.noCurse(ratio)];
}

/** The group on which the final stage's clicks are furthest off, beyond chance. */
function worstSentences({ calibration }: PassOnFigures): string[] {
  const off = calibration
    .filter(({ model, event, grouping }) => model === 'final' && event === 'click' && grouping !== 'all')
    .filter(({ calibration: { low, high } }) => low > 1 || high < 1)
    .toSorted((a, b) => Math.abs(Math.log(b.calibration.value)) - Math.abs(Math.log(a.calibration.value)));
  const [worst] = off;
  if (!worst) return [];
  const { value, low, high } = worst.calibration;
  const group = groups[worst.grouping][worst.group] ?? '';
  return [say.worst(group, interval(value, low, high, share))];
}
