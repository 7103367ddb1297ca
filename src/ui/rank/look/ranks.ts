import { meanRanks, topOf } from '../../../funnel/consistency.ts';
import { valueSteps } from '../../../funnel/look.ts';
import { type Offers, valuesOf } from '../../../funnel/scored-request.ts';
import type { LookedRequest } from '../../../workers/funnel-protocol.ts';

/** A request as both stages rank it. Ranks are from 1; ties share their mean rank, rounded up. */
export interface Ranked {
  readonly request: LookedRequest;
  readonly earlyValue: Float64Array;
  readonly finalValue: Float64Array;
  readonly earlyRank: readonly number[];
  readonly finalRank: readonly number[];
  /** The final stage's five best, best first. */
  readonly winners: readonly number[];
  /** Those of them that the early stage does not pass on. */
  readonly lost: readonly number[];
  /** The five best among those that are passed on. */
  readonly instead: readonly number[];
  /** Early value that was needed to be passed on. */
  readonly needed: number;
}

const WINNERS = 5;

export function rankRequest(request: LookedRequest, lambda: number, cut: number): Ranked {
  const earlyValue = valuesOf(offersOf(request), request.early, lambda);
  const finalValue = valuesOf(offersOf(request), request.final, lambda);
  const kept = topOf(earlyValue, cut);
  const isKept = new Set(kept);
  const winners = topOf(finalValue, WINNERS);
  const ranksOf = (values: Float64Array) => Array.from(meanRanks(values), (rank) => Math.ceil(rank));
  return {
    request,
    earlyValue,
    finalValue,
    earlyRank: ranksOf(earlyValue),
    finalRank: ranksOf(finalValue),
    winners,
    lost: winners.filter((i) => !isKept.has(i)),
    instead: kept.toSorted((a, b) => (finalValue[b] ?? 0) - (finalValue[a] ?? 0) || a - b).slice(0, WINNERS),
    needed: earlyValue[kept[kept.length - 1] ?? 0] ?? Number.NaN,
  };
}

const offersOf = ({ bid, billed }: LookedRequest): Offers => ({ bid, conversionBilled: billed });

export type Factor = 'pClick' | 'pConversion' | 'pCrossOut';

/** From the early value to the final one: what changes as each probability is replaced, one after the other. */
export interface Bridge {
  readonly early: number;
  readonly changes: readonly { readonly factor: Factor; readonly change: number }[];
  readonly final: number;
}

export function bridgeOf({ request }: Ranked, i: number, lambda: number): Bridge {
  const steps = valueSteps(offersOf(request), i, request.early, request.final, lambda);
  const changes: Bridge['changes'] = [
    { factor: 'pClick', change: steps.click },
    { factor: 'pConversion', change: steps.conversion },
    { factor: 'pCrossOut', change: steps.crossOut },
  ];
  return { early: steps.from, changes, final: steps.to };
}

/** What lifts the final value most above the early one; null where nothing does. */
export function mainReason({ changes }: Bridge): Factor | null {
  const [most] = changes.toSorted((a, b) => b.change - a.change);
  return most && most.change > 0 ? most.factor : null;
}
