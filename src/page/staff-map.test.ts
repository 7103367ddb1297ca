import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StaffCurve } from './staff-curve.ts';
import { staffMap, toPhoto, toStaff } from './staff-map.ts';

/** Lines 12 px apart whose height is a slope and a wave along x. */
function curve(slope: number, wave: number): StaffCurve {
  const count = 61;
  const ys = new Float32Array(count * 5);
  for (let n = 0; n < count; n++) {
    for (let line = 0; line < 5; line++) {
      ys[n * 5 + line] = 300 + slope * n * 12 + wave * Math.sin(n / 8) + 12 * line;
    }
  }
  return { x0: 50, step: 12, count, ys, left: 50, right: 770, space: 12 };
}

const someCurve = fc
  .tuple(fc.double({ min: -0.2, max: 0.2, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }))
  .map(([slope, wave]) => curve(slope, wave));
const someLean = fc.array(fc.double({ min: -0.25, max: 0.25, noNaN: true }), { minLength: 1, maxLength: 6 });

describe('staffMap', () => {
  test('begins 1.5 spaces left of the lines and ends a space right of them, 8 px a space', () => {
    const map = staffMap(curve(0, 0));
    expect(map.width).toBe(12 + 60 * 8 + 8);
    expect(toPhoto(map, { x: 12, y: 48.5 })).toEqual({ x: 50, y: 300 });
    const end = toPhoto(map, { x: map.width - 8, y: 80.5 });
    expect(end.x).toBeCloseTo(770, 3);
    expect(end.y).toBeCloseTo(348, 3);
  });

  test('goes on above and below the lines at the same spacing', () => {
    const map = staffMap(curve(0, 0));
    expect(toPhoto(map, { x: 100, y: 0.5 }).y).toBeCloseTo(300 - 72, 3);
    expect(toPhoto(map, { x: 100, y: 127.5 }).y).toBeCloseTo(348 + (47 * 12) / 8, 3);
  });

  test('stands at right angles to slanting lines, or leans as it is told', () => {
    const upright = staffMap(curve(0.2, 0));
    const a = toPhoto(upright, { x: 200, y: 48.5 });
    const b = toPhoto(upright, { x: 200, y: 80.5 });
    expect((b.x - a.x) / (b.y - a.y)).toBeCloseTo(-0.2, 3);
    const leaning = staffMap(curve(0, 0), [0.1]);
    const c = toPhoto(leaning, { x: 200, y: 48.5 });
    const d = toPhoto(leaning, { x: 200, y: 80.5 });
    expect((d.x - c.x) / (d.y - c.y)).toBeCloseTo(0.1, 3);
  });

  test('toStaff undoes toPhoto anywhere in the image', () => {
    fc.assert(
      fc.property(
        someCurve,
        someLean,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 128, noNaN: true }),
        (lines, lean, along, y) => {
          const map = staffMap(lines, lean);
          const x = along * map.width;
          const back = toStaff(map, toPhoto(map, { x, y }));
          expect(Math.hypot(back.x - x, back.y - y)).toBeLessThan(0.05);
        },
      ),
      { numRuns: 200 },
    );
  });
});
