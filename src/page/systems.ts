import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage, Point } from './image.ts';
import { clamp, median } from './numbers.ts';
import { type StaffMap, toPhoto } from './staff-map.ts';

const { space: SPACE, topLine: TOP_LINE, leftMargin } = STAFF_GEOMETRY;
const TOP = TOP_LINE + 0.5;
const BOTTOM = TOP + 4 * SPACE;
/** Inked share of a line that joins two staves: seen in part it is .36 and more, between systems it is .2 at most. */
const LEAST_LINE = 0.5;

/** What is needed of a staff to see how it is joined to its neighbours. */
export type JoinableStaff = {
  map: StaffMap;
  space: number;
  barLines: number[];
  box: [number, number, number, number];
};

/** How two staves, one above the other, are joined. */
export type Join = {
  /** One line at the left or bar lines run from one to the other: they sound together. */
  system: boolean;
  /** What stands left of them and spans the room between them. */
  sign: 'brace' | 'bracket' | 'none';
};

/** Looks at the room between a staff and the one below it. */
export function findJoin(photo: GreyImage, upper: JoinableStaff, lower: JoinableStaff): Join {
  if (!isBelow(upper, lower)) return { system: false, sign: 'none' };
  const left = leftMargin * SPACE;
  const line = lineBetween(photo, upper, lower, left, left) > LEAST_LINE;
  const system = line || joiningBars(photo, upper, lower) >= 2;
  return { system, sign: system ? leftSign(photo, upper, lower) : 'none' };
}

/** Whether the lower staff lies below the upper one, over a good part of its width, and not too far away. */
function isBelow(upper: JoinableStaff, lower: JoinableStaff): boolean {
  const [ux, uy, uw, uh] = upper.box;
  const [lx, ly, lw] = lower.box;
  const shared = Math.min(ux + uw, lx + lw) - Math.max(ux, lx);
  return shared > 0.6 * Math.min(uw, lw) && ly > uy && ly - (uy + uh) < 30 * upper.space;
}

/** Bar lines of the upper staff that run on to the lower one. */
function joiningBars(photo: GreyImage, upper: JoinableStaff, lower: JoinableStaff): number {
  const inner = upper.barLines.filter((x) => x > 3 * SPACE);
  return inner.filter((x) => {
    const below = toPhoto(upper.map, { x, y: BOTTOM });
    const target = lower.barLines.find(
      (u) => Math.abs(toPhoto(lower.map, { x: u, y: TOP }).x - below.x) < 2 * upper.space,
    );
    return target !== undefined && lineBetween(photo, upper, lower, x, target) > 0.9;
  }).length;
}

/** The darkest near-straight path from the upper staff's bottom line to the lower one's top line: its inked share. */
function lineBetween(
  photo: GreyImage,
  upper: JoinableStaff,
  lower: JoinableStaff,
  upperX: number,
  lowerX: number,
): number {
  let best = 0;
  for (let shift = -0.6; shift <= 0.61; shift += 0.15) {
    for (let slant = -0.45; slant <= 0.46; slant += 0.15) {
      const path = pathBetween(upper, lower, upperX + shift * SPACE, lowerX + (shift + slant) * SPACE);
      best = Math.max(best, inkedShare(photo, path, upper.space));
    }
  }
  return best;
}

/** Points from just below the upper staff to just above the lower one, a sixth of a space apart. */
function pathBetween(upper: JoinableStaff, lower: JoinableStaff, upperX: number, lowerX: number): Point[] {
  const a = toPhoto(upper.map, { x: upperX, y: BOTTOM + 3 });
  const b = toPhoto(lower.map, { x: lowerX, y: TOP - 3 });
  const count = Math.max(4, Math.ceil((6 * Math.hypot(b.x - a.x, b.y - a.y)) / upper.space));
  return Array.from({ length: count + 1 }, (_, i) => ({
    x: a.x + ((b.x - a.x) * i) / count,
    y: a.y + ((b.y - a.y) * i) / count,
  }));
}

/** The share of points that are darker than the paper a little to both sides of them. */
function inkedShare(photo: GreyImage, path: Point[], space: number): number {
  let inked = 0;
  for (const p of path) if (darkAt(photo, p, space)) inked++;
  return inked / path.length;
}

function darkAt(photo: GreyImage, p: Point, space: number): boolean {
  const here = Math.min(levelAtPoint(photo, p.x, p.y), levelAtPoint(photo, p.x + 0.1 * space, p.y));
  const beside = Math.max(
    levelAtPoint(photo, p.x - 0.7 * space, p.y),
    levelAtPoint(photo, p.x + 0.8 * space, p.y),
  );
  return here < 0.82 * beside;
}

function levelAtPoint(photo: GreyImage, x: number, y: number): number {
  const column = clamp(Math.floor(x), 0, photo.width - 1);
  const row = clamp(Math.floor(y), 0, photo.height - 1);
  return photo.data[row * photo.width + column] as number;
}

/**
 * Looks left of the line that joins two staves. A brace swings from side to side there, a bracket is one straight
 * heavy stroke: both leave no height of the room between the staves free of ink.
 */
function leftSign(photo: GreyImage, upper: JoinableStaff, lower: JoinableStaff): Join['sign'] {
  const left = leftMargin * SPACE;
  const step = 0.1;
  const offsets = Array.from({ length: 20 }, (_, i) => 0.35 + i * step);
  const paths = offsets.map((o) => pathBetween(upper, lower, left - o * SPACE, left - o * SPACE));
  const paper = median(
    paths
      .flatMap((path) => path.map((p) => levelAtPoint(photo, p.x, p.y)))
      .sort((a, b) => b - a)
      .slice(0, 200),
  );
  const rows = Math.min(...paths.map((path) => path.length));
  let covered = 0;
  const inkedAt = offsets.map(() => 0);
  for (let i = 0; i < rows; i++) {
    let any = false;
    paths.forEach((path, o) => {
      const p = path[Math.floor((i * path.length) / rows)];
      if (!p || levelAtPoint(photo, p.x, p.y) >= 0.75 * paper) return;
      any = true;
      inkedAt[o] = (inkedAt[o] ?? 0) + 1;
    });
    if (any) covered++;
  }
  if (covered < 0.8 * rows) return 'none';
  return Math.max(...inkedAt) > 0.9 * rows ? 'bracket' : 'brace';
}
