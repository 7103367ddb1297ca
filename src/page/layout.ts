import type { GreyImage, Point } from './image.ts';
import { median } from './numbers.ts';
import { findJoin, type JoinableStaff } from './systems.ts';

/** A system as index ranges into a list of staves. */
export type Group = {
  /** First and last staff of the system, inclusive. */
  staves: [number, number];
  /** Inclusive ranges, counted from the system's first staff, that a brace, or a bracket, joins. */
  braces: [number, number][];
  brackets: [number, number][];
};

/** What is needed of a staff to see where it stands on its page. */
type PlacedStaff = { box: [number, number, number, number]; lines: Point[][]; space: number };

type Column<T> = { left: number; right: number; staves: T[] };

/** A column at the photo's edge whose staves are all cut off, none more than this of the widest column's. */
const STUB = 0.55;
/** How near to the photo's edge a staff that is cut off ends, in spaces. */
const AT_EDGE = 1.5;

/**
 * Staves in reading order: column after column (the pages of an open book), top to bottom, left to right.
 * What the photo shows of the opposite page, cut off at its edge, is left out.
 */
export function readingOrder<T extends PlacedStaff>(staves: readonly T[], photoWidth: number): T[] {
  const columns = columnsOf(staves);
  const widest = Math.max(0, ...columns.map(widthOf));
  const isStub = (column: Column<T>) =>
    widthOf(column) < STUB * widest &&
    column.staves.every(
      ({ box: [x, , width], space }) => x < AT_EDGE * space || x + width > photoWidth - AT_EDGE * space,
    );
  return columns.filter((column) => !isStub(column)).flatMap(({ staves: own }) => own.sort(byPlace));
}

function widthOf({ staves }: Column<PlacedStaff>): number {
  return Math.max(...staves.map(({ box }) => box[2]));
}

/** Columns from left to right, along the page's own slant. */
function columnsOf<T extends PlacedStaff>(staves: readonly T[]): Column<T>[] {
  const slope = median(staves.map(slopeOf));
  const columns: Column<T>[] = [];
  // Widest first, so that a page's column is as wide as its widest staff before short staves are sorted in.
  for (const staff of [...staves].sort((a, b) => b.box[2] - a.box[2])) {
    const [x, y, width, height] = staff.box;
    const left = x + slope * (y + height / 2);
    const right = left + width;
    const home = columns.find(
      (c) => Math.min(c.right, right) - Math.max(c.left, left) > 0.5 * Math.min(width, c.right - c.left),
    );
    if (!home) columns.push({ left, right, staves: [staff] });
    else {
      home.left = Math.min(home.left, left);
      home.right = Math.max(home.right, right);
      home.staves.push(staff);
    }
  }
  return columns.sort((a, b) => a.left - b.left);
}

/** Fall of a staff's middle line from left to right. */
function slopeOf({ lines }: PlacedStaff): number {
  const middle = lines[2] ?? [];
  const [first, last] = [middle[0], middle.at(-1)];
  return first && last && last.x > first.x ? (last.y - first.y) / (last.x - first.x) : 0;
}

function byPlace(a: { box: number[] }, b: { box: number[] }): number {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = a.box;
  const [bx = 0, by = 0, bw = 0, bh = 0] = b.box;
  const apart = ax + aw <= bx || bx + bw <= ax;
  const sameRow = Math.abs(ay + ah / 2 - by - bh / 2) < Math.min(ah, bh);
  return apart && sameRow ? ax - bx : ay + ah / 2 - by - bh / 2;
}

/** Joins staves that are given in reading order into systems. */
export function groupSystems(photo: GreyImage, staves: readonly JoinableStaff[]): Group[] {
  const groups: Group[] = [];
  staves.forEach((staff, i) => {
    const above = staves[i - 1];
    const group = groups[groups.length - 1];
    const join = above ? findJoin(photo, above, staff) : undefined;
    if (!group || !join?.system) {
      groups.push({ staves: [i, i], braces: [], brackets: [] });
      return;
    }
    group.staves[1] = i;
    if (join.sign === 'none') return;
    const ranges = join.sign === 'brace' ? group.braces : group.brackets;
    const at = i - group.staves[0];
    const last = ranges[ranges.length - 1];
    if (last && last[1] === at - 1) last[1] = at;
    else ranges.push([at - 1, at]);
  });
  return groups;
}
