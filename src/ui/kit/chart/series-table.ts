import { words } from '../../words.ts';
import { axisTitle } from './axis.ts';
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

/** What each line says at the x that is nearest to `place`. */
export function valuesAt(
  xs: readonly number[],
  series: readonly Series[],
  place: number,
): { id: string; name: string; value: number | null }[] {
  const i = nearest(xs, place);
  return series.map(({ id, name, y }) => ({ id, name, value: y[i] ?? null }));
}
