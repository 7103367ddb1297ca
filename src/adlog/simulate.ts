import { advanceAds } from './ads';
import { advanceDrift, domainShares, levelOf } from './drift';
import { createRng, drawAlias, drawCumulative, hash32, type Rng, uniform } from './random';
import { choose, createRequestSpace, rankEarly, rankFinal, retrieve } from './ranking';
import { createRecorder, type Recorder, recordCandidates, recordShown, type Scene } from './record';
import type { DayLog } from './schema';
import { SEGMENTS, TASTE, TICK_SECONDS, TICKS, TRAFFIC, TRUTH, USERS } from './settings';
import { createTables, fillTables } from './tables';
import { advanceUsers, describeUsers } from './users';
import { startOfDay, type World } from './world';

const STREAM = { requests: 31, ads: 32, outcomes: 33, logging: 34 } as const;
const SLOT_SHARES = running(TRUTH.slots);
const TRAFFIC_SUM = TRAFFIC.reduce((sum, share) => sum + share, 0);

export interface DayOptions {
  /** Log all 400 candidates of one request in so many; 0 logs none in full. */
  readonly fullEvery?: number;
  /** Called after each half hour with the share of the day that is done. */
  readonly onTick?: (share: number) => void;
}

/** What the request loop works with for a day. */
interface Shift extends Scene {
  readonly world: World;
  readonly recorder: Recorder;
  readonly requests: Rng;
  readonly outcomes: Rng;
  readonly logging: Rng;
  readonly level: number;
  readonly domains: Float64Array;
  readonly fullEvery: number;
}

/** Plays the next day of a world: moves its state to the next border and returns the day's log. */
export function simulateDay(world: World, options: DayOptions = {}): DayLog {
  const { settings, state } = world;
  const day = state.day;
  if (day > 0) {
    advanceDrift(state.drift, settings, day);
    advanceUsers(state.users, settings, world.hidden, world.centroids, day);
  }
  const userDay = describeUsers(state.users);
  const adEvents = createRng(settings.seed, STREAM.ads, day);
  const shift: Shift = {
    world,
    settings,
    state,
    tables: createTables(state.ads.live.ad.length),
    space: createRequestSpace(state.ads.live.ad.length),
    recorder: createRecorder(settings, day, options.fullEvery ?? 0),
    requests: createRng(settings.seed, STREAM.requests, day),
    outcomes: createRng(settings.seed, STREAM.outcomes, day),
    logging: createRng(settings.seed, STREAM.logging, day),
    level: levelOf(state.drift, settings, day),
    domains: domainShares(state.drift),
    fullEvery: options.fullEvery ?? 0,
  };
  let done = 0;
  let traffic = 0;
  for (let tick = 0; tick < TICKS; tick++) {
    const start = startOfDay(day) + tick * TICK_SECONDS;
    advanceAds(state.ads, settings, world.centroids, start, adEvents);
    fillTables(shift.tables, state.ads, state.drift, world.hidden.segmentTaste, settings.seed, start);
    traffic += (TRAFFIC[tick] ?? 0) / TRAFFIC_SUM;
    const quota = Math.round(traffic * settings.impressionsPerDay);
    playTick(shift, start, quota - done);
    done = quota;
    options.onTick?.((tick + 1) / TICKS);
  }
  state.day = day + 1;
  const { recorder } = shift;
  return {
    day,
    requests: recorder.requests,
    liveAds: state.ads.live.count,
    impressions: recorder.impressions,
    candidates: recorder.candidates,
    full: recorder.full,
    users: world.users,
    userDay,
    ads: state.ads.table,
    hidden: { level: shift.level, categories: state.drift.categories.slice(), domains: shift.domains },
  };
}

/** Requests of half an hour, until it has shown its `quota` of impressions. */
function playTick(shift: Shift, start: number, quota: number): void {
  let shown = 0;
  while (shown < quota) {
    const moment = (shown + uniform(shift.requests)) / quota;
    const time = start + Math.min(TICK_SECONDS - 1, Math.floor(moment * TICK_SECONDS));
    shown += playRequest(shift, time, quota - shown);
  }
}

/** One request through the funnel; returns the impressions that it made, at most `limit`. */
function playRequest(shift: Shift, time: number, limit: number): number {
  const { world, tables, space, recorder, requests } = shift;
  const { settings, state, hidden } = world;
  const user = drawAlias(requests, hidden.byActivity);
  const domain = drawCumulative(requests, shift.domains);
  const slots = Math.min(limit, 1 + drawCumulative(requests, SLOT_SHARES));
  const segment = Math.min(SEGMENTS - 1, hidden.segment[user] as number);
  const pairKey = hash32(settings.seed ^ 0x51ed270b, user);
  space.errorKey = hash32(pairKey, state.day);

  for (let k = 0; k < TASTE; k++) space.taste[k] = state.users.taste[user * TASTE + k] as number;
  markSeen(shift, user, 1);
  retrieve(space, tables, segment, requests);
  const base = (TRUTH.click.domain[domain] ?? 0) + shift.level;
  rankEarly(space, tables, state.ads.live, settings.lambda, base, pairKey);
  rankFinal(space, tables, settings.lambda);
  choose(space, slots, requests);

  const moment = { request: recorder.requests, time, user, domain };
  recordShown(recorder, shift, moment, shift.outcomes);
  recordCandidates(recorder, shift, moment, shift.logging);
  markSeen(shift, user, 0);
  remember(shift, user);
  recorder.requests++;
  return space.shownCount;
}

/** Counts (or, with 0, clears) the remembered impressions of the live slots. */
function markSeen(shift: Shift, user: number, count: 0 | 1): void {
  const { seen } = shift.space;
  const { users, ads } = shift.world.state;
  const start = user * USERS.memory;
  for (let i = start; i < start + USERS.memory; i++) {
    const ad = users.seen[i] as number;
    if (ad === 0) continue;
    const slot = ads.live.slotOf[ad - 1] as number;
    if (slot >= 0) seen[slot] = count === 0 ? 0 : (seen[slot] as number) + 1;
  }
}

function remember(shift: Shift, user: number): void {
  const { space } = shift;
  const { users, ads } = shift.world.state;
  for (let k = 0; k < space.shownCount; k++) {
    const slot = space.slot[space.survivors[space.shown[k] as number] as number] as number;
    const at = users.seenAt[user] as number;
    users.seen[user * USERS.memory + at] = (ads.live.ad[slot] as number) + 1;
    users.seenAt[user] = (at + 1) % USERS.memory;
  }
}

function running(shares: readonly number[]): Float64Array {
  let total = 0;
  return Float64Array.from(shares, (share) => {
    total += share;
    return total;
  });
}
