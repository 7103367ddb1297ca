/** Where the music is, on the photo: lines of the cursor and stretches of a loop, in pixels of the upright page. */
import type { SystemReading } from '../../inference/tromr/reading.ts';
import { type Stop, stopBefore } from '../sound/passage.ts';
import type { Span } from '../sound/schedule.ts';

export type CursorLine = { page: number; system: number; x: number; top: number; bottom: number };

/** The cursor on the photo at a time, between its stops as far as time has gone; null where nothing of the score was read. */
export function cursorAt(
  pages: readonly (readonly SystemReading[])[],
  stops: readonly Stop[],
  at: number,
): CursorLine | null {
  const index = Math.max(stopBefore(stops, at), 0);
  const stop = stops[index];
  const here = stop && placeOf(pages, stop);
  if (!stop || !here) return null;
  const next = stops[index + 1];
  const there = next && placeOf(pages, next);
  const goesOn = there && there.page === here.page && there.system === here.system && there.x > here.x;
  const share = next && goesOn ? (at - stop.at) / (next.at - stop.at) : 0;
  const x = goesOn ? here.x + (there.x - here.x) * Math.min(Math.max(share, 0), 1) : here.x;
  return { page: here.page, system: here.system, x, ...heightAt(pages[here.page]?.[here.system], x) };
}

function placeOf(
  pages: readonly (readonly SystemReading[])[],
  { sources }: Stop,
): { page: number; system: number; x: number } | null {
  const [first] = sources;
  if (!first) return null;
  const { page, system } = first;
  const xs = sources
    .filter((one) => one.page === page && one.system === system)
    .flatMap(({ staff, token }) => pages[page]?.[system]?.staves[staff]?.tokens[token]?.x ?? []);
  return xs.length > 0 ? { page, system, x: xs.reduce((sum, x) => sum + x, 0) / xs.length } : null;
}

/** From a staff space above the system to one below it. */
function heightAt(system: SystemReading | undefined, x: number): { top: number; bottom: number } {
  const lines = system?.staves.flatMap((staff) => staff.lines) ?? [];
  const ys = lines.map((line) => yAt(line, x)).filter((y) => Number.isFinite(y));
  if (ys.length === 0) return { top: 0, bottom: 0 };
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const first = system?.staves[0]?.lines.map((line) => yAt(line, x)) ?? [];
  const space = (Math.max(...first) - Math.min(...first)) / 4 || (bottom - top) / 4;
  return { top: top - 1.5 * space, bottom: bottom + 1.5 * space };
}

function yAt(line: readonly (readonly [number, number])[], x: number): number {
  const after = line.findIndex((point) => point[0] >= x);
  const right = line[after < 0 ? line.length - 1 : after];
  const left = line[after <= 0 ? 0 : after - 1] ?? right;
  if (!left || !right) return Number.NaN;
  const share = right[0] > left[0] ? Math.min(Math.max((x - left[0]) / (right[0] - left[0]), 0), 1) : 0;
  return left[1] + (right[1] - left[1]) * share;
}

/** A loop's stretch of one system, as a four-sided area. */
export type LoopArea = { page: number; left: CursorLine; right: CursorLine };

/** The stretches of a loop, one for each system that it runs through. */
export function loopAreas(
  pages: readonly (readonly SystemReading[])[],
  stops: readonly Stop[],
  { start, end }: Span,
): LoopArea[] {
  const systems = new Map<string, { page: number; system: number; left: number; right: number }>();
  stops.forEach((stop, i) => {
    if (stop.at < start - 1e-9 || stop.at >= end - 1e-9) return;
    const here = placeOf(pages, stop);
    if (!here) return;
    const system = pages[here.page]?.[here.system];
    const next = stops[i + 1];
    const there = next && placeOf(pages, next);
    const goesOn = there && there.page === here.page && there.system === here.system && there.x > here.x;
    const right = goesOn ? there.x : rightEnd(system, here.x);
    const key = `${here.page} ${here.system}`;
    const known = systems.get(key) ?? { ...here, left: here.x, right };
    systems.set(key, {
      ...known,
      left: Math.min(known.left, here.x),
      right: Math.max(known.right, right),
    });
  });
  return [...systems.values()].map(({ page, system, left, right }) => {
    const line = (x: number): CursorLine => ({ page, system, x, ...heightAt(pages[page]?.[system], x) });
    const space = (line(left).bottom - line(left).top) / 14;
    return { page, left: line(left - space), right: line(right - space / 2) };
  });
}

function rightEnd(system: SystemReading | undefined, x: number): number {
  const ends = system?.staves.flatMap(({ lines }) => lines.map((line) => line.at(-1)?.[0] ?? x)) ?? [];
  return Math.max(x, ...ends);
}
