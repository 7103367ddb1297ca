import { type AdState, createAds, createCentroids } from './ads';
import { createDrift, type DriftState } from './drift';
import { DAY_SECONDS, type WorldSettings } from './settings';
import { createUserState, createUserTable, type HiddenUsers, type UserState, type UserTable } from './users';

/** Everything that changes, at the border before `day`: plain data, so a copy of it is a snapshot. */
export interface WorldState {
  day: number;
  users: UserState;
  ads: AdState;
  drift: DriftState;
}

/** A world: what its seed fixes for good, and its state. */
export interface World {
  readonly settings: WorldSettings;
  readonly centroids: Float64Array;
  readonly users: UserTable;
  readonly hidden: HiddenUsers;
  readonly state: WorldState;
}

/** The largest number of users that a log can hold (ids are 16 bits). */
export const MAX_USERS = 65_536;

/** The world before its first day. Throws a RangeError where a setting lies outside what the log can hold. */
export function createWorld(settings: WorldSettings): World {
  const fixed = createFixed(settings);
  const state: WorldState = {
    day: 0,
    users: createUserState(settings, fixed.hidden, fixed.centroids),
    ads: createAds(settings, fixed.centroids),
    drift: createDrift(settings),
  };
  return { ...fixed, state };
}

/** A copy of the state, from which the days after it can be replayed alone. */
export function snapshotWorld(world: World): WorldState {
  return structuredClone(world.state);
}

/** The world of these settings at the border that the snapshot was taken; the snapshot itself stays untouched. */
export function restoreWorld(settings: WorldSettings, snapshot: WorldState): World {
  return { ...createFixed(settings), state: structuredClone(snapshot) };
}

function createFixed(settings: WorldSettings): Omit<World, 'state'> {
  if (!(settings.users >= 1 && settings.users <= MAX_USERS)) {
    throw new RangeError(`A world has 1 to ${MAX_USERS} users, not ${settings.users}.`);
  }
  if (!(settings.liveAds >= 60 && settings.liveAds <= 8000)) {
    throw new RangeError(`A world has 60 to 8000 live ads, not ${settings.liveAds}.`);
  }
  const { table, hidden } = createUserTable(settings);
  return { settings, centroids: createCentroids(settings.seed), users: table, hidden };
}

/** Seconds from the start of the world to the start of a day. */
export function startOfDay(day: number): number {
  return day * DAY_SECONDS;
}
