import { totalValue } from '../../../adlog/value.ts';
import { meanRanks, topOf } from '../../../funnel/consistency.ts';
import type { LookedRequest, PlainEstimates } from '../../../workers/funnel-protocol.ts';

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
  const earlyValue = valuesOf(request, request.early, lambda);
  const finalValue = valuesOf(request, request.final, lambda);
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

function valuesOf({ bid, billed }: LookedRequest, estimates: PlainEstimates, lambda: number): Float64Array {
  const { pClick, pConversion, pCrossOut } = estimates;
  return Float64Array.from(bid, (own, i) =>
    totalValue(own, pClick[i] ?? 0, pConversion[i] ?? 0, pCrossOut[i] ?? 0, billed[i] === 1, lambda),
  );
}

export const FACTORS = ['pClick', 'pConversion', 'pCrossOut'] as const;
export type Factor = (typeof FACTORS)[number];

/** From the early value to the final one: what changes as each probability is replaced, one after the other. */
export interface Bridge {
  readonly early: number;
  readonly changes: readonly { readonly factor: Factor; readonly change: number }[];
  readonly final: number;
}

export function bridgeOf({ request }: Ranked, i: number, lambda: number): Bridge {
  const { early, final, bid, billed } = request;
  const worth = (from: Record<Factor, PlainEstimates>) =>
    totalValue(
      bid[i] ?? 0,
      from.pClick.pClick[i] ?? 0,
      from.pConversion.pConversion[i] ?? 0,
      from.pCrossOut.pCrossOut[i] ?? 0,
      billed[i] === 1,
      lambda,
    );
  let from: Record<Factor, PlainEstimates> = { pClick: early, pConversion: early, pCrossOut: early };
  const first = worth(from);
  let level = first;
  const changes = FACTORS.map((factor) => {
    from = { ...from, [factor]: final };
    const next = worth(from);
    const change = next - level;
    level = next;
    return { factor, change };
  });
  return { early: first, changes, final: level };
}

/** What lifts the final value most above the early one; null where nothing does. */
export function mainReason({ changes }: Bridge): Factor | null {
  const [most] = changes.toSorted((a, b) => b.change - a.change);
  return most && most.change > 0 ? most.factor : null;
}
