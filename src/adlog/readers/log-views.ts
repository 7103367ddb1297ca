import type { RealLog } from './real-log';

/** Rows and positives of a stretch of time. `time` is its middle, seconds since 1970. */
export interface RatePoint {
  readonly time: number;
  readonly rows: number;
  readonly positives: number;
}

/** Lengths that a stretch may have, seconds: a quarter of an hour to a week. */
const STRETCHES = [900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 7 * 86_400] as const;

/** The rate over time, in at most about `most` stretches of a round length; empty without times. */
export function rateOverTime(log: RealLog, most: number): { stretch: number; points: RatePoint[] } {
  const { time, label } = log;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const moment of time ?? []) {
    if (moment < from) from = moment;
    if (moment > to) to = moment;
  }
  if (!time || !(to > from)) return { stretch: 0, points: [] };
  const stretch = STRETCHES.find((length) => (to - from) / length <= most) ?? Math.ceil((to - from) / most);
  const first = Math.floor(from / stretch);
  const count = Math.floor(to / stretch) - first + 1;
  const rows = new Float64Array(count);
  const positives = new Float64Array(count);
  time.forEach((moment, row) => {
    const bin = Math.floor(moment / stretch) - first;
    if (!(bin >= 0)) return;
    rows[bin] = (rows[bin] ?? 0) + 1;
    positives[bin] = (positives[bin] ?? 0) + (label[row] ?? 0);
  });
  const points = Array.from(rows, (n, bin) => ({
    time: (first + bin + 0.5) * stretch,
    rows: n,
    positives: positives[bin] ?? 0,
  }));
  return { stretch, points: points.filter((point) => point.rows > 0) };
}

/** One position of the list of ads. */
export interface PositionRate {
  readonly position: number;
  readonly rows: number;
  readonly positives: number;
  /** Positives that the ads shown here would have had at their own rates over all positions; NaN without ads. */
  readonly expected: number;
}

/** Positions beyond these are not told apart: they are many numbers, not slots. */
const POSITIONS = 30;

/**
 * Rate by position, beside what the same ads bring over all positions (indirect standardisation), so that better ads
 * in better slots are not taken for an effect of the slot. Empty without positions.
 */
export function positionRates(log: RealLog): PositionRate[] {
  const { position, label, ad } = log;
  if (!position) return [];
  const byAd = new Map<number, { rows: number; positives: number }>();
  ad?.forEach((id, row) => {
    const cell = byAd.get(id) ?? { rows: 0, positives: 0 };
    cell.rows++;
    cell.positives += label[row] ?? 0;
    byAd.set(id, cell);
  });
  const cells = new Map<number, { rows: number; positives: number; expected: number }>();
  position.forEach((place, row) => {
    if (Number.isNaN(place)) return;
    const cell = cells.get(place) ?? { rows: 0, positives: 0, expected: 0 };
    const own = ad ? byAd.get(ad[row] ?? 0) : undefined;
    cell.rows++;
    cell.positives += label[row] ?? 0;
    cell.expected += own ? own.positives / own.rows : Number.NaN;
    cells.set(place, cell);
  });
  if (cells.size > POSITIONS) return [];
  return Array.from(cells, ([place, cell]) => ({ position: place, ...cell })).sort(
    (a, b) => a.position - b.position,
  );
}

/** Each ad of the log as it is encoded: the columns that belong to the ad, because they never change with it. */
export interface AdCatalogue {
  /** Hashes of the ads, in order of first appearance. */
  readonly ids: Uint32Array;
  /** Index of each row's ad. */
  readonly ofRow: Int32Array;
  /** Indices of the categorical columns that belong to the ad, and their hash for each ad. */
  readonly columns: readonly { readonly column: number; readonly hash: Uint32Array }[];
}

/** The ads of a log and what belongs to each: to score another ad in the same place these columns are exchanged. Null without ads. */
export function adCatalogue(log: RealLog): AdCatalogue | null {
  const { ad } = log;
  if (!ad) return null;
  const index = new Map<number, number>();
  const ofRow = new Int32Array(log.rows);
  ad.forEach((id, row) => {
    const known = index.get(id) ?? index.size;
    index.set(id, known);
    ofRow[row] = known;
  });
  const ids = Uint32Array.from(index.keys());
  const columns = log.categorical.flatMap(({ hash }, column) => {
    const own = new Uint32Array(ids.length);
    const seen = new Uint8Array(ids.length);
    const differs = hash.some((value, row) => {
      const at = ofRow[row] ?? 0;
      if (seen[at] === 1) return own[at] !== value;
      own[at] = value;
      seen[at] = 1;
      return false;
    });
    return differs ? [] : [{ column, hash: own }];
  });
  return { ids, ofRow, columns };
}
