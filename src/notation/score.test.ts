import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenText } from './read-token.ts';
import { scoreFromPages } from './score-from-tokens.ts';
import { pagesFromScore } from './score-to-tokens.ts';
import { generatedPages } from './testing/generated-pages.ts';

describe('tokens and score', () => {
  it('turn into each other without loss, every bar of whole music adding up', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const pages = generatedPages(seed);
        const score = scoreFromPages(pages);
        const back = pagesFromScore(score);
        const words = pages.map((page) =>
          page.map(({ staves }) => staves.map((staff) => staff.map(tokenText).join('\n'))),
        );
        expect(
          back.map((page) => page.map((staves) => staves.map((staff) => staff.map(tokenText).join('\n')))),
        ).toEqual(words);
        const irregular = score.parts.flatMap(({ staves }) =>
          staves.flatMap(({ bars }) => bars.filter((bar) => bar.irregular)),
        );
        expect(irregular).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
