import { scaleLinear, scaleLog } from 'd3-scale';
import { compact, figure } from './format.ts';
import type { Axis } from './types.ts';

/** An axis laid out over pixels. */
export interface AxisScale {
  readonly at: (value: number) => number;
  readonly invert: (pixel: number) => number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  readonly domain: readonly [number, number];
}

/** Smallest and largest of the finite values; null where there is none. */
export function extent(values: Iterable<number | null | undefined>): [number, number] | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** Lays an axis from pixel `from` to pixel `to`, over its own domain or that of the values, rounded outwards. */
export function layAxis(
  axis: Axis,
  values: Iterable<number | null | undefined>,
  from: number,
  to: number,
  wanted = 5,
): AxisScale {
  const isLog = axis.scale === 'log';
  const [low, high] = axis.domain ?? spread(extent(values), isLog);
  const scale = isLog ? scaleLog().domain([low, high]) : scaleLinear().domain([low, high]);
  scale.range([from, to]);
  // Where there is room for few ticks alone, the ends are not as coarse.
  if (!axis.domain && !isLog) scale.nice(Math.max(5, wanted));
  const [first = low, last = high] = scale.domain();
  return {
    at: (value) => scale(value),
    invert: (pixel) => scale.invert(pixel),
    ticks: (isLog ? logTicks(first, last, wanted) : scale.ticks(wanted)).map((value) => ({
      value,
      label: tickLabel(axis, value),
    })),
    domain: [first, last],
  };
}

export function axisText(axis: Axis, value: number): string {
  return (axis.format ?? figure)(value);
}

/** A value with its unit, as it is read out. */
export function axisFigure(axis: Axis, value: number): string {
  return axis.unit ? `${axisText(axis, value)} ${axis.unit}` : axisText(axis, value);
}

/** `title, unit`, as it stands along an axis. */
export function axisTitle({ title, unit }: Axis): string {
  return unit ? `${title}, ${unit}` : title;
}

function tickLabel(axis: Axis, value: number): string {
  // `12.00 %` is `12 %` on an axis.
  if (axis.format)
    return axis
      .format(value)
      .replace(/(\.\d*?)0+(?!\d)/, '$1')
      .replace(/\.(?!\d)/, '');
  if (Math.abs(value) >= 1000) return compact(value);
  // The float noise of 0.1 + 0.2 is no figure.
  return String(Number(value.toPrecision(6))).replace('-', '\u2212');
}

function spread(range: [number, number] | null, isLog: boolean): [number, number] {
  if (!range) return isLog ? [1, 10] : [0, 1];
  const [low, high] = range;
  if (isLog) return low > 0 ? [low, Math.max(high, low * 1.5)] : [1e-6, Math.max(high, 1e-5)];
  if (low === high) return low === 0 ? [0, 1] : [low - Math.abs(low) / 2, high + Math.abs(high) / 2];
  return [low, high];
}

/** Powers of ten, or 1, 2 and 5 times these where there are few of them. */
function logTicks(low: number, high: number, wanted: number): number[] {
  const steps = Math.log10(high / low) > wanted ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of steps) {
      const value = step * 10 ** power;
      if (value >= low * 0.999 && value <= high * 1.001) ticks.push(Number(value.toPrecision(3)));
    }
  }
  return ticks;
}
