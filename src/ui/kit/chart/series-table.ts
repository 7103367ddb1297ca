import { words } from '../../words.ts';
import { axisFigure, axisText, axisTitle } from './axis.ts';
import { nearest } from './label-places.ts';
import type { Axis, Series, Table } from './types.ts';

/** The figures of lines over x: a column each, and two more for those with an interval. */
export function seriesTable(x: Axis, y: Axis, xs: readonly number[], series: readonly Series[]): Table {
  const columns = [
    axisTitle(x),
    ...series.flatMap(({ name, low, high }) => {
      const titled = y.unit ? `${name}, ${y.unit}` : name;
      return low && high ? [titled, words.chart.low(name), words.chart.high(name)] : [titled];
    }),
  ];
  const rows = xs.map((value, i) => [
    value,
    ...series.flatMap(({ y: values, low, high }) =>
      (low && high ? [values, low, high] : [values]).map((list) => list[i] ?? null),
    ),
  ]);
  return { columns, rows };
}

/** What lines say at the x that is read; null for none. */
export interface SeriesReading {
  readonly at: number | null;
  readonly readings: readonly { readonly id: string; readonly name: string; readonly value: number | null }[];
}

/** What each line says at the x that is nearest to `at`. */
export function readSeries(
  xs: readonly number[],
  series: readonly Series[],
  at: number | null,
): SeriesReading {
  if (at === null) return { at, readings: [] };
  const i = nearest(xs, at);
  return { at, readings: series.map(({ id, name, y }) => ({ id, name, value: y[i] ?? null })) };
}

/** The same in words, to be read aloud; nothing where nothing is read. */
export function readingText({ at, readings }: SeriesReading, x: Axis, y: Axis): string {
  if (at === null) return '';
  const values = readings.map(({ name, value }) => `${name} ${value === null ? '–' : axisFigure(y, value)}`);
  return `${x.title} ${axisText(x, at)}: ${values.join(', ')}`;
}
