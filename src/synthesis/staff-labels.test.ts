import { describe, expect, it } from 'vitest';
import { blankImage, type GreyImage, type Point } from '../page/image.ts';
import { pyramid } from '../page/rectify.ts';
import { cutStaff, drawCut } from './cut-staff.ts';
import { createRandom } from './random.ts';
import { drawErrors, matchStaff, NO_ERRORS, type PlacedStaff, rectifyKnown } from './staff-labels.ts';

const LABEL: PlacedStaff = {
  left: 60,
  right: 560,
  lines: [100, 112, 124, 136, 148],
  places: [
    { x: 80, y: 124 },
    { x: 300, y: 130 },
    { x: 550, y: 124 },
  ],
};

/** The labelled staff drawn on a page: five lines and a square dot at each place. */
function page(): GreyImage {
  const image = blankImage(640, 240);
  for (const y of LABEL.lines) {
    for (let x = LABEL.left; x < LABEL.right; x++) image.data[y * 640 + x] = 0;
  }
  for (const { x, y } of LABEL.places) {
    for (let j = -4; j <= 4; j++) for (let i = -4; i <= 4; i++) image.data[(y + j) * 640 + x + i] = 0;
  }
  return image;
}

const same = (p: Point) => p;

describe('rectifyKnown', { timeout: 30_000 }, () => {
  it('puts the lines on the rows of the staff geometry and the places on their symbols', () => {
    const found = rectifyKnown(
      pyramid(page()),
      { ...LABEL, lines: LABEL.lines.map((y) => y + 0.5) },
      same,
      NO_ERRORS,
    );
    const { image } = found;
    for (const row of [48, 56, 64, 72, 80]) {
      const level = (y: number) => image.data[y * image.width + 100] ?? 255;
      expect(level(row)).toBeLessThan(level(row - 2));
      expect(level(row)).toBeLessThan(level(row + 2));
    }
    const match = matchStaff(LABEL, found, same);
    if (!match.ok) throw new Error(match.cause);
    const [first, , last] = match.places as [Point, Point, Point];
    expect(first.x).toBeCloseTo(12 + ((80 - 60) * 8) / 12, 1);
    expect(last.x).toBeCloseTo(12 + ((550 - 60) * 8) / 12, 1);
    expect(image.data[64 * image.width + Math.floor(first.x)]).toBe(0);
  });

  it('keeps the labels true under the errors of a rectifier', () => {
    const random = createRandom(5);
    for (let k = 0; k < 20; k++) {
      const found = rectifyKnown(pyramid(page()), LABEL, same, drawErrors(random));
      const match = matchStaff(LABEL, found, same);
      if (!match.ok) throw new Error(match.cause);
      for (const { x, y } of match.places) {
        expect(found.image.data[Math.floor(y) * found.image.width + Math.floor(x)]).toBeLessThan(90);
      }
    }
  });
});

describe('matchStaff', () => {
  it('refuses a staff whose lines are another’s, whose ends are wrong, or that lost a symbol', () => {
    const found = rectifyKnown(pyramid(page()), LABEL, same, NO_ERRORS);
    const lower = { ...LABEL, lines: LABEL.lines.map((y) => y + 24) };
    expect(matchStaff(lower, found, same)).toEqual({ ok: false, cause: 'lines' });
    expect(matchStaff({ ...LABEL, right: 480 }, found, same)).toEqual({ ok: false, cause: 'ends' });
    const far = { ...LABEL, places: [{ x: 300, y: 330 }] };
    expect(matchStaff(far, found, same)).toEqual({ ok: false, cause: 'outside' });
  });
});

describe('cutStaff', { timeout: 30_000 }, () => {
  it('crops closely without losing a symbol or its place', () => {
    const found = rectifyKnown(pyramid(page()), LABEL, same, NO_ERRORS);
    const match = matchStaff(LABEL, found, same);
    if (!match.ok) throw new Error(match.cause);
    const random = createRandom(3);
    for (let k = 0; k < 20; k++) {
      const cut = drawCut(random, found.image.width, match.places);
      const { image, places } = cutStaff(found.image, match.places, cut);
      expect(image.width).toBeLessThanOrEqual(found.image.width);
      for (const { x, y } of places) {
        expect(image.data[Math.floor(y) * image.width + Math.floor(x)]).toBe(0);
      }
    }
  });
});
