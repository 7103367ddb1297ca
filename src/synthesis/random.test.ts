import { describe, expect, test } from 'vitest';
import { createRandom } from './random.ts';

describe('a seeded source of chance', () => {
  test('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number) => Array.from({ length: 8 }, createRandom(seed).next);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(1)).not.toEqual(draw(1 + 2 ** 32));
  });

  test('is uniform, keeps to its bounds and has the moments asked for', () => {
    const random = createRandom(1);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 10_000; i++) {
      const k = random.int(0, 4);
      counts[k] = (counts[k] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
    const normals = Array.from({ length: 10_000 }, () => random.normal(3, 2));
    const mean = normals.reduce((sum, x) => sum + x, 0) / normals.length;
    const variance = normals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / normals.length;
    expect(mean).toBeCloseTo(3, 0);
    expect(Math.sqrt(variance)).toBeCloseTo(2, 0);
  });

  test('chooses by weight and never what weighs nothing', () => {
    const random = createRandom(2);
    const drawn = Array.from({ length: 1000 }, () =>
      random.weighted([
        ['a', 3],
        ['b', 1],
        ['c', 0],
      ]),
    );
    expect(drawn).not.toContain('c');
    expect(drawn.filter((x) => x === 'a').length / 1000).toBeCloseTo(0.75, 1);
  });

  test('forks into sources of their own', () => {
    const random = createRandom(3);
    expect(random.fork(0).next()).not.toBe(random.fork(1).next());
    expect(random.fork(5).next()).toBe(createRandom(3).fork(5).next());
  });
});
