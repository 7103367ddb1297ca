import { bucketOf } from './hashing';
import type { ColumnMapping } from './layouts';

/** A row that could not be used. */
export interface BrokenRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly reason: string;
}

/** A log that a visitor brought, column by column. Hashes of ids are 32 bits; 0 is a missing value. */
export interface RealLog {
  readonly ok: true;
  readonly rows: number;
  readonly mapping: ColumnMapping;
  /** 0 or 1. */
  readonly label: Uint8Array;
  /** Seconds since 1970; NaN where it is missing. Null where the log has no time: then the order of rows stands for it. */
  readonly time: Float64Array | null;
  readonly user: Uint32Array | null;
  readonly ad: Uint32Array | null;
  readonly bid: Float32Array | null;
  readonly propensity: Float32Array | null;
  readonly position: Float32Array | null;
  readonly categorical: readonly { readonly name: string; readonly hash: Uint32Array }[];
  readonly numeric: readonly { readonly name: string; readonly value: Float32Array }[];
  readonly broken: { readonly count: number; readonly first: readonly BrokenRow[] };
  /** Whether reading stopped at the row limit. */
  readonly truncated: boolean;
}

/** Row numbers of the earlier and the later part: split by time, or by order where the log has none. `share` is that of the earlier part. */
export function splitByTime(log: RealLog, share: number): { earlier: Uint32Array; later: Uint32Array } {
  const order = Uint32Array.from({ length: log.rows }, (_, i) => i);
  const { time } = log;
  if (time) order.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b);
  let cut = Math.round(share * log.rows);
  // Rows of one moment stay together, in the later part.
  if (time && cut < log.rows) {
    const moment = time[order[cut] ?? 0];
    while (cut > 0 && time[order[cut - 1] ?? 0] === moment) cut--;
  }
  return { earlier: order.slice(0, cut), later: order.slice(cut) };
}

/** Buckets of a numeric input: row 0 for a missing value, then one for each power of √2, negative values apart. */
export const NUMERIC_ROWS = 64;

export function numericRow(value: number): number {
  if (Number.isNaN(value)) return 0;
  const level = Math.min(30, Math.round(2 * Math.log2(1 + Math.abs(value))));
  return value < 0 ? 1 + level : 32 + level;
}

/** Embedding rows [rows.length, fields]: hashed categorical inputs, then bucketed numeric ones. */
export function encodeRealLog(log: RealLog, rows: ArrayLike<number>, buckets: number): Int32Array {
  const fields = log.categorical.length + log.numeric.length;
  const out = new Int32Array(rows.length * fields);
  log.categorical.forEach(({ hash }, f) => {
    for (let i = 0; i < rows.length; i++) out[i * fields + f] = bucketOf(hash[rows[i] ?? 0] ?? 0, buckets);
  });
  log.numeric.forEach(({ value }, n) => {
    const f = log.categorical.length + n;
    for (let i = 0; i < rows.length; i++) out[i * fields + f] = numericRow(value[rows[i] ?? 0] ?? Number.NaN);
  });
  return out;
}

export interface RealLogSummary {
  readonly rows: number;
  readonly positives: number;
  readonly rate: number;
  /** Seconds since 1970; null without time. */
  readonly from: number | null;
  readonly to: number | null;
  readonly users: number | null;
  readonly ads: number | null;
  /** Rows and positives of each position, in order. */
  readonly positions: readonly {
    readonly position: number;
    readonly rows: number;
    readonly positives: number;
  }[];
  readonly smallestPropensity: number | null;
  readonly largestPropensity: number | null;
}

export function summariseRealLog(log: RealLog): RealLogSummary {
  const positives = log.label.reduce((sum, y) => sum + y, 0);
  const [from, to] = range(log.time);
  const [smallestPropensity, largestPropensity] = range(log.propensity);
  const distinct = (column: Uint32Array | null) => (column ? new Set(column).size : null);
  return {
    rows: log.rows,
    positives,
    rate: positives / log.rows,
    from,
    to,
    users: distinct(log.user),
    ads: distinct(log.ad),
    positions: log.position ? byPosition(log.position, log.label) : [],
    smallestPropensity,
    largestPropensity,
  };
}

function byPosition(position: Float32Array, label: Uint8Array) {
  const cells = new Map<number, { position: number; rows: number; positives: number }>();
  position.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const cell = cells.get(value) ?? { position: value, rows: 0, positives: 0 };
    cell.rows++;
    cell.positives += label[i] ?? 0;
    cells.set(value, cell);
  });
  return Array.from(cells.values()).sort((a, b) => a.position - b.position);
}

function range(column: Float64Array | Float32Array | null): [number, number] | [null, null] {
  if (!column) return [null, null];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [null, null];
}
