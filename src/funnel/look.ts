import { FUNNEL } from '../adlog/settings';
import { totalValue } from '../adlog/value';
import { topOf } from './consistency';
import {
  type EstimateColumns,
  estimatesOf,
  type Offers,
  type RankerName,
  rankersOf,
  type ScoredRequest,
  valuesOf,
} from './scored-request';

/** Total value and place, from 1, of each candidate in one stage's order. */
export interface StageOrder {
  readonly value: Float64Array;
  readonly rank: Uint16Array;
}

export interface RankedRequest {
  readonly final: StageOrder;
  readonly early: Readonly<Partial<Record<RankerName, StageOrder>>>;
}

/** How the final stage and each ranker order the candidates of a request. */
export function rankRequest(request: ScoredRequest, lambda: number): RankedRequest {
  const early: Partial<Record<RankerName, StageOrder>> = {};
  for (const ranker of rankersOf([request])) {
    const estimates = estimatesOf(request, ranker);
    if (estimates) early[ranker] = orderOf(valuesOf(request, estimates, lambda));
  }
  return { final: orderOf(valuesOf(request, request.final, lambda)), early };
}

function orderOf(value: Float64Array): StageOrder {
  const rank = new Uint16Array(value.length);
  topOf(value, value.length).forEach((i, place) => {
    rank[i] = place + 1;
  });
  return { value, rank };
}

/** From one stage's total value of a candidate to another's, one estimate exchanged after the other; the parts add up. */
export interface ValueSteps {
  readonly from: number;
  readonly click: number;
  readonly conversion: number;
  readonly crossOut: number;
  readonly to: number;
}

export function valueSteps(
  { bid, conversionBilled }: Offers,
  candidate: number,
  from: EstimateColumns,
  to: EstimateColumns,
  lambda: number,
): ValueSteps {
  const worth = (click: EstimateColumns, conversion: EstimateColumns, crossOut: EstimateColumns) =>
    totalValue(
      bid[candidate] ?? 0,
      click.pClick[candidate] ?? 0,
      conversion.pConversion[candidate] ?? 0,
      crossOut.pCrossOut[candidate] ?? 0,
      conversionBilled[candidate] === 1,
      lambda,
    );
  const [start, clicked, converted, end] = [
    worth(from, from, from),
    worth(to, from, from),
    worth(to, to, from),
    worth(to, to, to),
  ];
  return {
    from: start,
    click: clicked - start,
    conversion: converted - clicked,
    crossOut: end - converted,
    to: end,
  };
}

/** One of the final stage's top five that the early stage cut off. */
export interface LostWinner {
  readonly candidate: number;
  readonly finalRank: number;
  readonly earlyRank: number;
  /** What its early value falls short of the last one kept. */
  readonly shortfall: number;
  /** From the final stage's value to the early stage's: the largest fall is why it was lost. */
  readonly steps: ValueSteps;
}

/** The winners that a ranker loses at a cut, in the final order. */
export function lostWinners(
  request: ScoredRequest,
  ranker: RankerName,
  cut: number,
  lambda: number,
): LostWinner[] {
  const estimates = estimatesOf(request, ranker);
  if (!estimates) throw new RangeError(`The request was not scored by ${ranker}.`);
  const early = orderOf(valuesOf(request, estimates, lambda));
  const final = orderOf(valuesOf(request, request.final, lambda));
  const last = early.rank.indexOf(Math.min(cut, request.count));
  return topOf(final.value, FUNNEL.final)
    .filter((i) => (early.rank[i] ?? 0) > cut)
    .map((candidate) => ({
      candidate,
      finalRank: final.rank[candidate] ?? 0,
      earlyRank: early.rank[candidate] ?? 0,
      shortfall: (early.value[last] ?? 0) - (early.value[candidate] ?? 0),
      steps: valueSteps(request, candidate, request.final, estimates, lambda),
    }));
}
