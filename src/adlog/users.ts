import { toUnits } from './ads';
import { exp } from './arithmetic';
import {
  type AliasTable,
  createAliasTable,
  createRng,
  drawCumulative,
  normal,
  poisson,
  type Rng,
} from './random';
import { CATEGORIES, SEGMENTS, TASTE, USERS, type WorldSettings } from './settings';

export const DEMOGRAPHICS = { age: 7, gender: 3, city: 5, device: 3 } as const;
export const TOP_CATEGORIES = 3;
/** Marks a missing category in lists of them. */
export const NO_CATEGORY = 255;
/** Organic counters are kept in units of 1/64 of an action. */
const ORGANIC_UNIT = 1 / 64;

/** What never changes; the index is the user's id. */
export interface UserTable {
  readonly age: Uint8Array;
  readonly gender: Uint8Array;
  readonly city: Uint8Array;
  readonly device: Uint8Array;
}

export interface HiddenUsers {
  readonly segment: Uint8Array;
  /** Mean taste of each segment, 16 numbers. */
  readonly segmentTaste: Float64Array;
  /** Visits relative to the mean user. */
  readonly activity: Float64Array;
  readonly byActivity: AliasTable;
}

export interface UserState {
  /** Taste today, 16 numbers a user. */
  taste: Float32Array;
  /** Pooled history of organic actions: the taste, seen late and with error. */
  history: Float32Array;
  /** Decayed organic actions for each user and category, in units of 1/64. */
  organic: Uint16Array;
  /** Rings of the last ad ids shown (plus one; 0 is none) and of the last categories clicked. */
  seen: Uint16Array;
  seenAt: Uint8Array;
  clicked: Uint8Array;
  clickedAt: Uint8Array;
}

/** What the nightly job knows of every user at the start of a day. */
export interface UserDay {
  /** 16 numbers a user, in units of 1/32. */
  readonly history: Int8Array;
  /** The three categories of most organic actions, 255 where there are fewer. */
  readonly topCategories: Uint8Array;
  /** Organic actions remembered, capped at 255. */
  readonly actions: Uint8Array;
}

const STREAM = { segments: 11, users: 12, initial: 13, day: 14 } as const;

export function createUserTable(settings: WorldSettings): { table: UserTable; hidden: HiddenUsers } {
  const count = settings.users;
  const rng = createRng(settings.seed, STREAM.segments);
  const segmentTaste = Float64Array.from({ length: SEGMENTS * TASTE }, () => normal(rng));
  const share = cumulative(SEGMENTS, () => exp(0.4 * normal(rng)));
  const lean = Array.from({ length: SEGMENTS }, () => ({
    age: cumulative(DEMOGRAPHICS.age, () => exp(normal(rng))),
    gender: cumulative(DEMOGRAPHICS.gender, () => exp(normal(rng))),
    city: cumulative(DEMOGRAPHICS.city, () => exp(normal(rng))),
    device: cumulative(DEMOGRAPHICS.device, () => exp(normal(rng))),
  }));
  const table: UserTable = {
    age: new Uint8Array(count),
    gender: new Uint8Array(count),
    city: new Uint8Array(count),
    device: new Uint8Array(count),
  };
  const segment = new Uint8Array(count);
  const activity = new Float64Array(count);
  const own = createRng(settings.seed, STREAM.users);
  for (let user = 0; user < count; user++) {
    segment[user] = drawCumulative(own, share);
    activity[user] = exp(USERS.activitySigma * normal(own) - USERS.activitySigma ** 2 / 2);
    const leaning = lean[segment[user] as number];
    if (!leaning) continue;
    table.age[user] = drawCumulative(own, leaning.age);
    table.gender[user] = drawCumulative(own, leaning.gender);
    table.city[user] = drawCumulative(own, leaning.city);
    table.device[user] = drawCumulative(own, leaning.device);
  }
  return { table, hidden: { segment, segmentTaste, activity, byActivity: createAliasTable(activity) } };
}

/** Users at the start of the world, with the organic history of the days before it. */
export function createUserState(
  settings: WorldSettings,
  hidden: HiddenUsers,
  centroids: Float64Array,
): UserState {
  const count = settings.users;
  const state: UserState = {
    taste: new Float32Array(count * TASTE),
    history: new Float32Array(count * TASTE),
    organic: new Uint16Array(count * CATEGORIES),
    seen: new Uint16Array(count * USERS.memory),
    seenAt: new Uint8Array(count),
    clicked: new Uint8Array(count * USERS.clicks).fill(NO_CATEGORY),
    clickedAt: new Uint8Array(count),
  };
  const rng = createRng(settings.seed, STREAM.initial);
  for (let user = 0; user < count; user++) {
    const centre = (hidden.segment[user] as number) * TASTE;
    for (let k = 0; k < TASTE; k++) {
      state.taste[user * TASTE + k] =
        (hidden.segmentTaste[centre + k] as number) + USERS.ownTaste * normal(rng);
    }
    const remembered = poisson(rng, USERS.organicPerDay * 10 * (hidden.activity[user] as number));
    observe(state, user, Math.min(remembered, 200), centroids, rng);
  }
  return state;
}

/** The night before `day`: tastes move, organic actions of the day before are pooled, counters decay. */
export function advanceUsers(
  state: UserState,
  settings: WorldSettings,
  hidden: HiddenUsers,
  centroids: Float64Array,
  day: number,
): void {
  const rng = createRng(settings.seed, STREAM.day, day);
  const keep = exp(-Math.LN2 / USERS.tasteHalfLife);
  const fresh = USERS.ownTaste * Math.sqrt(1 - keep * keep);
  for (let i = 0; i < state.organic.length; i++) {
    const value = state.organic[i] as number;
    if (value > 0) state.organic[i] = Math.floor(value * keep);
  }
  for (let user = 0; user < settings.users; user++) {
    if (settings.drift.interests) {
      const centre = (hidden.segment[user] as number) * TASTE;
      for (let k = 0; k < TASTE; k++) {
        const mean = hidden.segmentTaste[centre + k] as number;
        const now = state.taste[user * TASTE + k] as number;
        state.taste[user * TASTE + k] = mean + keep * (now - mean) + fresh * normal(rng);
      }
    }
    const actions = poisson(rng, USERS.organicPerDay * (hidden.activity[user] as number));
    observe(state, user, Math.min(actions, 200), centroids, rng);
  }
}

const preference = new Float64Array(CATEGORIES);

/** Lets a user act: counts the categories of the actions and pools what they show of the taste. */
function observe(state: UserState, user: number, actions: number, centroids: Float64Array, rng: Rng): void {
  if (actions === 0) return;
  const start = user * TASTE;
  let total = 0;
  for (let category = 0; category < CATEGORIES; category++) {
    let match = 0;
    for (let k = 0; k < TASTE; k++) {
      match += (state.taste[start + k] as number) * (centroids[category * TASTE + k] as number);
    }
    total += exp(0.35 * match);
    preference[category] = total;
  }
  for (let i = 0; i < actions; i++) {
    const at = user * CATEGORIES + drawCumulative(rng, preference);
    state.organic[at] = Math.min(0xffff, (state.organic[at] as number) + 1 / ORGANIC_UNIT);
  }
  const weight = actions / (actions + USERS.pooling);
  const error = USERS.organicNoise / Math.sqrt(actions);
  for (let k = start; k < start + TASTE; k++) {
    const seen = (state.taste[k] as number) + error * normal(rng);
    state.history[k] = (state.history[k] as number) + weight * (seen - (state.history[k] as number));
  }
}

/** The nightly table that models may use, from the state at the start of a day. */
export function describeUsers(state: UserState): UserDay {
  const count = state.seenAt.length;
  const history = new Int8Array(count * TASTE);
  for (let i = 0; i < history.length; i++) history[i] = toUnits(state.history[i] as number);
  const topCategories = new Uint8Array(count * TOP_CATEGORIES).fill(NO_CATEGORY);
  const actions = new Uint8Array(count);
  for (let user = 0; user < count; user++) {
    const from = user * CATEGORIES;
    let total = 0;
    for (let i = from; i < from + CATEGORIES; i++) total += state.organic[i] as number;
    actions[user] = Math.min(255, Math.round(total * ORGANIC_UNIT));
    fillTop(state.organic, from, topCategories, user * TOP_CATEGORIES);
  }
  return { history, topCategories, actions };
}

/** Writes the three most counted categories, most first; a category without actions is none. */
function fillTop(organic: Uint16Array, from: number, out: Uint8Array, at: number): void {
  let first = 0;
  let second = 0;
  let third = 0;
  for (let category = 0; category < CATEGORIES; category++) {
    const count = organic[from + category] as number;
    if (count <= third) continue;
    if (count > first) {
      third = second;
      second = first;
      first = count;
      out[at + 2] = out[at + 1] as number;
      out[at + 1] = out[at] as number;
      out[at] = category;
    } else if (count > second) {
      third = second;
      second = count;
      out[at + 2] = out[at + 1] as number;
      out[at + 1] = category;
    } else {
      third = count;
      out[at + 2] = category;
    }
  }
}

/** Organic actions of a user in a category, on the scale 16·log2(1 + n), capped at 255. */
export function interestOf(state: UserState, user: number, category: number): number {
  const actions = (state.organic[user * CATEGORIES + category] as number) * ORGANIC_UNIT;
  return INTEREST_SCALE[Math.min(INTEREST_SCALE.length - 1, Math.round(actions * 8))] as number;
}

const INTEREST_SCALE = new Uint8Array(8 * 1024);
for (let i = 0, level = 0; i < INTEREST_SCALE.length; i++) {
  while (level < 255 && exp(((level + 0.5) * Math.LN2) / 16) <= 1 + i / 8) level++;
  INTEREST_SCALE[i] = level;
}

function cumulative(size: number, weight: () => number): Float64Array {
  let total = 0;
  return Float64Array.from({ length: size }, () => {
    total += weight();
    return total;
  });
}
