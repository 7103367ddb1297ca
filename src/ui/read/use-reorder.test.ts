import { expect, test } from 'vitest';
import { dropPlace } from './use-reorder.ts';

const column = [0, 1, 2].map((i) => ({ left: 0, top: 100 * i, width: 60, height: 80 }));
const strip = [0, 1, 2].map((i) => ({ left: 50 * i, top: 0, width: 40, height: 48 }));

test('in a column an item goes before those whose middle lies below it', () => {
  expect(dropPlace(column, 0, { x: 30, y: 10 })).toBe(0);
  expect(dropPlace(column, 0, { x: 30, y: 150 })).toBe(1);
  expect(dropPlace(column, 0, { x: 30, y: 900 })).toBe(2);
  expect(dropPlace(column, 2, { x: 30, y: -5 })).toBe(0);
});

test('in a strip it goes by how far across it is', () => {
  expect(dropPlace(strip, 0, { x: 75, y: 0 })).toBe(1);
  expect(dropPlace(strip, 2, { x: 10, y: 40 })).toBe(0);
  expect(dropPlace(strip, 1, { x: 60, y: 40 })).toBe(1);
});
