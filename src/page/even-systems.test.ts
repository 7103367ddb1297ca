import { describe, expect, test } from 'vitest';
import { evenSystems } from './even-systems.ts';
import type { Group } from './layout.ts';

const group = (first: number, last: number, braces: [number, number][] = []): Group => ({
  staves: [first, last],
  braces,
  brackets: [],
});
/** Staves 40 px high with these rooms between them. */
function stavesWith(gaps: number[]) {
  const topOf = (i: number) => gaps.slice(0, i).reduce((y, gap) => y + 40 + gap, 0);
  return [0, ...gaps].map((_, i) => ({ box: [0, topOf(i), 900, 40] as [number, number, number, number] }));
}
const SONG = stavesWith([80, 50, 160, 85, 50, 160, 80, 50]);
const PIANO: [number, number][] = [[1, 2]];

describe('the systems of a page', () => {
  test('of a song are made whole where the line from voice to piano was not seen', () => {
    const groups = [group(0, 2, PIANO), group(3, 3), group(4, 5, [[0, 1]]), group(6, 8, PIANO)];
    expect(evenSystems(groups, SONG)).toEqual([group(0, 2, PIANO), group(3, 5, PIANO), group(6, 8, PIANO)]);
  });

  test('stay apart where a brace stands at another place than in the whole system', () => {
    const groups = [group(0, 2, PIANO), group(3, 4, [[0, 1]]), group(5, 5), group(6, 8, PIANO)];
    expect(evenSystems(groups, SONG)).toEqual(groups);
  });

  test('stay apart where they stand farther apart than the staves of a system', () => {
    const groups = [group(0, 2, PIANO), group(3, 3), group(4, 5, [[0, 1]])];
    expect(evenSystems(groups, stavesWith([80, 50, 160, 150, 50]))).toEqual(groups);
  });

  test('are made whole too where lines that slant give neighbours bounds that overlap', () => {
    const groups = [group(0, 2, PIANO), group(3, 3), group(4, 4), group(5, 5), group(6, 8, PIANO)];
    const slanting = SONG.map(({ box: [x, y, width] }) => ({
      box: [x, y, width, 130] as [number, number, number, number],
    }));
    expect(evenSystems(groups, slanting)).toEqual([
      group(0, 2, PIANO),
      group(3, 5, PIANO),
      group(6, 8, PIANO),
    ]);
  });

  test('of one staff each are left alone', () => {
    const groups = [group(0, 0), group(1, 1), group(2, 2)];
    expect(evenSystems(groups, SONG)).toEqual(groups);
  });
});
