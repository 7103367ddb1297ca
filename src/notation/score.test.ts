import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled } from './filled.ts';
import { writeMusicXml } from './musicxml.ts';
import { readMusicXmlNotes } from './musicxml-notes.ts';
import { perform } from './performance.ts';
import { tokenText } from './read-token.ts';
import { scoreFromPages } from './score-from-tokens.ts';
import { pagesFromScore } from './score-to-tokens.ts';
import { generatedPages } from './testing/generated-pages.ts';
import { misreadPages } from './testing/misread-pages.ts';
import { inOrder, notesOfScore } from './testing/sounded-notes.ts';
import type { Token } from './token.ts';

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

describe('tokens as a reader might get them wrong', () => {
  it('become a score that keeps every note, in every form', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const pages = misreadPages(seed);
        const tokens = pages.flatMap((page) => page.flatMap(({ staves }) => staves.flat()));
        const score = scoreFromPages(pages);
        const notes = notesOfScore(score);
        expect(notes).toHaveLength(tokens.filter(isWholeNote).length);
        expect(inOrder(readMusicXmlNotes(writeMusicXml(score)))).toEqual(
          inOrder(notesOfScore(filled(score))),
        );
        for (const { onset, duration } of perform(score).notes) {
          expect(onset).toBeGreaterThanOrEqual(0);
          expect(duration).toBeGreaterThan(0);
        }
      }),
      { numRuns: 15 },
    );
  }, 30_000);
});

function isWholeNote({ rhythm, pitch }: Token): boolean {
  return /^(grace)?note-/.test(rhythm) && pitch !== 'nonote';
}
