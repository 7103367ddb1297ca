import { describe, expect, it } from 'vitest';
import type { SystemReading } from '../../inference/tromr/reading.ts';
import type { Stop } from '../sound/passage.ts';
import { cursorAt, loopAreas } from './cursor.ts';

/** A system of two staves from y = 100 and 200, its tokens at these x; lines rise by 10 px to the right. */
function system(xs: readonly number[]): SystemReading {
  const token = {
    pitch: 'C4',
    lift: 'none',
    tuplet: 'none',
    mark: 'none',
    tie: 'none',
    slur: 'none',
    voice: '1',
  };
  return {
    braces: [],
    staves: [100, 200].map((top) => ({
      box: [0, top, 400, 40],
      lines: [0, 1, 2, 3, 4].map((line): [number, number][] => [
        [0, top + 10 * line],
        [400, top + 10 * line - 10],
      ]),
      source: 'reading',
      tokens: xs.map((x) => ({ ...token, rhythm: 'note-quarter', x, y: top, p: 1, alternatives: [] })),
    })),
  };
}

const stop = (at: number, systemIndex: number, token: number): Stop => ({
  at,
  bar: 0,
  ids: [],
  sources: [0, 1].map((staff) => ({ page: 0, system: systemIndex, staff, token })),
});

const PAGES = [[system([40, 140, 240]), system([60, 160])]];
const STOPS = [stop(0, 0, 0), stop(1, 0, 1), stop(3, 0, 2), stop(4, 1, 0), stop(6, 1, 1)];

describe('the cursor on the photo', () => {
  it('goes from stop to stop as time does', () => {
    expect([0, 0.5, 2].map((at) => cursorAt(PAGES, STOPS, at)?.x)).toEqual([40, 90, 190]);
  });

  it('waits at the end of a system, and jumps to the next one', () => {
    expect(cursorAt(PAGES, STOPS, 3.9)).toMatchObject({ system: 0, x: 240 });
    expect(cursorAt(PAGES, STOPS, 4)).toMatchObject({ system: 1, x: 60 });
  });

  it('is as high as the system is there, and a little more', () => {
    // At x = 40 the lines have risen by 1 px.
    expect(cursorAt(PAGES, STOPS, 0)).toMatchObject({ top: 84, bottom: 254 });
  });

  it('is nowhere without music', () => {
    expect(cursorAt(PAGES, [], 0)).toBeNull();
    expect(cursorAt([], STOPS, 0)).toBeNull();
  });
});

describe('a loop on the photo', () => {
  it('has a stretch in each system, the last one up to what follows or to the end', () => {
    const areas = loopAreas(PAGES, STOPS, { start: 1, end: 6 });
    expect(areas.map(({ left, right }) => [left.system, Math.round(left.x), Math.round(right.x)])).toEqual([
      [0, 128, 394],
      [1, 48, 154],
    ]);
  });
});
