import { expect, test } from 'vitest';
import type { StaffPlace } from '../../inference/tromr/reading.ts';
import { cornersAround, NEAR_EDGE } from './corners-start.ts';

const SIZE = { width: 1000, height: 1400 };

/** A staff of lines 10 px apart; `rise` is by how much it climbs to the right. */
function staff(x: number, y: number, width: number, rise = 0): StaffPlace {
  const lines = [0, 1, 2, 3, 4].map((line): [number, number][] => [
    [x, y + 10 * line],
    [x + width / 2, y + 10 * line - rise / 2],
    [x + width, y + 10 * line - rise],
  ]);
  return { box: [x, y - rise, width, 40 + rise], lines };
}

test('corners start around all staves, an indented one too', () => {
  const [a, b, c, d] = cornersAround([staff(300, 200, 600), staff(150, 1000, 750)], SIZE);
  expect([a.x, a.y]).toEqual([0.09, 110 / 1400]);
  expect([b.x, c.x]).toEqual([0.96, 0.96]);
  expect([c.y, d.x]).toEqual([1130 / 1400, 0.09]);
});

test('corners are as aslant as the staves', () => {
  const [a, b] = cornersAround([staff(200, 300, 600, 60), staff(200, 900, 600, 60)], SIZE);
  expect(((a.y - b.y) * SIZE.height) / ((b.x - a.x) * SIZE.width)).toBeCloseTo(0.1);
});

test('corners stay within the picture, and start near its edge where nothing was found', () => {
  const [a, , c] = cornersAround([staff(5, 20, 990)], { width: 1000, height: 100 });
  expect([a, c]).toEqual([
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ]);
  expect(cornersAround([], SIZE)).toEqual(NEAR_EDGE);
});
