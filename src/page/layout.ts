import type { GreyImage } from './image.ts';
import { findJoin, type JoinableStaff } from './systems.ts';

/** A system as index ranges into a list of staves. */
export type Group = {
  /** First and last staff of the system, inclusive. */
  staves: [number, number];
  /** Inclusive ranges, counted from the system's first staff, that a brace, or a bracket, joins. */
  braces: [number, number][];
  brackets: [number, number][];
};

/** Staves in reading order: column after column (the pages of an open book), top to bottom, left to right. */
export function readingOrder<T extends { box: [number, number, number, number] }>(staves: readonly T[]): T[] {
  const columns: { left: number; right: number; staves: T[] }[] = [];
  // Widest first, so that a page's column is as wide as its widest staff before short staves are sorted in.
  for (const staff of [...staves].sort((a, b) => b.box[2] - a.box[2])) {
    const [x, , width] = staff.box;
    const home = columns.find(
      (c) => Math.min(c.right, x + width) - Math.max(c.left, x) > 0.5 * Math.min(width, c.right - c.left),
    );
    if (!home) columns.push({ left: x, right: x + width, staves: [staff] });
    else {
      home.left = Math.min(home.left, x);
      home.right = Math.max(home.right, x + width);
      home.staves.push(staff);
    }
  }
  return columns.sort((a, b) => a.left - b.left).flatMap((column) => column.staves.sort(byPlace));
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
