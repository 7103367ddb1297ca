import { lengthOf } from './duration.ts';
import { align } from './edit-distance.ts';
import { equal, type Fraction } from './fraction.ts';
import type { Group } from './groups.ts';
import type { Line, LineBar } from './line-bars.ts';
import { type Column, solveBar } from './voices.ts';

/** One bar of a system: what each of its staves has there; undefined where a staff shows no such bar. */
export type SystemBar = (LineBar | undefined)[];

/** The rhythm of a bar's columns, for `solveBar`. */
export function columnsOf(bar: LineBar): Column[] {
  return bar.columns.map(columnOf);
}

/** The rhythm of what starts together. */
export function columnOf(group: Group): Column {
  return group.members.map(({ token }) => {
    const value = token.rhythm.replace(/^(note|rest)-/, '');
    const rest = token.rhythm.startsWith('rest-');
    return {
      voice: token.voice === '2' ? 2 : 1,
      rest,
      length: lengthOf(value, token.tuplet),
      fills: rest && value === 'whole' && token.tuplet === 'none',
    };
  });
}

/**
 * The bars of a system's staves side by side. Staves that show different numbers of bars were misread somewhere: bars are
 * then paired by length and bar line, and what has no partner stands alone, so that nothing is lost.
 */
export function systemBars(lines: readonly Line[]): SystemBar[] {
  const staves = withEqualRests(lines.map(({ bars }) => bars));
  const count = commonest(staves.map((bars) => bars.length));
  const guide = staves.findIndex((bars) => bars.length === count);
  let merged: SystemBar[] = (staves[guide] ?? []).map((bar) =>
    staves.map((_, i) => (i === guide ? bar : undefined)),
  );
  staves.forEach((bars, staff) => {
    if (staff === guide) return;
    const shown = [bars, withGaps(bars, lines[staff])].find(({ length }) => length === merged.length);
    const pairs = shown
      ? merged.map((left, i) => ({ left, right: shown[i] }))
      : align(merged, bars, { pair: mismatch, left: () => 1.2, right: () => 1.2 });
    merged = pairs.map(({ left, right }) => staves.map((_, i) => (i === staff ? right : left?.[i])));
  });
  return merged;
}

/** A line's bars with nothing where two bar lines have nothing between them: in piano music a hand may be empty while the other staff has it all. */
function withGaps(bars: readonly LineBar[], line: Line | undefined): (LineBar | undefined)[] {
  if (!line || bars.length !== line.bars.length) return [...bars];
  const before = (index: number) => line.gaps.filter((gap) => gap === index).map(() => undefined);
  return [...bars.flatMap((bar, i) => [...before(i), bar]), ...before(bars.length)];
}

function mismatch(left: SystemBar, right: LineBar): number {
  const bar = left.find((each) => each !== undefined);
  if (!bar) return 0;
  const lengths = [lengthHint(bar), lengthHint(right)];
  const [a, b] = lengths;
  const sameLength = a && b ? equal(a, b) : bar.rest === right.rest;
  return (sameLength ? 0 : 1) + (bar.right === right.right ? 0 : 0.5);
}

/** Length of a bar by itself, whatever its metre; undefined if only rests fill it. */
function lengthHint(bar: LineBar): Fraction | undefined {
  return solveBar(columnsOf(bar)).length;
}

/** A multi-bar rest that not all staves show is taken apart into bars of rest. */
function withEqualRests(staves: readonly (readonly LineBar[])[]): LineBar[][] {
  const rests = staves.map((bars) => bars.map(({ rest }) => rest ?? 1).join());
  if (rests.every((each) => each === rests[0])) return staves.map((bars) => [...bars]);
  return staves.map((bars) => bars.flatMap(singleBars));
}

function singleBars(bar: LineBar): LineBar[] {
  const { rest, right, endingStop, ...first } = bar;
  if (rest === undefined) return [bar];
  return Array.from({ length: rest }, (_, i): LineBar => {
    const start: LineBar = i === 0 ? first : { columns: [], graces: [], signs: [] };
    const isLast = i === rest - 1;
    return {
      ...start,
      rest: 1,
      ...(isLast && right === undefined ? {} : { right: isLast && right !== undefined ? right : 'barline' }),
      ...(isLast && endingStop !== undefined ? { endingStop } : {}),
    };
  });
}

function commonest(numbers: readonly number[]): number {
  const times = (n: number) => numbers.filter((each) => each === n).length;
  return [...numbers].sort((a, b) => times(b) - times(a) || b - a)[0] ?? 0;
}
