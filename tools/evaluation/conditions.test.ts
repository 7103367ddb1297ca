import { describe, expect, it } from 'vitest';
import { blankImage, type GreyImage } from '../../src/page/image.ts';
import type { ReadStaff } from './collect.ts';
import { conditionsOf } from './conditions.ts';

/** A staff of 600 px with lines 20 px apart that rise by `slope`, each `edge` px from ink to paper. */
function drawn(slope: number, edge: number): { photo: GreyImage; staff: ReadStaff } {
  const photo = blankImage(600, 240);
  const height = (line: number, x: number) => 80.5 + 20 * line - slope * x;
  for (let x = 0; x < 600; x++)
    for (let line = 0; line < 5; line++)
      for (let y = 0; y < 240; y++) {
        const distance = Math.max(0, Math.abs(y + 0.5 - height(line, x)) - 1);
        const at = y * 600 + x;
        photo.data[at] = Math.min(photo.data[at] ?? 255, Math.min(255, (255 * distance) / edge));
      }
  const lines = Array.from({ length: 5 }, (_, line) =>
    Array.from({ length: 20 }, (_, i): [number, number] => [30 * i, height(line, 30 * i)]),
  );
  return { photo, staff: { box: [0, 60, 600, 120], lines, looks: [], draft: [] } };
}

describe('the conditions of a staff', () => {
  it('are its space, tilt and bend, and how blurred its lines are', () => {
    const sharp = drawn(0, 1);
    const level = conditionsOf(sharp.photo, sharp.staff, 12);
    expect(level.space).toBeCloseTo(20);
    expect(level.tilt).toBeCloseTo(0);
    expect(level.bend).toBeCloseTo(0);
    expect(level.tokens).toBe(12);
    const blurred = drawn(0.05, 6);
    const tilted = conditionsOf(blurred.photo, blurred.staff, 12);
    expect(tilted.tilt).toBeCloseTo(2.86, 1);
    expect(tilted.blur).toBeGreaterThan(3 * (level.blur ?? 1));
  });

  it('say nothing of blur on blank paper, and of the photo where no staff was found', () => {
    const { staff } = drawn(0, 1);
    expect(conditionsOf(blankImage(600, 240), staff, 3).blur).toBeUndefined();
    expect(conditionsOf(blankImage(600, 240), { ...staff, lines: [] }, 3)).toEqual({ tokens: 3 });
  });
});
