import { describe, expect, it } from 'vitest';
import { mainReason, rankRequest, valueSteps } from '../../../funnel/look.ts';
import type { LookedRequest } from '../../../workers/funnel-protocol.ts';
import { lookSentences, ordinal } from './sentences.ts';

const none = Array.from({ length: 8 }, () => 0);

/** Eight ads that bid 1 a click. The early stage thinks little of ad 100, which the final stage likes best. */
const request: LookedRequest = {
  index: 0,
  day: 14,
  time: 3600,
  ad: [100, 101, 102, 103, 104, 105, 106, 107],
  stage: none,
  bid: none.map(() => 1),
  conversionBilled: none,
  early: {
    pClick: [0.01, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02],
    pConversion: none,
    pCrossOut: none,
  },
  final: {
    pClick: [0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02],
    pConversion: none,
    pCrossOut: [0.0005, ...none.slice(1)],
  },
  truth: { pClick: none.map(() => 0.05), pConversion: none, pCrossOut: none },
  fields: [],
};

describe('a request', () => {
  const ranked = rankRequest(request, 10, 6);

  it('is ranked by both stages', () => {
    expect([...ranked.earlyRank]).toEqual([8, 1, 2, 3, 4, 5, 6, 7]);
    expect(ranked.finalRank[0]).toBe(1);
    expect(ranked.lost).toEqual([0]);
    expect(ranked.instead).toEqual([1, 2, 3, 4, 5]);
    expect(ranked.needed).toBeCloseTo(30, 9);
  });

  it('has its values bridged probability by probability', () => {
    const steps = valueSteps(request, 0, 10);
    expect(steps.early).toBeCloseTo(10, 9);
    expect(steps.changes.map(({ change }) => Math.round(change))).toEqual([80, 0, -5]);
    expect(steps.final).toBeCloseTo(85, 9);
    expect(mainReason(steps)).toBe('pClick');
  });

  it('is told in sentences, the lost winner and why', () => {
    const sentences = lookSentences({ before: ranked, after: ranked, selected: 0, lambda: 10, cut: 6 });
    expect(sentences[0]).toBe(
      '1 of the final stage’s five best are not among the 6 that the early stage passes on. The five that are shown to the auction instead are worth 87 % of them.',
    );
    expect(sentences[1]).toContain('ad 100 is 8th for the early stage and 1st for the final one.');
    expect(sentences[1]).toContain('the early stage says 1.00 %, the final one 9.00 %');
    expect(sentences[2]).toContain('a value of 10.0; 30.0 would have been passed on');
  });

  it('is told again after a change', () => {
    const bid = [9, ...request.bid.slice(1)];
    const after = rankRequest({ ...request, bid }, 10, 6);
    const sentences = lookSentences({ before: ranked, after, selected: 0, lambda: 10, cut: 6 });
    expect(sentences[0]).toContain('All five');
    expect(sentences[1]).toContain('move ad 100 from early rank 8 to 1 and from final rank 1 to 1');
    expect(sentences[2]).toBe('Lost winners: 1 before your changes, 0 now.');
  });
});

describe('ordinals', () => {
  it('are English', () => {
    expect([1, 2, 3, 4, 11, 22, 113].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '22nd',
      '113th',
    ]);
  });
});
