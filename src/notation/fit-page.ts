import { agreeBarLines } from './agree-bar-lines.ts';
import { agreeClefs } from './agree-clefs.ts';
import { agreeMetres } from './agree-metres.ts';
import { fitArcs } from './fit-arcs.ts';
import { fitBars } from './fit-bars.ts';
import { fitColumns } from './fit-columns.ts';
import { fitOnsets } from './fit-onsets.ts';
import type { ReadToken } from './read-token.ts';

/** A staff as it was read. */
export type ReadLine = {
  tokens: readonly ReadToken[];
  /** Distance of its lines, in the px of the tokens' places. */
  space: number;
  /** Number on the page of the line that goes on in this one. */
  above?: number | undefined;
};

/**
 * What was read on a page, as music: staves of a system agree on clefs, bar lines and metres, bars are filled by what the reader
 * thinks likeliest, and those that still do not add up are timed by what stands above and below.
 * @param systems top to bottom, and likewise the staves of each
 * @returns tokens of each staff of the page
 */
export function fitPage(systems: readonly (readonly ReadLine[])[]): ReadToken[][] {
  const spaces = systems.map(([first]) => first?.space ?? 1);
  const agreed = agreeClefs(systems.map((staves) => staves.map(({ tokens }) => tokens)))
    .map((lines, i) => agreeBarLines(lines, spaces[i] ?? 1))
    .map(agreeMetres);
  const metres: (string | undefined)[] = [];
  return systems.flatMap((staves, i) => {
    const heads = staves.map(({ above }) => (above === undefined ? undefined : metres[above]));
    const filled = staves.map(({ space }, k) => {
      const fitted = fitBars(fitColumns(agreed[i]?.[k] ?? [], space, heads[k]), heads[k]);
      metres.push(fitted.metre);
      return fitted.tokens;
    });
    return fitOnsets(filled, heads, spaces[i] ?? 1).map(fitArcs);
  });
}
