import { align } from './edit-distance.ts';

/** A system as far as it decides which of its staves belong together. */
export interface SystemShape {
  /** Clef at the head of each staff, from the top; empty where none was read. */
  clefs: readonly string[];
  /** First and last index of the staves that each brace or bracket joins. */
  braces: readonly (readonly [number, number])[];
}

export interface Layout {
  /** Number of staves of each part from the top, and its bracket. */
  parts: { staves: number; group?: number }[];
  /** For each system, the staff of the layout (counted through all parts) that each of its staves is; rising. */
  places: number[][];
}

/**
 * Parts of a piece and where each system's staves belong. The fullest system (of several, the one seen most often) is the
 * layout; staves that other systems leave out are found by clef and brace. A brace around two staves, or around three that end
 * in a bass clef, is one part; longer ones are brackets around parts. Two staves alone, treble over bass, are one part
 * even if their brace was not seen.
 */
export function layoutOf(systems: readonly SystemShape[]): Layout {
  const fullest = fullestOf(systems);
  if (!fullest) return { parts: [], places: [] };
  const firsts = new Map<number, number>();
  for (const [first, last] of partBraces(fullest)) firsts.set(first, last - first + 1);
  const parts: Layout['parts'] = [];
  const brackets = fullest.braces.filter(([first, last]) => (firsts.get(first) ?? 0) < last - first + 1);
  for (let staff = 0; staff < fullest.clefs.length; ) {
    const staves = firsts.get(staff) ?? 1;
    const group = brackets.findIndex(([first, last]) => first <= staff && staff + staves - 1 <= last);
    parts.push(group < 0 ? { staves } : { staves, group: group + 1 });
    staff += staves;
  }
  return { parts, places: systems.map((system) => placesIn(fullest, system)) };
}

function fullestOf(systems: readonly SystemShape[]): SystemShape | undefined {
  const most = Math.max(0, ...systems.map(({ clefs }) => clefs.length));
  const full = systems.filter(({ clefs }) => clefs.length === most);
  const times = (system: SystemShape) =>
    full.filter((other) => JSON.stringify(other.braces) === JSON.stringify(system.braces)).length;
  return [...full].sort((a, b) => times(b) - times(a))[0];
}

/** The braces that join staves of one part, outermost kept where two overlap. */
function partBraces({ clefs, braces }: SystemShape): [number, number][] {
  const joined: [number, number][] = [];
  const inner = [...braces].sort(([a, b], [c, d]) => b - a - (d - c));
  for (const [first, last] of inner) {
    const size = last - first + 1;
    const isPart = size === 2 || (size === 3 && isBass(clefs[last]));
    const overlaps = joined.some(([a, b]) => first <= b && a <= last);
    if (isPart && !overlaps && first >= 0 && last < clefs.length) joined.push([first, last]);
  }
  const [upper, lower] = clefs;
  if (joined.length === 0 && clefs.length === 2 && upper?.startsWith('clef-G') && isBass(lower))
    return [[0, 1]];
  return joined;
}

function isBass(clef: string | undefined): boolean {
  return clef?.startsWith('clef-F') ?? false;
}

function placesIn(full: SystemShape, system: SystemShape): number[] {
  if (system.clefs.length === full.clefs.length) return [...full.clefs.keys()];
  const braced = (shape: SystemShape, staff: number) =>
    shape.braces.some(([first, last]) => last - first <= 2 && first <= staff && staff <= last);
  const pairs = align([...full.clefs.keys()], [...system.clefs.keys()], {
    pair: (a, b) =>
      (full.clefs[a] === system.clefs[b] ? 0 : 1) + (braced(full, a) === braced(system, b) ? 0 : 2),
    left: () => 1,
    // Every staff of the system has its place in the layout.
    right: () => 1000,
  });
  return pairs.flatMap(({ left, right }) => (left === undefined || right === undefined ? [] : [left]));
}
