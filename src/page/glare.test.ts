import { describe, expect, it } from 'vitest';
import { type DrawnStaff, drawStaff, FLAT, photographSheet } from './drawn-page.ts';
import { blankImage, type GreyImage } from './image.ts';
import { clamp } from './numbers.ts';
import { readStaffCrop } from './read-page.ts';

const STAFF: DrawnStaff = { x: 40, y: 60, length: 920, space: 14 };

function crop(): GreyImage {
  const sheet = blankImage(1000, 180);
  drawStaff(sheet, STAFF);
  return photographSheet(sheet, FLAT);
}

/** Light that burns thin lines away left of `until`, and fades over a third of the width; heads and clefs stay. */
function inGlare({ width, height, data }: GreyImage, until: number): GreyImage {
  const burnt = data.map((level, i) => {
    const part = clamp(1 - ((i % width) - until) / 300, 0, 1);
    const isThin = [i - 3 * width, i + 3 * width].every((beside) => (data[beside] ?? 255) > 90);
    return clamp(level + part * (isThin ? 1.2 * (255 - level) + 60 : 60), 0, 255);
  });
  return { width, height, data: burnt };
}

describe('a staff whose end lies in glare', { timeout: 30_000 }, () => {
  it('is followed to its clef', () => {
    const burnt = inGlare(crop(), 450);
    const left = readStaffCrop(burnt)?.box[0] ?? 1000;
    expect(left).toBeGreaterThan(STAFF.x - STAFF.space);
    expect(left).toBeLessThan(STAFF.x + 3 * STAFF.space);
  });

  it('ends with its lines where nothing is overexposed', () => {
    const left = readStaffCrop(crop())?.box[0] ?? 0;
    expect(Math.abs(left - STAFF.x)).toBeLessThan(0.3 * STAFF.space);
  });
});
