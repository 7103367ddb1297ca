import { describe, expect, it } from 'vitest';
import { flatSize, flatten, fromUnitSquare, isConvex, project, type Quad } from './homography.ts';

const at = (x: number, y: number) => ({ x, y });
// A sheet that leans back: its upper side is half as long as its lower one.
const trapezium: Quad = [at(25, 0), at(75, 0), at(100, 100), at(0, 100)];

describe('the map from the unit square to a quadrilateral', () => {
  it('takes corners to corners', () => {
    const map = fromUnitSquare(trapezium);
    const corners = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
    corners.forEach((corner, i) => {
      const { x, y } = project(map, corner);
      expect(x).toBeCloseTo(trapezium[i]?.x ?? 0);
      expect(y).toBeCloseTo(trapezium[i]?.y ?? 0);
    });
  });

  it('takes the middle to where the diagonals cross, as a plane in perspective does', () => {
    // By similar triangles the diagonals cross at a third of the way from the side that is half as long.
    const middle = project(fromUnitSquare(trapezium), at(0.5, 0.5));
    expect(middle.x).toBeCloseTo(50);
    expect(middle.y).toBeCloseTo(100 / 3);
  });
});

describe('a page with corners', () => {
  it('becomes as large as its longer sides', () => {
    expect(flatSize([at(0, 0), at(30, 40), at(30, 140), at(0, 60)])).toEqual({ width: 85, height: 100 });
  });

  it('is refused where its sides cross or bend in', () => {
    expect(isConvex(trapezium)).toBe(true);
    expect(isConvex([at(0, 0), at(10, 10), at(10, 0), at(0, 10)])).toBe(false);
    expect(isConvex([at(0, 0), at(10, 0), at(2, 2), at(0, 10)])).toBe(false);
  });

  it('is the same picture if the corners are those of the picture', () => {
    const data = Uint8ClampedArray.from({ length: 4 * 12 }, (_, i) => i * 5);
    const image = { width: 4, height: 3, data };
    const whole: Quad = [at(0, 0), at(4, 0), at(4, 3), at(0, 3)];
    const rows = [0, 1, 2].flatMap((row) => [...flatten(image, whole, image, row, 1)]);
    expect(rows).toEqual([...data]);
  });
});
