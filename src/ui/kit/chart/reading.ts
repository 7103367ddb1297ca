import { useState } from 'react';
import { nearest } from './label-places.ts';

/** A figure that can be read off a chart: the line that it belongs to and where it stands in the drawing, px. */
export interface Stop {
  readonly line: number;
  readonly x: number;
  readonly y: number;
}

export interface ReadingKey {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** Steps of a key that is held down with shift, and of the page keys. */
const FAR = 10;

/**
 * The stop that a key leads to, the same in all charts; null for a key that leads nowhere. Left and right go along a line,
 * up and down to the next line above or below; where there is one line alone, up is on and down is back. A list is walked
 * from top to bottom. Home and End lead to the ends, and what is not yet read (`at` −1) begins at the first stop.
 */
export function stopByKey(
  stops: readonly Stop[],
  at: number,
  { key, shiftKey }: ReadingKey,
  isList = false,
): number | null {
  const arrow = shiftKey ? FAR : 1;
  const isVertical = key === 'ArrowUp' || key === 'ArrowDown';
  const here = stops[at];
  if (!isList && isVertical && here && stops.some(({ line }) => line !== here.line))
    return nextLine(stops, at, key === 'ArrowUp' ? -arrow : arrow);
  const up = isList ? -1 : 1;
  const step = {
    ArrowLeft: -arrow,
    ArrowRight: arrow,
    ArrowUp: up * arrow,
    ArrowDown: -up * arrow,
    PageUp: up * FAR,
    PageDown: -up * FAR,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  }[key];
  if (step === undefined) return null;
  const line = lineOf(stops, here?.line ?? stops[0]?.line, isList);
  return line[clamp(line.indexOf(at) + step, line.length)] ?? null;
}

/** Stops of a line from left to right, or all of a list in its order. */
function lineOf(stops: readonly Stop[], line: number | undefined, isList: boolean): number[] {
  const all = stops.map((_, i) => i);
  if (isList) return all;
  const x = (i: number) => stops[i]?.x ?? 0;
  return all.filter((i) => stops[i]?.line === line).toSorted((a, b) => x(a) - x(b));
}

/**
 * The stop nearest in x on another line. Lines stand in the order of their right ends, as their names do: one that changed
 * along the lines could leave some of them out of reach.
 */
function nextLine(stops: readonly Stop[], at: number, step: number): number {
  const ends = [...new Set(stops.map(({ line }) => line))].map((line) => {
    const own = lineOf(stops, line, false);
    return { own, y: stops[own.at(-1) ?? 0]?.y ?? 0 };
  });
  const order = ends.toSorted((a, b) => a.y - b.y);
  const from = order.findIndex(({ own }) => own.includes(at));
  const to = order[clamp(from + step, order.length)]?.own ?? [];
  const x = (i: number) => stops[i]?.x ?? 0;
  if (to.includes(at)) return at;
  return to[nearest(to.map(x), x(at))] ?? at;
}

function clamp(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}

/** The stop nearest to a place in the drawing; −1 where there is none. */
export function nearestStop(stops: readonly Stop[], x: number, y: number): number {
  return nearest(
    stops.map((stop) => Math.hypot(stop.x - x, stop.y - y)),
    0,
  );
}

/** The stop that is read, where the chart itself keeps it; −1 for none, also once there are fewer. */
export function useStop(stops: number): [at: number, setAt: (at: number) => void] {
  const [at, setAt] = useState(-1);
  return [at < stops ? at : -1, setAt];
}
