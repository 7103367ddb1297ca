/** Texts of figures, for axes, tables and sentences. A figure that does not exist is a dash. */
const NONE = '–';

/** A share in [0, 1] as per cent: `percent(0.0153)` is `1.53 %`. `digits` after the point; by default about three figures. */
export function percent(share: number, digits?: number): string {
  if (!Number.isFinite(share)) return NONE;
  const value = 100 * share;
  return `${minus(value.toFixed(digits ?? decimals(value)))} %`;
}

/** A number to about three figures: `0.00123`, `1.23`, `12.3`, `1230`. */
export function figure(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return NONE;
  return minus(value.toFixed(digits ?? decimals(value)));
}

/** A count with thin spaces between thousands. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return NONE;
  return minus(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u2009'));
}

/** Large numbers in short: `1.2 k`, `3.4 M`. */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  if (size >= 1e9) return `${figure(value / 1e9)} G`;
  if (size >= 1e6) return `${figure(value / 1e6)} M`;
  if (size >= 1e3) return `${figure(value / 1e3)} k`;
  return size >= 100 || Number.isInteger(value) ? count(value) : figure(value);
}

/** With its sign: `+0.3`, `−0.3`. */
export function signed(value: number, text: (value: number) => string = figure): string {
  const written = text(value);
  return value > 0 && /[1-9]/.test(written) ? `+${written}` : written;
}

/** `0.61 (0.54 to 0.68)`: a figure with its interval. */
export function interval(
  value: number,
  low: number,
  high: number,
  text: (value: number) => string = figure,
): string {
  return `${text(value)} (${text(low)} to ${text(high)})`;
}

/** A text in which no figure is parted from its thousands or its unit at the end of a line. */
export function unbroken(text: string): string {
  return text.replace(/\u2009/g, '\u2060\u2009\u2060').replace(/(\d) (?=[%kMG]\b|%)/g, '$1\u00A0');
}

/** Digits after the point that show about three figures. */
function decimals(value: number): number {
  // As it is rounded: 0.9996 is 1.00, not 1.000.
  const size = Number(Math.abs(value).toPrecision(3));
  if (size === 0) return 0;
  return Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size))));
}

function minus(text: string): string {
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace('-', '\u2212');
}
