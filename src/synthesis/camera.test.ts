import { describe, expect, it } from 'vitest';
import { blankImage, type GreyImage, type Point } from '../page/image.ts';
import { photograph, takePhoto } from './camera.ts';
import { drawRecipe } from './camera-draw.ts';
import { createRandom } from './random.ts';

/** A page of staff lines every 12 px and of square dots 13 px wide at known places, well apart. */
function testPage(): { page: GreyImage; dots: Point[] } {
  const page = blankImage(900, 1200);
  const dots: Point[] = [];
  for (let y = 100; y <= 1100; y += 125) {
    for (let x = 80; x <= 820; x += 148) {
      for (let j = -6; j <= 6; j++) {
        for (let i = -6; i <= 6; i++) page.data[(y + j) * page.width + x + i] = 0;
      }
      dots.push({ x: x + 0.5, y: y + 0.5 });
    }
  }
  return { page, dots };
}

/** Centre of mass of the darkness within `reach` px of a point. */
function darkCentre({ width, height, data }: GreyImage, near: Point, reach: number): Point {
  let [mass, sumX, sumY] = [0, 0, 0];
  const levels: number[] = [];
  const each = (visit: (x: number, y: number, level: number) => void) => {
    for (let y = Math.max(0, Math.floor(near.y - reach)); y < Math.min(height, near.y + reach); y++) {
      for (let x = Math.max(0, Math.floor(near.x - reach)); x < Math.min(width, near.x + reach); x++) {
        visit(x + 0.5, y + 0.5, data[y * width + x] ?? 255);
      }
    }
  };
  each((_x, _y, level) => {
    levels.push(level);
  });
  levels.sort((a, b) => a - b);
  const dark = levels[Math.floor(levels.length * 0.03)] ?? 0;
  const paper = levels[Math.floor(levels.length * 0.7)] ?? 255;
  each((x, y, level) => {
    const weight = Math.max(0, (dark + paper) / 2 - level);
    mass += weight;
    sumX += weight * x;
    sumY += weight * y;
  });
  return { x: sumX / mass, y: sumY / mass };
}

describe('photograph', { timeout: 30_000 }, () => {
  it('shows every place of the page where its map says, to half a pixel', () => {
    const { page, dots } = testPage();
    for (const seed of [1, 2]) {
      const recipe = drawRecipe(createRandom(seed), 'photo', 1);
      const steady = {
        ...recipe,
        staffSpace: 8,
        optics: { defocus: 0.05, uneven: null, motion: null },
        paper: { ...recipe.paper, specks: [] },
        framing: { whole: true, left: 0.02, right: 0.02, top: 0.02, bottom: 0.02, part: 0 },
      };
      const { photo, toPhoto } = takePhoto(page, steady, { space: 12 });
      const errors = dots.map((dot) => {
        const expected = toPhoto(dot);
        const seen = darkCentre(photo, expected, 14);
        return Math.hypot(seen.x - expected.x, seen.y - expected.y);
      });
      errors.sort((a, b) => a - b);
      expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThan(0.5);
    }
  });

  it('gives the same photo for the same seed, and another for another', () => {
    const { page } = testPage();
    const take = (seed: number) => photograph(page, createRandom(seed), { space: 12, maxPixels: 400_000 });
    const [first, again, other] = [take(7), take(7), take(8)];
    expect(again.description).toEqual(first.description);
    expect(Buffer.compare(again.photo.data, first.photo.data)).toBe(0);
    expect(Buffer.compare(other.photo.data, first.photo.data)).not.toBe(0);
  });

  it('leaves the page as it is in the profile without a camera', () => {
    const { page } = testPage();
    const { photo, toPhoto } = photograph(page, createRandom(1), { space: 12, profile: 'none' });
    expect([photo.width, photo.height]).toEqual([page.width, page.height]);
    const place = toPhoto({ x: 123.5, y: 456.5 });
    expect(place.x).toBeCloseTo(123.5, 3);
    expect(place.y).toBeCloseTo(456.5, 3);
    const worst = photo.data.reduce(
      (most, level, k) => Math.max(most, Math.abs(level - (page.data[k] ?? 0))),
      0,
    );
    expect(worst).toBeLessThan(6);
  });

  it('keeps photos within the wanted number of pixels', () => {
    const { page } = testPage();
    for (const profile of ['photo', 'screen', 'scan'] as const) {
      const { photo } = photograph(page, createRandom(3), { space: 6, profile, maxPixels: 500_000 });
      expect(photo.width * photo.height).toBeLessThan(505_000);
    }
  });

  it('keeps ink darker than the paper beside it', () => {
    const { page, dots } = testPage();
    for (let seed = 20; seed < 26; seed++) {
      const { photo, toPhoto } = photograph(page, createRandom(seed), { space: 12, maxPixels: 600_000 });
      const contrasts = dots.map((dot) => {
        const ink = toPhoto(dot);
        const paper = toPhoto({ x: dot.x + 22, y: dot.y });
        return level(photo, paper) - level(photo, ink);
      });
      contrasts.sort((a, b) => a - b);
      expect(contrasts[Math.floor(contrasts.length / 2)]).toBeGreaterThan(35);
    }
  });
});

function level({ width, height, data }: GreyImage, p: Point): number {
  const x = Math.min(width - 1, Math.max(0, Math.floor(p.x)));
  const y = Math.min(height - 1, Math.max(0, Math.floor(p.y)));
  return data[y * width + x] ?? 0;
}
