import { bootstrap, type Interval, sumByUser } from '../../funnel/bootstrap.ts';
import { crossEntropy } from '../../funnel/probability-metrics.ts';
import { type TeachDay, USER_SUMS, type UserSums } from './teach-run.ts';

/** What the adapter takes back of the loss that a shift of level causes. */
export interface AdapterSoFar {
  /** 100·(NE of the serving teacher / its NE with the true level shift since its checkpoint added − 1). */
  readonly loss: Interval;
  /** (NE of the serving teacher − NE as adapted) / (NE of the serving teacher − NE with the true shift). */
  readonly removed: Interval;
}

/** Figures over all days of a run up to and with this one, by bootstrap over users. */
export interface RunSoFar {
  /** 100·(NE of the student / NE alone − 1): below 0 is better. */
  readonly relative: Interval;
  /** 100·(NE of the serving teacher / NE of the fresh one − 1): what its age costs. */
  readonly staleness: Interval;
  /** (NE alone − NE of the student) / (NE alone − NE of the serving teacher), on the student's rows. */
  readonly transfer: Interval;
  /** Over the days on which the pipeline works; null where there is no adapter. */
  readonly adapter: AdapterSoFar | null;
}

/** A day as it is shown and kept: without what each user contributed. */
export interface DayFigures extends Omit<TeachDay, 'users'> {
  readonly soFar: RunSoFar;
}

/** Expected log loss by user of the teacher: as it serves, with the true level shift added, and as it is adapted. */
const ADAPTER_SUMS = ['stale', 'levelled', 'adapted'] as const;

/** A day as it is played: `adapting` has those sums for each of the day's users, row-major; null where nothing adapts. */
export interface PlayedDay extends TeachDay {
  readonly adapting: Float64Array | null;
}

const COLUMNS = [...USER_SUMS, ...ADAPTER_SUMS] as const;
const WIDTH = COLUMNS.length;
/** Enough for intervals that are shown with two digits. */
const ROUNDS = 300;

/** What users contribute to the days of a run, one row each as in {@link COLUMNS}. */
export const NO_USERS: UserSums = { users: new Uint16Array(0), sums: new Float64Array(0) };

/** The sums of `PlayedDay.adapting`: `shifts` are those of the level since each row's checkpoint, in logits. */
export function sumAdapting(
  { truth, users }: { readonly truth: Float32Array; readonly users: Uint16Array },
  served: Float32Array,
  adapted: Float32Array,
  shifts: Float32Array,
): Float64Array {
  const places = new Map<number, number>();
  for (const user of users) if (!places.has(user)) places.set(user, places.size);
  const levelled = Float64Array.from(
    served,
    (p, row) => 1 / (1 + Math.exp(-(shifts[row] ?? 0)) * (1 / p - 1)),
  );
  const losses = [served, levelled, adapted].map((predictions) =>
    Float64Array.from(predictions, (p, row) => crossEntropy(truth[row] ?? 0, p)),
  );
  const placeOfRow = Array.from(users, (user) => places.get(user) ?? 0);
  return sumByUser(places.size, placeOfRow, losses);
}

/** What users contribute to the days of both; rows as in {@link COLUMNS}. */
export function mergeUserSums(a: UserSums, b: UserSums): UserSums {
  const places = new Map(Array.from(a.users, (user, place) => [user, place]));
  for (const user of b.users) if (!places.has(user)) places.set(user, places.size);
  const sums = new Float64Array(WIDTH * places.size);
  sums.set(a.sums);
  b.users.forEach((user, i) => {
    const start = WIDTH * (places.get(user) ?? 0);
    for (let k = 0; k < WIDTH; k++) sums[start + k] = (sums[start + k] ?? 0) + (b.sums[i * WIDTH + k] ?? 0);
  });
  return { users: Uint16Array.from(places.keys()), sums };
}

/** A day with the figures over all days so far; `before` is what users contributed to the days before it. */
export function addDay(
  before: UserSums,
  { users, adapting, ...day }: PlayedDay,
): { users: UserSums; figures: DayFigures } {
  const merged = mergeUserSums(before, widened(users, adapting));
  const soFar = summarise(merged.sums, day.adapted !== null);
  return { users: merged, figures: { ...day, soFar } };
}

/** A day's sums with those of the adapter beside them; nought where nothing adapts. */
function widened({ users, sums }: UserSums, adapting: Float64Array | null): UserSums {
  const wide = new Float64Array(users.length * WIDTH);
  for (let i = 0; i < users.length; i++) {
    wide.set(sums.subarray(i * USER_SUMS.length, (i + 1) * USER_SUMS.length), i * WIDTH);
    const own = adapting?.subarray(i * ADAPTER_SUMS.length, (i + 1) * ADAPTER_SUMS.length);
    if (own) wide.set(own, i * WIDTH + USER_SUMS.length);
  }
  return { users, sums: wide };
}

/** NE's denominator is the same for all models, so sums of cross entropy will do. */
function summarise(sums: Float64Array, adapts: boolean): RunSoFar {
  const at = (name: (typeof COLUMNS)[number]) => COLUMNS.indexOf(name);
  const [fresh, served, alone, student] = [at('fresh'), at('served'), at('alone'), at('student')];
  const [stale, levelled, adapted] = [at('stale'), at('levelled'), at('adapted')];
  const interval = bootstrap(sums, WIDTH, { rounds: ROUNDS });
  const of = (statistic: (total: (place: number) => number) => number): Interval =>
    interval((total) => statistic((place) => total[place] ?? 0));
  return {
    relative: of((total) => 100 * (total(student) / total(alone) - 1)),
    staleness: of((total) => 100 * (total(served) / total(fresh) - 1)),
    transfer: of((total) => (total(alone) - total(student)) / (total(alone) - total(served))),
    adapter: adapts
      ? {
          loss: of((total) => 100 * (total(stale) / total(levelled) - 1)),
          removed: of((total) => (total(stale) - total(adapted)) / (total(stale) - total(levelled))),
        }
      : null,
  };
}
