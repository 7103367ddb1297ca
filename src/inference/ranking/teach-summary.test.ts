import { describe, expect, it } from 'vitest';
import type { UserSums } from './teach-run.ts';
import { addDay, mergeUserSums, NO_USERS, sumAdapting } from './teach-summary.ts';
import { dayOf, judged } from './testing/rank-days.ts';

/** Sums in the order rows, clicks, oracle, fresh, served, alone, student; then the teacher's as it serves, levelled and adapted. */
function sumsOf(...entries: [user: number, ...sums: number[]][]): UserSums {
  return {
    users: Uint16Array.from(entries, ([user]) => user),
    sums: Float64Array.from(entries.flatMap(([, ...sums]) => sums)),
  };
}

describe('figures over days', () => {
  it('add up what each user contributes', () => {
    const merged = mergeUserSums(
      sumsOf([3, 1, 0, 1, 1, 1, 1, 1, 3, 1, 2], [9, 2, 1, 2, 2, 2, 2, 2, 0, 0, 0]),
      sumsOf([9, 1, 1, 1, 1, 1, 1, 5, 1, 1, 1], [4, 1, 0, 1, 1, 1, 1, 1, 2, 2, 2]),
    );
    expect(merged).toEqual(
      sumsOf(
        [3, 1, 0, 1, 1, 1, 1, 1, 3, 1, 2],
        [9, 3, 2, 3, 3, 3, 3, 7, 1, 1, 1],
        [4, 1, 0, 1, 1, 1, 1, 1, 2, 2, 2],
      ),
    );
    expect(mergeUserSums(NO_USERS, merged)).toEqual(merged);
  });

  it('give the student’s gain, what the teacher’s age costs, and the share that was transferred', () => {
    const users = sumsOf([1, 10, 1, 40, 50, 60, 100, 80], [2, 10, 1, 40, 50, 60, 100, 80]);
    const { figures } = addDay(NO_USERS, { ...dayOf(0), users, adapting: null });
    const { relative, staleness, transfer } = figures.soFar;
    expect(relative.value).toBeCloseTo(-20);
    expect(staleness.value).toBeCloseTo(20);
    expect(transfer.value).toBeCloseTo(0.5);
    // Both users say the same, so that nothing is left to chance.
    expect([relative.low, relative.high]).toEqual([relative.value, relative.value]);
    expect(figures).not.toHaveProperty('users');
    expect(figures.soFar.adapter).toBeNull();
  });

  it('give what the adapter takes back of the loss by a shift of level', () => {
    const users = sumsOf([1, 10, 1, 40, 50, 60, 100, 80], [2, 10, 1, 40, 50, 60, 100, 80]);
    const adapting = Float64Array.of(60, 50, 52, 60, 50, 52);
    const { figures } = addDay(NO_USERS, { ...dayOf(0), adapted: judged(300), users, adapting });
    expect(figures.soFar.adapter?.loss.value).toBeCloseTo(20);
    expect(figures.soFar.adapter?.removed.value).toBeCloseTo(0.8);
  });

  it('add the true shift of the level to the teacher’s logit', () => {
    const rows = { truth: Float32Array.of(0.5, 0.2), users: Uint16Array.of(5, 5) };
    // 0.2 has the logit −log 4: with log 4 added it is a half.
    const served = Float32Array.of(0.2, 0.2);
    const [stale, levelled, adapted] = sumAdapting(
      rows,
      served,
      rows.truth,
      served.map(() => Math.log(4)),
    );
    const entropy = (y: number, p: number) => -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
    expect(stale).toBeCloseTo(entropy(0.5, 0.2) + entropy(0.2, 0.2), 5);
    expect(levelled).toBeCloseTo(entropy(0.5, 0.5) + entropy(0.2, 0.5), 5);
    expect(adapted).toBeCloseTo(entropy(0.5, 0.5) + entropy(0.2, 0.2), 5);
  });
});
