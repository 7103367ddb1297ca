import { describe, expect, test } from 'vitest';
import { fillRect } from './drawn-page.ts';
import { blankImage } from './image.ts';
import { darkness, paperGrid } from './threshold.ts';

/** A sheet that is lit from the left, with a bar of ink across it. */
function litSheet() {
  const sheet = blankImage(200, 200);
  fillRect(sheet, 0, 90, 200, 130);
  sheet.data.forEach((level, p) => {
    sheet.data[p] = level * (1 - (p % 200) / 800);
  });
  return sheet;
}

describe('paperGrid and darkness', () => {
  test('tell ink from paper under falling light, beneath ink as wide as a block too', () => {
    const sheet = litSheet();
    const dark = darkness(sheet, paperGrid(sheet, 20, 20));
    for (let x = 2; x < 198; x += 7) {
      expect(dark[20 * 200 + x]).toBeLessThan(0.12);
      expect(dark[110 * 200 + x]).toBeGreaterThan(0.8);
    }
  });

  test('take an image without any light for blank', () => {
    const sheet = blankImage(50, 50, 0);
    expect(darkness(sheet, paperGrid(sheet, 10, 10)).every((d) => d === 1)).toBe(true);
  });
});
