import { below, createRng, type Rng } from '../adlog/random';

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

type BootstrapOptions = { readonly rounds?: number; readonly level?: number; readonly seed?: number };

/**
 * Paired bootstrap by user. All sums of a user are drawn together, so that what models share cancels. `perUser` holds
 * `width` additive sums for each user, row-major [users, width]. Returns what turns a statistic of total sums (a difference,
 * a ratio) into its value on all users with its percentile interval; every statistic sees the same draws.
 */
export function bootstrap(
  perUser: Float64Array,
  width: number,
  { rounds = 1000, level = 0.95, seed = 1 }: BootstrapOptions = {},
): (statistic: (sums: Float64Array) => number) => Interval {
  const users = perUser.length / width;
  const total = new Float64Array(width);
  for (let i = 0; i < perUser.length; i++) total[i % width] = (total[i % width] ?? 0) + (perUser[i] ?? 0);
  const rng = createRng(seed, 71);
  const draws = Array.from({ length: rounds }, () => resample(perUser, width, users, rng));
  const tail = (1 - level) / 2;
  return (statistic) => {
    const sorted = Float64Array.from(draws, (sums) => statistic(sums))
      .filter((draw) => !Number.isNaN(draw))
      .sort();
    return { value: statistic(total), low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
  };
}

/** The paired bootstrap of one statistic: see {@link bootstrap}. */
export function bootstrapByUser(
  perUser: Float64Array,
  width: number,
  statistic: (sums: Float64Array) => number,
  options: BootstrapOptions = {},
): Interval {
  return bootstrap(perUser, width, options)(statistic);
}

function resample(perUser: Float64Array, width: number, users: number, rng: Rng): Float64Array {
  const sums = new Float64Array(width);
  for (let draw = 0; draw < users; draw++) {
    const start = below(rng, users) * width;
    for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) + (perUser[start + k] as number);
  }
  return sums;
}

/** Quantile of sorted values by linear interpolation; NaN where there are none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const below = sorted[low] ?? Number.NaN;
  const above = sorted[Math.min(sorted.length - 1, low + 1)] ?? Number.NaN;
  return below + (above - below) * (place - low);
}

/** Sums `width` quantities of each row by user: [users, width], for `bootstrapByUser`. Users are numbered 0 … users − 1. */
export function sumByUser(
  users: number,
  userOfRow: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
): Float64Array {
  const width = columns.length;
  const sums = new Float64Array(users * width);
  for (let row = 0; row < userOfRow.length; row++) {
    const start = (userOfRow[row] ?? 0) * width;
    columns.forEach((column, k) => {
      sums[start + k] = (sums[start + k] ?? 0) + (column[row] ?? 0);
    });
  }
  return sums;
}

/**
 * Bootstrap by user of many ratios at once. Each row holds pairs (numerator, denominator), [2 · ratios]; rows of one user
 * are drawn together. Returns each ratio of the total sums with its percentile interval; NaN where a denominator is 0.
 */
export function bootstrapRatios(
  userOfRow: ArrayLike<number>,
  rows: readonly Float64Array[],
  rounds = 300,
  level = 0.95,
  seed = 1,
): Interval[] {
  const width = rows[0]?.length ?? 0;
  const places = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const user = userOfRow[i] ?? 0;
    if (!places.has(user)) places.set(user, places.size);
  }
  const perUser = new Float64Array(places.size * width);
  rows.forEach((row, i) => {
    const start = (places.get(userOfRow[i] ?? 0) ?? 0) * width;
    for (let k = 0; k < width; k++) perUser[start + k] = (perUser[start + k] as number) + (row[k] as number);
  });
  const ratio = (k: number) => (sums: Float64Array) => {
    const below = sums[2 * k + 1] as number;
    return below === 0 ? Number.NaN : (sums[2 * k] as number) / below;
  };
  const of = bootstrap(perUser, width, { rounds, level, seed });
  return Array.from({ length: width / 2 }, (_, k) => of(ratio(k)));
}
