import type { Token } from '../notation/token.ts';
import type { Point } from '../page/image.ts';
import type { Anchor, Label } from './labels.ts';
import { type Box, isEmpty } from './svg-glyphs.ts';
import type { ScannedMeasure, ScannedPage, ScannedSign, ScannedStaff, ScannedSystem } from './svg-scan.ts';

/** A staff with its tokens and where each symbol's middle was drawn, in px of the drawing. */
export type PlacedStaff = {
  tokens: Token[];
  places: Point[];
  /** Left and right end, and y of the five lines from top to bottom. */
  lines: { x0: number; x1: number; y: number[] };
  /** Distance of neighbouring lines. */
  space: number;
};

/** The drawing does not show what the music says; such a staff teaches nothing true. */
export class Mismatch extends Error {}

const middle = ({ x0, y0, x1, y1 }: Box): Point => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 });

function fail(message: string): never {
  throw new Mismatch(message);
}

/** Measures of the system by id, with what they show on staff `index` from the top. */
function barsOf(
  system: ScannedSystem,
  index: number,
): Map<string, { measure: ScannedMeasure; staff: ScannedStaff }> {
  const bars = new Map<string, { measure: ScannedMeasure; staff: ScannedStaff }>();
  for (const measure of system.measures) {
    const staff = measure.staves[index];
    if (staff) bars.set(measure.id, { measure, staff });
  }
  return bars;
}

/**
 * Finds every label's symbol in the drawing.
 * @throws Mismatch where a symbol is missing, or a sign was drawn that no label speaks of.
 */
export function placeStaff(
  page: ScannedPage,
  system: ScannedSystem,
  index: number,
  labels: readonly Label[],
): PlacedStaff {
  const bars = barsOf(system, index);
  const staves = [...bars.values()].map(({ staff }) => staff);
  const [first] = staves;
  if (first?.lines.length !== 5) return fail('a staff without five lines');
  const y = first.lines.toSorted((a, b) => a - b);
  const [top = 0, , centre = 0, , bottom = 0] = y;
  const space = (bottom - top) / 4;
  const used = new Set<ScannedSign>();

  function locate(anchor: Anchor): Point {
    if (anchor.at === 'element') {
      const box = page.boxes.get(anchor.id);
      if (!box || isEmpty(box)) return fail(`nothing is drawn for ${anchor.id}`);
      return middle(box);
    }
    const bar = bars.get(anchor.bar) ?? fail(`bar ${anchor.bar} is not drawn`);
    if (anchor.at === 'barLine') {
      const box = anchor.side === 'left' ? bar.measure.barLines[0] : bar.measure.barLines.at(-1);
      return box ? { x: middle(box).x, y: centre } : fail(`bar ${anchor.bar} has no ${anchor.side} line`);
    }
    if (anchor.at === 'ending') {
      const { x0, x1 } = bar.staff;
      const box = system.endings.find((found) => found.x0 < x1 - space && found.x1 > x0 + space);
      if (!box) return fail('an ending without its bracket');
      const lineStart = bar.measure.barLines.at(-1)?.x0 ?? x1;
      const x = anchor.side === 'left' ? Math.max(box.x0, x0) : Math.min(box.x1, lineStart);
      return { x, y: box.y0 };
    }
    const sign = bar.staff[anchor.at].find(({ kind, box }) => kind === anchor.sign && !isEmpty(box));
    if (!sign) return fail(`no ${anchor.sign} ${anchor.at} bar ${anchor.bar}`);
    used.add(sign);
    return middle(sign.box);
  }

  const places = labels.map(({ anchor }) => locate(anchor));
  for (const staff of staves) {
    for (const sign of [...staff.before, ...staff.after])
      if (!used.has(sign) && !isEmpty(sign.box)) fail(`a ${sign.kind} that no label speaks of`);
  }
  const x0 = Math.min(...staves.map((staff) => staff.x0));
  const x1 = Math.max(...staves.map((staff) => staff.x1));
  return { tokens: labels.map(({ token }) => token), places, lines: { x0, x1, y }, space };
}
