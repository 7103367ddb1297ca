import { bootstrapByUser, type Interval } from '../../funnel/bootstrap.ts';
import { type TeachDay, USER_SUMS, type UserSums } from './teach-run.ts';

/** Figures over all days of a run up to and with this one, by bootstrap over users. */
export interface RunSoFar {
  /** 100·(NE of the student / NE alone − 1): below 0 is better. */
  readonly relative: Interval;
  /** 100·(NE of the serving teacher / NE of the fresh one − 1): what its age costs. */
  readonly staleness: Interval;
  /** (NE alone − NE of the student) / (NE alone − NE of the serving teacher), on the student's rows. */
  readonly transfer: Interval;
}

/** A day as it is shown and kept: without what each user contributed. */
export interface DayFigures extends Omit<TeachDay, 'users'> {
  readonly soFar: RunSoFar;
}

const WIDTH = USER_SUMS.length;
/** Enough for intervals that are shown with two digits. */
const ROUNDS = 300;

export const NO_USERS: UserSums = { users: new Uint16Array(0), sums: new Float64Array(0) };

/** What users contribute to the days of both. */
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
  { users, ...day }: TeachDay,
): { users: UserSums; figures: DayFigures } {
  const merged = mergeUserSums(before, users);
  return { users: merged, figures: { ...day, soFar: summarise(merged.sums) } };
}

/** NE's denominator is the same for all models, so sums of cross entropy will do. */
function summarise(sums: Float64Array): RunSoFar {
  const at = (name: (typeof USER_SUMS)[number]) => USER_SUMS.indexOf(name);
  const [fresh, served, alone, student] = [at('fresh'), at('served'), at('alone'), at('student')];
  const of = (statistic: (total: (place: number) => number) => number) =>
    bootstrapByUser(sums, WIDTH, (total) => statistic((place) => total[place] ?? 0), { rounds: ROUNDS });
  return {
    relative: of((total) => 100 * (total(student) / total(alone) - 1)),
    staleness: of((total) => 100 * (total(served) / total(fresh) - 1)),
    transfer: of((total) => (total(alone) - total(student)) / (total(alone) - total(served))),
  };
}
