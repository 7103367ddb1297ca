import { describe, expect, it } from 'vitest';
import { isBroken, servingCheckpoint } from './teacher.ts';

const serving = (delay: number, refresh: number) =>
  [0, 1, 2, 3, 7, 8, 9].map((day) => servingCheckpoint(day, { delay, refresh }));

describe('the teacher’s schedule', () => {
  it('serves the border of the day where nothing delays it', () => {
    expect(serving(0, 1)).toEqual([0, 1, 2, 3, 7, 8, 9]);
  });

  it('serves the latest kept checkpoint that is old enough', () => {
    // −4 and −2 are kept, −3 is not: day 1 of delay 4 takes −4.
    expect(serving(4, 1)).toEqual([-4, -4, -2, -1, 3, 4, 5]);
  });

  it('holds a checkpoint until the next one is published', () => {
    expect(serving(1, 3)).toEqual([-4, 0, 0, 0, 6, 6, 6]);
  });

  it('takes the oldest where every checkpoint is too young', () => {
    expect(servingCheckpoint(0, { delay: 7, refresh: 1 }, [-2, -1])).toBe(-2);
    expect(servingCheckpoint(0, { delay: 7, refresh: 1 }, [])).toBe(0);
  });

  it('breaks from the first day of the outage until its last is over', () => {
    const outage = { from: 3, to: 5 };
    expect([2, 3, 4, 5].map((day) => isBroken(day, { outage }))).toEqual([false, true, true, false]);
    expect(isBroken(3, { outage: null })).toBe(false);
  });
});
