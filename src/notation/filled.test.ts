import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled } from './filled.ts';
import { add, compare, type Fraction, ZERO } from './fraction.ts';
import type { Score, Voice } from './score.ts';
import { scoreFromPage, scoreFromPages } from './score-from-tokens.ts';
import { readSemantic } from './semantic.ts';
import { generatedPages } from './testing/generated-pages.ts';
import { misreadPages } from './testing/misread-pages.ts';
import { VOCABULARY } from './token.ts';
import { tupletGroups } from './tuplets.ts';

/** What symbols are misread as: not values that end at 128ths, of which no rest is short enough. */
const HELD = VOCABULARY.rhythm.slice(3).filter((rhythm) => !/sixty_fourth\.|thirty_second\.\./.test(rhythm));

function barsOf(score: Score) {
  return score.parts.flatMap(({ staves }) => staves.flatMap(({ bars }) => bars));
}

function voicesOf(score: Score): Voice[] {
  return barsOf(score).flatMap(({ voices }) => voices);
}

function isDyadic({ d }: Fraction): boolean {
  return Number.isInteger(Math.log2(d));
}

describe('a score for files', () => {
  it('is the score as it was where every bar adds up', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const score = scoreFromPages(generatedPages(seed));
        expect(filled(score)).toEqual(score);
      }),
      // There a sextuplet of two eighths and two sixteenths is parted from the next by the grid.
      { numRuns: 20, examples: [[1282570845]] },
    );
  }, 30_000);

  it('has only whole tuplets, begins everything at n/2^k and ends bars at n/64, however it was misread', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const score = filled(scoreFromPages(misreadPages(seed, HELD)));
        for (const { length } of score.bars) expect(64 % length.d).toBe(0);
        for (const { events } of voicesOf(score)) {
          const groups = tupletGroups(events);
          expect(groups.filter(({ lack }) => lack.n > 0)).toEqual([]);
          const firsts = groups.map((group) => group.events[0]);
          const starts = events.filter((event) => event.tuplet === 'none' || firsts.includes(event));
          for (const { onset } of starts) expect(isDyadic(onset)).toBe(true);
        }
        expect(filled(score)).toEqual(score);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('begins plain values at n/2^k and ends bars at n/64 even where a tuplet has values that no rest fills up', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const score = filled(scoreFromPages(misreadPages(seed)));
        for (const { length } of score.bars) expect(64 % length.d).toBe(0);
        for (const { events } of voicesOf(score))
          for (const { onset, tuplet } of events) if (tuplet === 'none') expect(isDyadic(onset)).toBe(true);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('keeps every event and its length, in order, none before its time, and bars that are long enough', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const score = scoreFromPages(misreadPages(seed));
        const whole = filled(score);
        const before = barsOf(score);
        barsOf(whole).forEach(({ voices }, i) => {
          voices.forEach(({ events }, v) => {
            const read = before[i]?.voices[v]?.events ?? [];
            const kept = events.filter(({ unprinted }) => !unprinted);
            expect(kept.map(({ id }) => id)).toEqual(read.map(({ id }) => id));
            const length = whole.bars[i % whole.bars.length]?.length ?? ZERO;
            let end = ZERO;
            kept.forEach((event, e) => {
              if (!event.fillsBar) expect(event.length).toEqual(read[e]?.length);
              expect(compare(event.onset, read[e]?.onset ?? ZERO)).toBeGreaterThanOrEqual(0);
              expect(compare(event.onset, end)).toBeGreaterThanOrEqual(0);
              end = add(event.onset, event.length);
            });
            expect(compare(end, length)).toBeLessThanOrEqual(0);
          });
        });
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('gives a bar that is too short the length of its metre, but not a pick-up', () => {
    const line =
      'clef-G2 keySignature-CM timeSignature-3/4 note-C5_quarter barline note-C5_half barline note-C5_half. barline';
    const score = scoreFromPage([{ staves: [readSemantic(line)], braces: [] }]);
    const lengths = filled(score).bars.map(({ length: { n, d } }) => `${n}/${d}`);
    expect(lengths).toEqual(['1/4', '3/4', '3/4']);
    expect(barsOf(filled(score))[1]?.irregular).toBeDefined();
  });

  it('completes a lone note of a tuplet with a rest that is not printed, and goes on a whole value later', () => {
    const words = ['eighth(3:2)', 'quarter', 'half', 'quarter'].map((value) => `note-C5_${value}`).join(' ');
    const line = `clef-G2 keySignature-CM timeSignature-4/4 ${words} barline`;
    const score = scoreFromPage([{ staves: [readSemantic(line)], braces: [] }]);
    const whole = filled(score);
    expect(whole.bars[0]?.length).toEqual({ n: 5, d: 4 });
    expect(
      voicesOf(whole)[0]?.events.map(({ onset: { n, d }, value, unprinted = false }) => [
        `${n}/${d}`,
        value,
        unprinted,
      ]),
    ).toEqual([
      ['0/1', 'eighth', false],
      ['1/12', 'quarter', true],
      ['1/4', 'quarter', false],
      ['1/2', 'half', false],
      ['1/1', 'quarter', false],
    ]);
    expect(barsOf(whole)[0]?.irregular).toEqual(barsOf(score)[0]?.irregular);
  });
});
