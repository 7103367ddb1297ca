import { isRest } from './groups.ts';
import { printedMetre } from './metre.ts';
import { probabilityOf, type ReadToken, sayingInstead } from './read-token.ts';
import { isNote } from './token.ts';

/** The least probability that a staff gives a metre which it did not think of. */
const LEAST = 0.01;
/** A staff as sure as this keeps its metre: some music has several at once. */
const SURE = 0.9;

/**
 * The staves of a system mostly print one metre at their heads: where one in doubt was read differently, it is the one that all of
 * them together find likeliest.
 */
export function agreeMetres(staves: readonly (readonly ReadToken[])[]): ReadToken[][] {
  const heads = staves.map(metreAtHead);
  const printed = heads.flatMap((index, i) => staves[i]?.[index] ?? []);
  const likeliest = [...new Set(printed.map(({ rhythm }) => rhythm))]
    .map((rhythm) => ({ rhythm, logP: logP(printed, rhythm) }))
    .sort((a, b) => b.logP - a.logP)[0]?.rhythm;
  return staves.map((tokens, i) =>
    tokens.map((token, index) =>
      index === heads[i] && likeliest !== undefined && probabilityOf(token, 'rhythm', token.rhythm) < SURE
        ? sayingInstead(token, 'rhythm', likeliest)
        : token,
    ),
  );
}

/** Place of the time signature before the first note or rest, -1 where there is none. */
function metreAtHead(tokens: readonly ReadToken[]): number {
  const first = tokens.findIndex((token) => isNote(token) || isRest(token));
  const head = first < 0 ? tokens : tokens.slice(0, first);
  return head.findIndex(({ rhythm }) => printedMetre(rhythm) !== undefined);
}

function logP(signs: readonly ReadToken[], rhythm: string): number {
  return signs.reduce(
    (sum, sign) => sum + Math.log(Math.max(LEAST, probabilityOf(sign, 'rhythm', rhythm))),
    0,
  );
}
