import type { SystemTokens } from '../score-from-tokens.ts';
import { CHORD, type Token, VOCABULARY } from '../token.ts';
import { dice, generatedPages } from './generated-pages.ts';

/**
 * Generated pages as a reader might get them wrong: a tenth of the symbols lost, doubled, changed in a branch (rhythm to one of
 * `rhythms`) or joined wrongly.
 */
export function misreadPages(seed: number, rhythms = VOCABULARY.rhythm.slice(3)): SystemTokens[][] {
  return generatedPages(seed).map((page) =>
    page.map(({ staves, braces }, system) => ({
      braces,
      staves: staves.map((staff, i) => misread(staff, seed + 10 * system + i, rhythms)),
    })),
  );
}

function misread(tokens: readonly Token[], seed: number, rhythms: readonly string[]): Token[] {
  const { chance, below, pick } = dice(seed);
  return tokens.flatMap((token): Token[] => {
    if (!chance(0.1)) return [token];
    const other = { ...token, rhythm: pick(rhythms) };
    const tuplet = { ...token, tuplet: pick(VOCABULARY.tuplet), voice: pick(VOCABULARY.voice) };
    return [[], [token, token], [other], [tuplet], [token, CHORD]][below(5)] ?? [];
  });
}
