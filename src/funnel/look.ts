import { FUNNEL } from '../adlog/settings';
import { totalValue } from '../adlog/value';
import { topOf } from './consistency';
import { type EstimateColumns, type Offers, valuesOf } from './scored-request';

/** A request's candidates with what an early stage and the final one say of them. */
export interface BothStages extends Offers {
  readonly early: EstimateColumns;
  readonly final: EstimateColumns;
}

/** A request as both stages rank it, one element a candidate. Ranks are from 1; among equals the first one is ahead. */
export interface RankedRequest<R extends BothStages = BothStages> {
  readonly request: R;
  readonly earlyValue: Float64Array;
  readonly finalValue: Float64Array;
  readonly earlyRank: Uint16Array;
  readonly finalRank: Uint16Array;
  /** The final stage's five best, best first. */
  readonly winners: readonly number[];
  /** Those of them that the early stage does not pass on. */
  readonly lost: readonly number[];
  /** The five best among those that are passed on. */
  readonly instead: readonly number[];
  /** Early value of the last one that is passed on. */
  readonly needed: number;
}

/** Both orders of a request, and what is lost where the early stage passes `cut` candidates on. */
export function rankRequest<R extends BothStages>(request: R, lambda: number, cut: number): RankedRequest<R> {
  const earlyValue = valuesOf(request, request.early, lambda);
  const finalValue = valuesOf(request, request.final, lambda);
  const [early, final] = [earlyValue, finalValue].map((values) => topOf(values, values.length));
  const kept = new Set(early?.slice(0, cut));
  const winners = final?.slice(0, FUNNEL.final) ?? [];
  return {
    request,
    earlyValue,
    finalValue,
    earlyRank: placesOf(early ?? []),
    finalRank: placesOf(final ?? []),
    winners,
    lost: winners.filter((i) => !kept.has(i)),
    instead: (final ?? []).filter((i) => kept.has(i)).slice(0, FUNNEL.final),
    needed: earlyValue[[...kept].at(-1) ?? 0] ?? Number.NaN,
  };
}

function placesOf(order: readonly number[]): Uint16Array {
  const places = new Uint16Array(order.length);
  order.forEach((i, place) => {
    places[i] = place + 1;
  });
  return places;
}

const FACTORS = ['pClick', 'pConversion', 'pCrossOut'] as const;
export type Factor = (typeof FACTORS)[number];

/** From a candidate's early value to its final one: what changes as each estimate is exchanged, one after the other. */
export interface ValueSteps {
  readonly early: number;
  readonly changes: readonly { readonly factor: Factor; readonly change: number }[];
  readonly final: number;
}

export function valueSteps(
  { bid, conversionBilled, early, final }: BothStages,
  candidate: number,
  lambda: number,
): ValueSteps {
  /** The value where the first `exchanged` factors are the final stage's. */
  const worth = (exchanged: number) => {
    const [click = 0, conversion = 0, crossOut = 0] = FACTORS.map(
      (factor, k) => (k < exchanged ? final : early)[factor][candidate] ?? 0,
    );
    const isBilled = conversionBilled[candidate] === 1;
    return totalValue(bid[candidate] ?? 0, click, conversion, crossOut, isBilled, lambda);
  };
  return {
    early: worth(0),
    changes: FACTORS.map((factor, k) => ({ factor, change: worth(k + 1) - worth(k) })),
    final: worth(FACTORS.length),
  };
}

/** What lifts the final value most above the early one; null where nothing does. */
export function mainReason({ changes }: ValueSteps): Factor | null {
  const [most] = changes.toSorted((a, b) => b.change - a.change);
  return most && most.change > 0 ? most.factor : null;
}
