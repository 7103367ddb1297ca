import type { StaffPlace } from '../../inference/tromr/reading.ts';
import type { Quad } from '../../page/homography.ts';
import type { Point } from '../../page/image.ts';
import { clamp, median } from '../../page/numbers.ts';
import { staffSpace } from './staves.ts';
import type { Size } from './zoom.ts';

/** Where corners start when nothing is known: near those of the picture, far enough inside to take hold of. */
export const NEAR_EDGE: Quad = [
  { x: 0.03, y: 0.03 },
  { x: 0.97, y: 0.03 },
  { x: 0.97, y: 0.97 },
  { x: 0.03, y: 0.97 },
];

/** Room left around the staves, in spaces between their lines: ledger lines, words and braces. */
const ROOM = { beside: 6, above: 9 };

/**
 * Corners around all that was found on a picture of this size, as parts of its sides: a rectangle as aslant as the
 * staves are.
 */
export function cornersAround(staves: readonly StaffPlace[], { width, height }: Size): Quad {
  const ends = staves.flatMap(({ lines }) => [lines[0], lines.at(-1)].flatMap((line) => endsOf(line ?? [])));
  if (ends.length === 0) return NEAR_EDGE;
  const slant = median(ends.map(({ from, to }) => Math.atan2(to.y - from.y, to.x - from.x)));
  const space = Math.max(...staves.map(staffSpace));
  const turned = ends.flatMap(({ from, to }) => [turn(from, -slant), turn(to, -slant)]);
  const [xs, ys] = [turned.map(({ x }) => x), turned.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs) - ROOM.beside * space, Math.max(...xs) + ROOM.beside * space];
  const [top, bottom] = [Math.min(...ys) - ROOM.above * space, Math.max(...ys) + ROOM.above * space];
  const corner = (x: number, y: number): Point => {
    const at = turn({ x, y }, slant);
    return { x: clamp(at.x / width, 0, 1), y: clamp(at.y / height, 0, 1) };
  };
  return [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)];
}

function endsOf(line: readonly [number, number][]): { from: Point; to: Point }[] {
  const [from, to] = [line[0], line.at(-1)];
  return from && to ? [{ from: { x: from[0], y: from[1] }, to: { x: to[0], y: to[1] } }] : [];
}

function turn({ x, y }: Point, by: number): Point {
  const [cos, sin] = [Math.cos(by), Math.sin(by)];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}
