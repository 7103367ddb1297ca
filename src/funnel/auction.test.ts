import { describe, expect, it } from 'vitest';
import { type Bidder, bidderValue, judgePlacements, runAuction } from './auction';

const LAMBDA = 5;
const A: Bidder = { bid: 2, conversionBilled: false, pClick: 0.1, pConversion: 0.05, pCrossOut: 0.01 };
const B: Bidder = { bid: 100, conversionBilled: true, pClick: 0.05, pConversion: 0.04, pCrossOut: 0.004 };
const C: Bidder = { bid: 1, conversionBilled: false, pClick: 0.08, pConversion: 0.02, pCrossOut: 0 };
const D: Bidder = { bid: 0.1, conversionBilled: false, pClick: 0.01, pConversion: 0.02, pCrossOut: 0.01 };

describe('the auction', () => {
  it('values bid times billed actions less the cost of cross-outs, for a thousand impressions', () => {
    expect(bidderValue(A, LAMBDA)).toBeCloseTo(150, 9);
    expect(bidderValue(B, LAMBDA)).toBeCloseTo(180, 9);
    expect(bidderValue(D, LAMBDA)).toBeCloseTo(-49, 9);
  });

  it('charges the least bid that keeps the place', () => {
    const placed = runAuction([A, B, C, D], 2, LAMBDA, 'second');
    expect(placed.map((p) => p.candidate)).toEqual([1, 0]);
    // B keeps its place while bid · .002 − .02 exceeds .15; A while bid · .1 − .05 exceeds .08.
    expect(placed[0]?.price).toBeCloseTo(85, 9);
    expect(placed[1]?.price).toBeCloseTo(1.3, 9);
  });

  it('charges the bid itself at first price', () => {
    expect(runAuction([A, B, C, D], 2, LAMBDA, 'first').map((p) => p.price)).toEqual([100, 2]);
  });

  it('charges a lone bidder what its cross-outs cost, and places nobody of negative value', () => {
    const placed = runAuction([A, D], 2, LAMBDA, 'second');
    expect(placed).toHaveLength(1);
    expect(placed[0]?.price).toBeCloseTo(0.5, 9);
  });

  it('is judged by the true probabilities', () => {
    const placed = runAuction([A, B, C, D], 2, LAMBDA, 'second');
    const outcome = judgePlacements(placed, [A, B, C, D], LAMBDA);
    expect(outcome.totalValue).toBeCloseTo(330, 9);
    expect(outcome.revenue).toBeCloseTo(300, 9);
    expect(outcome.clicks).toBeCloseTo(150, 9);
    expect(outcome.conversions).toBeCloseTo(7, 9);
    expect(outcome.crossOuts).toBeCloseTo(14, 9);
  });
});
