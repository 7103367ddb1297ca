import type { Group } from './layout.ts';

type Boxed = { box: [number, number, number, number] };

/** How much farther apart than in a whole system two of its staves may stand in another. */
const LOOSER = 1.5;

const sizeOf = ({ staves: [first, last] }: Group): number => last - first + 1;

/**
 * Systems of a page mostly have the same staves. Where neighbouring groups together make up the largest system of
 * the page, signs and distances alike, they are one system whose joining line was not seen.
 */
export function evenSystems(groups: readonly Group[], staves: readonly Boxed[]): Group[] {
  const size = Math.max(1, ...groups.map(sizeOf));
  const whole = groups.filter((group) => sizeOf(group) === size);
  const widest = Math.max(...whole.map((group) => widestGap(group.staves, staves)));
  const result: Group[] = [];
  for (let i = 0; i < groups.length; ) {
    const parts = partsFrom(groups, i, size);
    const model = parts && whole.find((group) => fits(group, parts));
    const [first, last] = [groups[i], parts?.at(-1)];
    const close = first && last && widestGap([first.staves[0], last.staves[1]], staves) <= LOOSER * widest;
    if (parts && model && first && last && close) {
      result.push({ ...model, staves: [first.staves[0], last.staves[1]] });
      i += parts.length;
    } else {
      if (first) result.push(first);
      i++;
    }
  }
  return result;
}

/** The groups from number `start` on that have `size` staves together, if some do and they are several. */
function partsFrom(groups: readonly Group[], start: number, size: number): Group[] | undefined {
  let sum = 0;
  for (let end = start; end < groups.length && sum < size; ) {
    const group = groups[end++];
    sum += group ? sizeOf(group) : 0;
    if (sum === size && end - start > 1) return groups.slice(start, end);
  }
  return undefined;
}

/** Whether every sign of the parts stands at its place in the whole system too. */
function fits(whole: Group, parts: readonly Group[]): boolean {
  const start = parts[0]?.staves[0] ?? 0;
  return parts.every((part) => {
    const shift = part.staves[0] - start;
    const known = (own: [number, number][], all: [number, number][]) =>
      own.every(([a, b]) => all.some(([from, to]) => from === a + shift && to === b + shift));
    return known(part.braces, whole.braces) && known(part.brackets, whole.brackets);
  });
}

/** The widest way from a staff to the next, middle to middle, px; infinite where one does not lie below the other. */
function widestGap([first, last]: [number, number], staves: readonly Boxed[]): number {
  let widest = 0;
  for (let i = first; i < last; i++) {
    const [upper, lower] = [staves[i]?.box, staves[i + 1]?.box];
    widest = Math.max(widest, upper && lower ? gapBetween(upper, lower) : Number.POSITIVE_INFINITY);
  }
  return widest;
}

/** Where lines slant, the bounds of neighbours overlap: their middles tell which is the lower one. */
function gapBetween([ux, uy, uw, uh]: Boxed['box'], [lx, ly, lw, lh]: Boxed['box']): number {
  const gap = ly + lh / 2 - (uy + uh / 2);
  const above = Math.min(ux + uw, lx + lw) > Math.max(ux, lx);
  return above && gap > 0 ? gap : Number.POSITIVE_INFINITY;
}
