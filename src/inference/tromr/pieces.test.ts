import { describe, expect, test } from 'vitest';
import { blankImage } from '../../page/image.ts';
import { cutStaff } from './pieces.ts';

/** A staff image whose columns can be told apart. */
function ramp(width: number) {
  const image = blankImage(width, 128);
  for (let i = 0; i < image.data.length; i++) image.data[i] = (i % width) % 251;
  return image;
}

describe('a wide staff', () => {
  test('that fits is left whole', () => {
    const image = ramp(1280);
    expect(cutStaff(image, [600], 1280)).toEqual([{ image, left: 0 }]);
  });

  test('is cut after the last bar line that fits', () => {
    const pieces = cutStaff(ramp(2000), [400, 1100, 1279, 1700], 1280);
    expect(pieces.map(({ left, image }) => [left, image.width])).toEqual([
      [0, 1104],
      [1104, 896],
    ]);
    expect(pieces[1]?.image.data[0]).toBe(1104 % 251);
  });

  test('without bar lines is cut where there is least ink, and nothing is lost', () => {
    const image = blankImage(3000, 128, 0);
    for (let y = 0; y < 128; y++) image.data[y * 3000 + 1200] = 255;
    const pieces = cutStaff(image, [], 1280);
    expect(pieces[0]?.image.width).toBe(1200);
    expect(pieces.reduce((sum, piece) => sum + piece.image.width, 0)).toBe(3000);
    for (const piece of pieces) expect(piece.image.width).toBeLessThanOrEqual(1280);
  });
});
