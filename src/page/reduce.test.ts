import { describe, expect, test } from 'vitest';
import type { GreyImage } from './image.ts';
import { reduceImage, rotateImage } from './reduce.ts';

const image: GreyImage = { width: 3, height: 2, data: Uint8Array.from([10, 20, 30, 40, 50, 60]) };

describe('reduceImage', () => {
  test('averages whole blocks and what there is of the last ones', () => {
    expect(reduceImage(image, 2, 2)).toEqual({ width: 2, height: 1, data: Uint8Array.from([30, 45]) });
    expect(reduceImage(image, 1, 2)).toEqual({ width: 3, height: 1, data: Uint8Array.from([25, 35, 45]) });
  });

  test('leaves an image as it is by factors of one', () => {
    expect(reduceImage(image, 1, 1)).toBe(image);
  });
});

describe('rotateImage', () => {
  test('turns clockwise', () => {
    expect(rotateImage(image, 90)).toEqual({
      width: 2,
      height: 3,
      data: Uint8Array.from([40, 10, 50, 20, 60, 30]),
    });
    expect(rotateImage(image, 180).data).toEqual(Uint8Array.from([60, 50, 40, 30, 20, 10]));
    expect(rotateImage(image, 270)).toEqual({
      width: 2,
      height: 3,
      data: Uint8Array.from([30, 60, 20, 50, 10, 40]),
    });
  });

  test('comes back after a full circle', () => {
    expect(rotateImage(rotateImage(image, 90), 270)).toEqual(image);
  });
});
