import { type Factor, mainReason, type RankedRequest, valueSteps } from '../../../funnel/look.ts';
import type { LookedRequest } from '../../../workers/funnel-protocol.ts';
import { count, figure, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';

const { say, ad: adName } = words.look;

type Ranked = RankedRequest<LookedRequest>;

export type LookShown = {
  /** As logged, and with the visitor's changes; the same object where there are none. */
  before: Ranked;
  after: Ranked;
  selected: number;
  lambda: number;
  cut: number;
};

/** What one request shows, most telling first. */
export function lookSentences({ before, after, selected, lambda, cut }: LookShown): string[] {
  const { lost, request } = after;
  const sentences = [lost.length === 0 ? say.allKept(count(cut)) : lostSentence(after, cut)];
  const name = (i: number) => adName(String(request.ad[i] ?? 0));
  const rank = (value: number | undefined) => count(value ?? Number.NaN);
  if (before !== after) {
    sentences.push(
      say.moved(
        name(selected),
        rank(after.earlyRank[selected]),
        rank(before.earlyRank[selected]),
        rank(after.finalRank[selected]),
        rank(before.finalRank[selected]),
      ),
    );
    if (before.lost.length !== lost.length)
      sentences.push(say.changedLost(count(before.lost.length), count(lost.length)));
  }
  const reason = mainReason(valueSteps(request, selected, lambda));
  const why = reason ? reasonText(after, selected, reason) : '';
  sentences.push(
    say
      .why(name(selected), ordinal(after.earlyRank[selected]), ordinal(after.finalRank[selected]), why)
      .trim(),
  );
  if (lost.includes(selected))
    sentences.push(say.needed(figure(after.earlyValue[selected] ?? Number.NaN), figure(after.needed)));
  if (before === after) {
    const { pClick, pCrossOut } = request.truth;
    sentences.push(
      say.truth(percent(pClick[selected] ?? Number.NaN), percent(pCrossOut[selected] ?? Number.NaN)),
    );
  }
  return sentences;
}

function lostSentence({ lost, winners, instead, finalValue }: Ranked, cut: number): string {
  const worth = (rows: readonly number[]) =>
    rows.reduce((sum, i) => sum + Math.max(0, finalValue[i] ?? 0), 0);
  const share = worth(instead) / worth(winners);
  const sentence = say.lost(count(lost.length), count(cut));
  return Number.isFinite(share) ? `${sentence} ${say.value(percent(share, 0))}` : sentence;
}

function reasonText({ request }: Ranked, i: number, reason: Factor): string {
  const of = (estimates: typeof request.early) => percent(estimates[reason][i] ?? Number.NaN);
  return say.reason[reason](of(request.early), of(request.final));
}

const PLURALS = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `1st`, `22nd`, `113th`. */
export function ordinal(rank: number | undefined): string {
  if (rank === undefined) return '–';
  return `${rank}${SUFFIXES[PLURALS.select(rank)] ?? 'th'}`;
}
