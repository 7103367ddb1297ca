import { describe, expect, it } from 'vitest';
import { jpegLoss, quantisationTable } from './camera-jpeg.ts';

/** A slanted dark stroke over a soft ramp, 43 x 29: no multiple of 8. */
function picture(): Float32Array {
  return Float32Array.from({ length: 43 * 29 }, (_, k) => {
    const x = k % 43;
    const y = Math.floor(k / 43);
    return Math.abs(x - y) < 3 ? 20 : 180 + x;
  });
}

const meanError = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, k) => sum + Math.abs(value - (b[k] ?? 0)), 0) / a.length;

describe('jpegLoss', () => {
  it('gives the picture back but for rounding at the best quality', () => {
    const levels = picture();
    jpegLoss(levels, 43, 29, 100);
    expect(meanError(levels, picture())).toBeLessThan(0.5);
  });

  it('loses more at lower quality', () => {
    const errors = [95, 75, 40, 10].map((quality) => {
      const levels = picture();
      jpegLoss(levels, 43, 29, quality);
      return meanError(levels, picture());
    });
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
    expect(errors[3]).toBeGreaterThan(3);
  });

  it('leaves a flat picture flat', () => {
    const levels = new Float32Array(64 * 4).fill(201);
    jpegLoss(levels, 16, 16, 60);
    expect(new Set(levels).size).toBe(1);
    expect(Math.abs((levels[0] ?? 0) - 201)).toBeLessThan(2);
  });

  it('works on blocks: what changes in one block leaves the others alone', () => {
    const plain = new Float32Array(16 * 8).fill(200);
    const spotted = plain.slice();
    spotted[3 * 16 + 4] = 0;
    jpegLoss(plain, 16, 8, 30);
    jpegLoss(spotted, 16, 8, 30);
    for (let y = 0; y < 8; y++) {
      expect(spotted.slice(y * 16 + 8, y * 16 + 16)).toEqual(plain.slice(y * 16 + 8, y * 16 + 16));
    }
    expect(spotted.slice(0, 8)).not.toEqual(plain.slice(0, 8));
  });

  it('scales the quantisation table as libjpeg does', () => {
    expect([...quantisationTable(50)].slice(0, 3)).toEqual([16, 11, 10]);
    expect([...quantisationTable(100)].every((q) => q === 1)).toBe(true);
    expect(quantisationTable(25)[0]).toBe(32);
  });
});
