import { describe, expect, it } from 'vitest';
import { fillEllipse, fillRect } from '../../page/drawn-page.ts';
import { STAFF_GEOMETRY } from '../../page/geometry.ts';
import { blankImage } from '../../page/image.ts';
import { barLineX, headX } from './symbol-place.ts';

/** A staff image with a head centred at each place, and a stem at its right. */
function staffWith(heads: readonly { x: number; y: number; hollow?: boolean }[]) {
  const image = blankImage(200, STAFF_GEOMETRY.rows);
  for (let line = 0; line < 5; line++) fillRect(image, 0, 48 + 8 * line, 200, 49 + 8 * line);
  for (const { x, y, hollow } of heads) {
    fillEllipse(image, x, y, 4.8, 3.5);
    if (hollow)
      for (let row = Math.round(y) - 1; row <= y; row++)
        image.data.fill(255, row * 200 + Math.round(x) - 2, row * 200 + Math.round(x) + 2);
    fillRect(image, x + 4, y - 28, x + 5, y);
  }
  return image;
}

describe('the place of a head', () => {
  it.each([
    ['full', false],
    ['hollow', true],
  ])('is found from half a head away, %s ones too', (_, hollow) => {
    const image = staffWith([{ x: 100, y: 68.5, hollow }]);
    for (const off of [-5, -2, 0, 3, 5])
      expect(Math.abs(headX(image, 100 + off, 68.5) - 100)).toBeLessThan(1);
  });

  it('is not that of the neighbour', () => {
    const image = staffWith([
      { x: 100, y: 68.5 },
      { x: 114, y: 68.5 },
    ]);
    expect(Math.abs(headX(image, 103, 68.5) - 100)).toBeLessThan(1);
    expect(Math.abs(headX(image, 111, 68.5) - 114)).toBeLessThan(1);
  });

  it('stays where the decoder looked if nothing is drawn there', () => {
    expect(headX(blankImage(200, STAFF_GEOMETRY.rows), 77, 60.5)).toBe(77);
  });
});

describe('the place of a bar line', () => {
  it('is that of its stroke, of the nearest one where it has two', () => {
    const image = staffWith([{ x: 80, y: 68.5 }]);
    fillRect(image, 99, 48, 101, 81);
    fillRect(image, 150, 48, 151, 81);
    fillRect(image, 154, 48, 158, 81);
    for (const off of [-6, -3, 0, 4, 6]) expect(Math.abs(barLineX(image, 100 + off) - 100)).toBeLessThan(1);
    expect(Math.abs(barLineX(image, 152) - 150.5)).toBeLessThan(1);
  });

  it('stays where the decoder looked if nothing is drawn there', () => {
    expect(barLineX(blankImage(200, STAFF_GEOMETRY.rows), 77)).toBe(77);
  });
});
