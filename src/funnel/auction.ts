import { totalValue } from '../adlog/value';
import { topOf } from './consistency';

/** A candidate as an auction sees it. */
export interface Bidder {
  readonly bid: number;
  readonly conversionBilled: boolean;
  readonly pClick: number;
  /** Given a click. */
  readonly pConversion: number;
  readonly pCrossOut: number;
}

export type Pricing = 'first' | 'second';

export interface Placement {
  readonly candidate: number;
  /** Total value for a thousand impressions, as the auction estimates it. */
  readonly value: number;
  /** Currency for each billed action. */
  readonly price: number;
}

/** Probability of the action that the advertiser pays for. */
export function billedRate(bidder: Bidder): number {
  return bidder.pClick * (bidder.conversionBilled ? bidder.pConversion : 1);
}

/** Total value of a bidder for a thousand impressions. */
export function bidderValue(bidder: Bidder, lambda: number): number {
  const { bid, pClick, pConversion, pCrossOut, conversionBilled } = bidder;
  return totalValue(bid, pClick, pConversion, pCrossOut, conversionBilled, lambda);
}

/**
 * The auction on total value: the best `slots` bidders are placed, best first, those of negative value never. In a first
 * price auction each pays its bid; in a (generalised) second price one, the least bid that keeps its place: the bid at
 * which its total value equals that of the next, or 0 where no other has a positive value.
 */
export function runAuction(
  bidders: readonly Bidder[],
  slots: number,
  lambda: number,
  pricing: Pricing,
): Placement[] {
  const values = bidders.map((bidder) => bidderValue(bidder, lambda));
  const order = topOf(values, slots + 1).filter((i) => (values[i] ?? 0) > 0);
  return order.slice(0, slots).flatMap((candidate, rank) => {
    const bidder = bidders[candidate];
    if (!bidder) return [];
    const next = order[rank + 1];
    const rival = next === undefined ? 0 : (values[next] ?? 0);
    const price = pricing === 'first' ? bidder.bid : priceToKeep(bidder, rival, lambda);
    return [{ candidate, value: values[candidate] ?? 0, price }];
  });
}

/** The bid at which a bidder's total value falls to that of its rival. */
function priceToKeep(bidder: Bidder, rival: number, lambda: number): number {
  const needed = (rival / 1000 + lambda * bidder.pCrossOut) / billedRate(bidder);
  return Math.max(0, Math.min(bidder.bid, needed));
}

export interface AuctionOutcome {
  /** Expected for a thousand impressions, under the given (true) probabilities. */
  readonly totalValue: number;
  readonly revenue: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly crossOuts: number;
}

/** What placements bring in truth: `truth` holds the bidders with true probabilities, in the same order. Sums over the slots. */
export function judgePlacements(
  placements: readonly Placement[],
  truth: readonly Bidder[],
  lambda: number,
): AuctionOutcome {
  const outcome = { totalValue: 0, revenue: 0, clicks: 0, conversions: 0, crossOuts: 0 };
  for (const { candidate, price } of placements) {
    const bidder = truth[candidate];
    if (!bidder) continue;
    outcome.totalValue += bidderValue(bidder, lambda);
    outcome.revenue += 1000 * price * billedRate(bidder);
    outcome.clicks += 1000 * bidder.pClick;
    outcome.conversions += 1000 * bidder.pClick * bidder.pConversion;
    outcome.crossOuts += 1000 * bidder.pCrossOut;
  }
  return outcome;
}
