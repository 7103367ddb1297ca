import { describe, expect, it } from 'vitest';
import { USER_SUMS, type UserSums } from './teach-run.ts';
import { addDay, mergeUserSums, NO_USERS } from './teach-summary.ts';
import { dayOf } from './testing/rank-days.ts';

/** Sums in the order rows, clicks, oracle, fresh, served, alone, student. */
function sumsOf(...entries: [user: number, ...sums: number[]][]): UserSums {
  return {
    users: Uint16Array.from(entries, ([user]) => user),
    sums: Float64Array.from(entries.flatMap(([, ...sums]) => sums)),
  };
}

describe('figures over days', () => {
  it('add up what each user contributes', () => {
    expect(USER_SUMS).toHaveLength(7);
    const merged = mergeUserSums(
      sumsOf([3, 1, 0, 1, 1, 1, 1, 1], [9, 2, 1, 2, 2, 2, 2, 2]),
      sumsOf([9, 1, 1, 1, 1, 1, 1, 5], [4, 1, 0, 1, 1, 1, 1, 1]),
    );
    expect(merged).toEqual(
      sumsOf([3, 1, 0, 1, 1, 1, 1, 1], [9, 3, 2, 3, 3, 3, 3, 7], [4, 1, 0, 1, 1, 1, 1, 1]),
    );
    expect(mergeUserSums(NO_USERS, merged)).toEqual(merged);
  });

  it('give the student’s gain, what the teacher’s age costs, and the share that was transferred', () => {
    const users = sumsOf([1, 10, 1, 40, 50, 60, 100, 80], [2, 10, 1, 40, 50, 60, 100, 80]);
    const { figures } = addDay(NO_USERS, { ...dayOf(0), users });
    const { relative, staleness, transfer } = figures.soFar;
    expect(relative.value).toBeCloseTo(-20);
    expect(staleness.value).toBeCloseTo(20);
    expect(transfer.value).toBeCloseTo(0.5);
    // Both users say the same, so that nothing is left to chance.
    expect([relative.low, relative.high]).toEqual([relative.value, relative.value]);
    expect(figures).not.toHaveProperty('users');
  });
});
