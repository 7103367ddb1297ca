import { isSameLength, lengthOfBar, soundingBars, TOLERANCE } from './bar-sounds.ts';
import { groupTokens, isBarLine } from './groups.ts';
import type { ReadToken } from './read-token.ts';
import { plainToken } from './token.ts';

/** How far from each other the ends of one bar line stand on two staves of a photo at most, in staff spaces. */
const REACH = 2.5;
/** Bars of a system that must be of one length for it to be the usual one. */
const LEAST_USUAL = 3;

/**
 * Bar lines of a system stand on all of its staves. One that fewer than half of them show was a stem, and one that half of them
 * show, where its bars on both sides make one of the usual length; and a bar that is too long lacks the line that all of several other
 * staves show within it, or that one shows in the middle of it.
 * @param space distance of the staves' lines, in the px of the places
 */
export function agreeBarLines(staves: readonly (readonly ReadToken[])[], space: number): ReadToken[][] {
  const usual = usualLength(staves);
  const lines = staves.map(barLinesOf);
  return staves.map((tokens, staff) => {
    const others = lines.filter((_, i) => i !== staff);
    return withMissing(withoutLone(tokens, others, space, usual), others, space, usual);
  });
}

/** The tokens without the plain bar lines that stand on half of the staves or fewer and part what is one bar there. */
function withoutLone(
  tokens: readonly ReadToken[],
  others: readonly (readonly ReadToken[])[],
  space: number,
  usual: number | undefined,
): ReadToken[] {
  const staves = others.length + 1;
  const shown = (line: ReadToken) =>
    1 + others.filter((lines) => lines.some((other) => isNear(other, line, space))).length;
  const kept = [...tokens];
  for (const line of barLinesOf(tokens)) {
    if (line.rhythm !== 'barline' || staves === 1 || 2 * shown(line) > staves) continue;
    const at = kept.indexOf(line);
    const left = kept.slice(startOfBar(kept, at), at);
    const right = kept.slice(at + 1, endOfBar(kept, at + 1));
    const parts = [left, right].map(lengthOf);
    if (parts.includes(0) || parts.some((part) => isSameLength(part, usual ?? 0))) continue;
    if (2 * shown(line) < staves || isSameLength(lengthOf([...left, ...right]), usual ?? 0))
      kept.splice(at, 1);
  }
  return kept;
}

/** The tokens with the bar lines that other staves show within what is no one bar there. */
function withMissing(
  tokens: readonly ReadToken[],
  others: readonly (readonly ReadToken[])[],
  space: number,
  usual: number | undefined,
): ReadToken[] {
  const said = [...tokens];
  for (const line of others.flat()) {
    if (barLinesOf(said).some((own) => isNear(own, line, space))) continue;
    const next = groupTokens(said).find(({ members: [first] }) => (said[first?.index ?? 0]?.x ?? 0) > line.x);
    const at = next?.members[0]?.index ?? -1;
    if (at < 0) continue;
    const halves = [said.slice(startOfBar(said, at), at), said.slice(at, endOfBar(said, at))];
    const parts = halves.map(lengthOf);
    const shown = others.every((lines) => lines.some((other) => isNear(other, line, space)));
    const isTwoBars =
      others.length > 1 && shown
        ? lengthOf(halves.flat()) > (usual ?? 0) + TOLERANCE
        : parts.every((part) => isSameLength(part, usual ?? 0));
    if (parts.includes(0) || !isTwoBars) continue;
    const y = said[at]?.y ?? line.y;
    said.splice(at, 0, { ...plainToken('barline'), p: line.p, x: line.x, y, alternatives: [] });
  }
  return said;
}

const barLinesOf = (tokens: readonly ReadToken[]) => tokens.filter(({ rhythm }) => isBarLine(rhythm));
const isNear = (a: ReadToken, b: ReadToken, space: number) => Math.abs(a.x - b.x) < REACH * space;

function startOfBar(tokens: readonly ReadToken[], at: number): number {
  return 1 + tokens.slice(0, at).findLastIndex(({ rhythm }) => isBarLine(rhythm));
}

function endOfBar(tokens: readonly ReadToken[], from: number): number {
  const end = tokens.findIndex(({ rhythm }, i) => i >= from && isBarLine(rhythm));
  return end < 0 ? tokens.length : end;
}

/** Of the fuller voice of one bar, as read, in whole notes; 0 for one without a sound. */
function lengthOf(bar: readonly ReadToken[]): number {
  return Math.max(0, ...soundingBars(bar, undefined).map(lengthOfBar));
}

/** The length that most bars of the staves have, if enough have it. */
function usualLength(staves: readonly (readonly ReadToken[])[]): number | undefined {
  const lengths = staves.flatMap((tokens) => soundingBars(tokens, undefined)).map(lengthOfBar);
  const times = (length: number) => lengths.filter((other) => isSameLength(length, other)).length;
  const most = lengths.reduce(
    (best, length) => (times(length) > times(best) ? length : best),
    lengths[0] ?? 0,
  );
  return most > 0 && times(most) >= Math.max(LEAST_USUAL, lengths.length / 2) ? most : undefined;
}
