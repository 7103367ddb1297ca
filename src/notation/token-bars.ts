import { equal, type Fraction } from './fraction.ts';
import { groupTokens, isBarLine } from './groups.ts';
import { columnOf } from './system-bars.ts';
import type { Token } from './token.ts';
import { solveBar } from './voices.ts';

/** Tokens of a staff line in runs that end with a bar line. */
export function tokenBars<T extends Token>(tokens: readonly T[]): T[][] {
  const bars: T[][] = [[]];
  for (const token of tokens) {
    bars.at(-1)?.push(token);
    if (isBarLine(token.rhythm)) bars.push([]);
  }
  return bars;
}

/** Whether the tokens of a bar hold just what its metre asks for. */
export function addsUp(bar: readonly Token[], full: Fraction): boolean {
  const columns = groupTokens(bar).filter(({ kind }) => kind === 'timed');
  const { length, clash } = solveBar(columns.map(columnOf), full);
  return !clash && (length === undefined || equal(length, full));
}
