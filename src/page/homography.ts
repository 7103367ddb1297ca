import type { Point } from './image.ts';

/** The nine numbers of a plane's projective map, row by row: (x, y, 1) goes to the ray of M (x, y, 1). */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** Upper left, upper right, lower right, lower left. */
export type Quad = readonly [Point, Point, Point, Point];

/**
 * The map from the unit square to a quadrilateral (Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989,
 * section 2.2.3). The corners of the square in the order of `Quad` are (0,0), (1,0), (1,1), (0,1).
 */
export function fromUnitSquare([p0, p1, p2, p3]: Quad): Homography {
  const dx1 = p1.x - p2.x;
  const dx2 = p3.x - p2.x;
  const dx3 = p0.x - p1.x + p2.x - p3.x;
  const dy1 = p1.y - p2.y;
  const dy2 = p3.y - p2.y;
  const dy3 = p0.y - p1.y + p2.y - p3.y;
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / area;
  const h = (dx1 * dy3 - dx3 * dy1) / area;
  return [
    p1.x - p0.x + g * p1.x,
    p3.x - p0.x + h * p3.x,
    p0.x,
    p1.y - p0.y + g * p1.y,
    p3.y - p0.y + h * p3.y,
    p0.y,
    g,
    h,
    1,
  ];
}

export function project(m: Homography, { x, y }: Point): Point {
  const w = m[6] * x + m[7] * y + m[8];
  return { x: (m[0] * x + m[1] * y + m[2]) / w, y: (m[3] * x + m[4] * y + m[5]) / w };
}

/** Whether the corners go round clockwise without crossing and bend everywhere the same way. */
export function isConvex(quad: Quad): boolean {
  return quad.every((at, i) => {
    const [next, after] = [quad[(i + 1) % 4] as Point, quad[(i + 2) % 4] as Point];
    return (next.x - at.x) * (after.y - next.y) - (next.y - at.y) * (after.x - next.x) > 0;
  });
}

/** Sides of the upright picture of a quadrilateral: as long as the longer of each two that face each other, whole px. */
export function flatSize([p0, p1, p2, p3]: Quad): { width: number; height: number } {
  const side = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y);
  return {
    width: Math.max(1, Math.round(Math.max(side(p0, p1), side(p3, p2)))),
    height: Math.max(1, Math.round(Math.max(side(p0, p3), side(p1, p2)))),
  };
}

/** Pixels in RGBA, row by row. */
export type ColourImage = { width: number; height: number; data: Uint8ClampedArray };

/**
 * Rows `top` to `top + rows` of the picture that shows a quadrilateral of `image` upright, `size` large: sampled
 * bilinearly at pixel centres; beyond the image its edge goes on.
 */
export function flatten(
  image: ColourImage,
  quad: Quad,
  size: { width: number; height: number },
  top: number,
  rows: number,
): Uint8ClampedArray<ArrayBuffer> {
  const map = fromUnitSquare(quad);
  const out = new Uint8ClampedArray(size.width * rows * 4);
  for (let row = 0, to = 0; row < rows; row++)
    for (let column = 0; column < size.width; column++, to += 4) {
      const u = (column + 0.5) / size.width;
      const v = (top + row + 0.5) / size.height;
      const w = map[6] * u + map[7] * v + 1;
      const x = (map[0] * u + map[1] * v + map[2]) / w - 0.5;
      const y = (map[3] * u + map[4] * v + map[5]) / w - 0.5;
      sample(image, x, y, out, to);
    }
  return out;
}

function sample(
  { width, height, data }: ColourImage,
  x: number,
  y: number,
  out: Uint8ClampedArray,
  to: number,
) {
  const left = Math.min(Math.max(x, 0), width - 1);
  const above = Math.min(Math.max(y, 0), height - 1);
  const x0 = Math.floor(left);
  const y0 = Math.floor(above);
  const fx = left - x0;
  const fy = above - y0;
  const a = 4 * (y0 * width + x0);
  const b = x0 + 1 < width ? a + 4 : a;
  const down = y0 + 1 < height ? 4 * width : 0;
  for (let i = 0; i < 4; i++) {
    const upper = (data[a + i] as number) * (1 - fx) + (data[b + i] as number) * fx;
    const lower = (data[a + down + i] as number) * (1 - fx) + (data[b + down + i] as number) * fx;
    out[to + i] = upper * (1 - fy) + lower * fy;
  }
}
