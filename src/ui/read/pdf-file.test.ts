import { describe, expect, it } from 'vitest';
import { MAX_KEPT_PIXELS } from '../../workers/decode-photo.ts';
import { printScale, problemOf } from './pdf-file.ts';

describe('pages of a PDF', () => {
  it('are drawn at 300 dots an inch', () => {
    // A4 is 595 × 842 points: 2480 × 3508 px.
    expect(Math.round(595.28 * printScale(595.28, 841.89))).toBe(2480);
  });

  it('are drawn smaller where that would be too much to keep', () => {
    const scale = printScale(2384, 3370);
    expect(Math.ceil(2384 * scale) * Math.ceil(3370 * scale)).toBeLessThanOrEqual(MAX_KEPT_PIXELS);
    expect(scale).toBeGreaterThan(1);
  });

  it('that are locked are told from damaged ones', () => {
    expect(problemOf(Object.assign(new Error(), { name: 'PasswordException' }))).toBe('password');
    expect(problemOf(Object.assign(new Error(), { name: 'InvalidPDFException' }))).toBe('damaged');
  });
});
