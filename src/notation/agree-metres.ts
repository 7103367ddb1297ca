import { isSameLength, lengthOfBar, soundingBars } from './bar-sounds.ts';
import { toNumber } from './fraction.ts';
import { isBarLine, isRest } from './groups.ts';
import { barLength, printedMetre } from './metre.ts';
import { likeliestOfAll, logPOfAll, probabilityOf, type ReadToken, sayingInstead } from './read-token.ts';
import { isNote } from './token.ts';

/** A staff as sure as this keeps its metre, unless its bars speak for the other: some music has several at once. */
const SURE = 0.9;
/** How much the odds of a metre rise with each bar that fills it as read. */
const FILLED = Math.log(2);

/**
 * The staves of a system mostly print one metre at their heads: where one in doubt was read differently, it is the one that all of
 * them together, with the bars that follow, find likeliest. A change within the line that fewer than half of them print is none, and the others print one metre there.
 */
export function agreeMetres(staves: readonly (readonly ReadToken[])[]): ReadToken[][] {
  const lines = withCommonChanges(staves);
  const heads = lines.map(metreAtHead);
  const printed = heads.flatMap((index, i) => lines[i]?.[index] ?? []);
  const lengths = lines.map((line, i) => lengthsUnder(line, heads[i] ?? -1));
  const filled = (rhythm: string) => filledBy(lengths.flat(), rhythm);
  const likeliest = [...new Set(printed.flatMap(possible))]
    .map((rhythm) => ({ rhythm, logP: logPOfAll(printed, rhythm) + FILLED * filled(rhythm) }))
    .sort((a, b) => b.logP - a.logP)[0]?.rhythm;
  if (likeliest === undefined) return lines;
  const rival = filled(likeliest) > 0 ? likeliest : undefined;
  return lines.map((tokens, i) => {
    const head = tokens[heads[i] ?? -1];
    if (!head || keepsMetre(head, lengths[i] ?? [], rival)) return tokens;
    return tokens.map((token) => (token === head ? sayingInstead(token, 'rhythm', likeliest) : token));
  });
}

/** Whether a line is sure of its metre, and its bars fill it better than the other one, if any bar of the system fills that. */
function keepsMetre(head: ReadToken, lengths: readonly number[], other: string | undefined): boolean {
  if (probabilityOf(head, 'rhythm', head.rhythm) < SURE) return false;
  return other === undefined || filledBy(lengths, head.rhythm) > filledBy(lengths, other);
}

/** What a time signature was read as, and what else it could be. */
function possible({ rhythm, alternatives }: ReadToken): string[] {
  const others = alternatives.filter(({ branch, value }) => branch === 'rhythm' && printedMetre(value));
  return [rhythm, ...others.map(({ value }) => value)];
}

/** Lengths as read of the bars between the metre at a line's head and the next one, in whole notes. */
function lengthsUnder(line: readonly ReadToken[], head: number): number[] {
  if (head < 0) return [];
  const rest = line.slice(head + 1);
  const next = rest.findIndex(({ rhythm }) => printedMetre(rhythm) !== undefined);
  const bars = soundingBars(next < 0 ? rest : rest.slice(0, next), undefined);
  return bars.map(lengthOfBar);
}

/** How many of these bars a metre fills. */
function filledBy(lengths: readonly number[], rhythm: string): number {
  const metre = printedMetre(rhythm);
  if (metre === undefined) return 0;
  const full = toNumber(barLength(metre));
  return lengths.filter((length) => isSameLength(length, full)).length;
}

/**
 * Staves with as many bars as each other, without the changes of metre that most others do not print at that bar; where most do,
 * they print one metre.
 */
function withCommonChanges(staves: readonly (readonly ReadToken[])[]): ReadToken[][] {
  const counts = staves.map((tokens) => tokens.filter(({ rhythm }) => isBarLine(rhythm)).length);
  if (new Set(counts).size > 1) return staves.map((tokens) => [...tokens]);
  const printed = new Map<number, ReadToken[]>();
  const bars = staves.map(changesOf);
  for (const changes of bars)
    for (const [token, bar] of changes) printed.set(bar, [...(printed.get(bar) ?? []), token]);
  return staves.map((tokens, i) =>
    tokens.flatMap((token) => {
      const signs = printed.get(bars[i]?.get(token) ?? -1);
      if (!signs) return [token];
      return 2 * signs.length < staves.length
        ? []
        : [sayingInstead(token, 'rhythm', likeliestOfAll(signs, signs.flatMap(possible)))];
    }),
  );
}

/** The time signatures of a staff after its first bar line, and how many bar lines stand before each. */
function changesOf(tokens: readonly ReadToken[]): Map<ReadToken, number> {
  const changes = new Map<ReadToken, number>();
  let bar = 0;
  for (const token of tokens) {
    if (isBarLine(token.rhythm)) bar++;
    else if (bar > 0 && printedMetre(token.rhythm) !== undefined) changes.set(token, bar);
  }
  return changes;
}

/** Place of the time signature before the first note or rest, -1 where there is none. */
function metreAtHead(tokens: readonly ReadToken[]): number {
  const first = tokens.findIndex((token) => isNote(token) || isRest(token));
  const head = first < 0 ? tokens : tokens.slice(0, first);
  return head.findIndex(({ rhythm }) => printedMetre(rhythm) !== undefined);
}
