import { describe, expect, it } from 'vitest';
import { joinExamples, scoreOnce, scoresFor } from './das.ts';

describe('the data augmentation service', () => {
  const join = joinExamples([
    { student: 'feed', ids: [7, 3, 9] },
    { student: 'reels', ids: [4] },
    { student: 'conversion', ids: [9, 4] },
  ]);

  it('makes one call for each distinct example', () => {
    expect([...join.ids]).toEqual([7, 3, 9, 4]);
    expect(join.ledger).toEqual({
      students: [
        { student: 'feed', rows: 3, shared: 1 },
        { student: 'reels', rows: 1, shared: 1 },
        { student: 'conversion', rows: 2, shared: 2 },
      ],
      rows: 6,
      calls: 4,
      saved: 2,
    });
  });

  it('hands each score to every student that holds the example', () => {
    const scores = [0.07, 0.03, 0.09, 0.04].map(Math.fround);
    expect([...scoresFor(join, 'feed', scores)]).toEqual([0.07, 0.03, 0.09].map(Math.fround));
    expect([...scoresFor(join, 'conversion', scores)]).toEqual([0.09, 0.04].map(Math.fround));
    expect(() => scoresFor(join, 'stories', scores)).toThrow(RangeError);
  });

  it('scores what the wanted students hold, each example once', async () => {
    const asked: number[][] = [];
    const scores = await scoreOnce(join, ['feed', 'conversion'], async (ids) => {
      asked.push([...ids]);
      return Float32Array.from(ids, (id) => id);
    });
    expect(asked).toEqual([[7, 3, 9, 4]]);
    expect([...scoresFor(join, 'conversion', scores)]).toEqual([9, 4]);
    const one = await scoreOnce(join, ['reels'], async (ids) => Float32Array.from(ids, (id) => id));
    expect([...one]).toEqual([Number.NaN, Number.NaN, Number.NaN, 4]);
  });

  it('saves nothing where nothing is shared', () => {
    expect(joinExamples([{ student: 'feed', ids: [1, 2] }]).ledger.saved).toBe(0);
  });
});
