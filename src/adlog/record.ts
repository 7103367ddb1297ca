import { exp, log, sigmoid } from './arithmetic';
import { below, type Rng, uniform } from './random';
import { conversionLogit, propensityOf, type RequestSpace, scoreFinal } from './ranking';
import {
  type Candidates,
  createCandidates,
  createImpressions,
  type Impressions,
  type RowColumns,
  type Stage,
} from './schema';
import { DAY_SECONDS, DELAY, FUNNEL, USERS, type WorldSettings } from './settings';
import { POSITION_EFFECT, type TickTables } from './tables';
import { interestOf, type UserState } from './users';
import type { WorldState } from './world';

/** The log of a day while it is written. */
export interface Recorder {
  requests: number;
  readonly firstId: number;
  readonly impressions: Impressions;
  candidates: Candidates;
  full: Candidates;
  readonly every: number;
  readonly fullEvery: number;
  readonly pool: Int32Array;
  /** Ids of what the current request showed. */
  readonly shownIds: Uint32Array;
}

/** Who asked, where and when. */
export interface Moment {
  readonly request: number;
  readonly time: number;
  readonly user: number;
  readonly domain: number;
}

/** Each day numbers its impressions from day·2^22 and its candidates from there plus 2^21. */
const IDS_PER_DAY = 2 ** 22;
const FIRST_CANDIDATE = 2 ** 21;

export function createRecorder(settings: WorldSettings, day: number, fullEvery: number): Recorder {
  const perRequest = FUNNEL.loggedSurvivors + FUNNEL.loggedDropped;
  const expected = settings.candidatesEvery > 0 ? settings.impressionsPerDay / settings.candidatesEvery : 0;
  return {
    requests: 0,
    firstId: day * IDS_PER_DAY,
    impressions: createImpressions(settings.impressionsPerDay),
    candidates: createCandidates(Math.ceil(expected) * perRequest),
    full: createCandidates(
      fullEvery > 0 ? Math.ceil(settings.impressionsPerDay / fullEvery) * FUNNEL.retrieved : 0,
    ),
    every: settings.candidatesEvery,
    fullEvery,
    pool: new Int32Array(FUNNEL.retrieved),
    shownIds: new Uint32Array(FUNNEL.slots),
  };
}

/** A request after its ranking: what is needed to write it down. */
export interface Scene {
  readonly settings: WorldSettings;
  readonly state: WorldState;
  readonly tables: TickTables;
  readonly space: RequestSpace;
}

/** Writes the shown ads of a request and draws what the user does. */
export function recordShown(recorder: Recorder, scene: Scene, moment: Moment, rng: Rng): void {
  const { space, tables, state } = scene;
  const rows = recorder.impressions;
  for (let k = 0; k < space.shownCount; k++) {
    const pick = space.shown[k] as number;
    const i = space.survivors[pick] as number;
    const slot = space.slot[i] as number;
    const row = rows.count++;
    const id = recorder.firstId + row;
    recorder.shownIds[k] = id;
    writeObserved(rows, row, id, slot, scene, moment);
    const pClick = sigmoid((space.click[i] as number) + (POSITION_EFFECT[moment.domain]?.[k] ?? 0));
    const pConversion = sigmoid(conversionLogit(space, tables, state.ads.live, slot));
    const pCrossOut = sigmoid(space.crossOut[i] as number);
    const click = uniform(rng) < pClick;
    const conversion = uniform(rng) < pConversion && click;
    const delay = drawDelay(rng);
    rows.position[row] = k;
    rows.propensity[row] = propensityOf(space, pick, k);
    rows.click[row] = click ? 1 : 0;
    rows.conversion[row] = conversion ? 1 : 0;
    rows.delay[row] = conversion ? delay : 0;
    rows.crossOut[row] = uniform(rng) < pCrossOut ? 1 : 0;
    rows.price[row] = secondPrice(scene, i, k);
    rows.pClick[row] = pClick;
    rows.pConversion[row] = pConversion;
    rows.pCrossOut[row] = pCrossOut;
    rows.policyValue[row] = 1000 * (space.finalValue[pick] as number);
    if (click) rememberClick(state.users, moment.user, tables.category[slot] as number);
  }
}

/** Logs a sample of the candidates of one request in `every`, and all of one in `fullEvery`. */
export function recordCandidates(recorder: Recorder, scene: Scene, moment: Moment, rng: Rng): void {
  const { survivorCount, survivors, count } = scene.space;
  const { pool, candidates, full } = recorder;
  if (recorder.every > 0 && moment.request % recorder.every === 0) {
    pool.set(survivors.subarray(0, survivorCount));
    const kept = sample(pool, survivorCount, FUNNEL.loggedSurvivors, rng);
    for (let j = 0; j < kept; j++) {
      writeCandidate(recorder, candidates, pool[j] as number, kept / survivorCount, scene, moment);
    }
    let dropped = 0;
    for (let i = 0, j = 0; i < count; i++) {
      if (j < survivorCount && survivors[j] === i) j++;
      else pool[dropped++] = i;
    }
    const lost = sample(pool, dropped, FUNNEL.loggedDropped, rng);
    for (let j = 0; j < lost; j++) {
      writeCandidate(recorder, candidates, pool[j] as number, lost / dropped, scene, moment);
    }
  }
  if (recorder.fullEvery > 0 && moment.request % recorder.fullEvery === 0) {
    for (let i = 0; i < count; i++) writeCandidate(recorder, full, i, 1, scene, moment);
  }
}

function writeCandidate(
  recorder: Recorder,
  rows: Candidates,
  i: number,
  inclusion: number,
  scene: Scene,
  moment: Moment,
): void {
  const row = rows.count;
  if (row === rows.id.length) return;
  rows.count++;
  const { space, tables, state, settings } = scene;
  const slot = space.slot[i] as number;
  const pick = space.survivors.subarray(0, space.survivorCount).indexOf(i);
  const shown = pick < 0 ? -1 : space.shown.subarray(0, space.shownCount).indexOf(pick);
  const serial = rows === recorder.full ? recorder.candidates.id.length + row : row;
  const id = shown >= 0 ? (recorder.shownIds[shown] as number) : recorder.firstId + FIRST_CANDIDATE + serial;
  writeObserved(rows, row, id, slot, scene, moment);
  rows.stage[row] = stageOf(space, pick, shown);
  rows.inclusion[row] = inclusion;
  rows.pClick[row] = sigmoid(space.click[i] as number);
  rows.pConversion[row] = sigmoid(conversionLogit(space, tables, state.ads.live, slot));
  rows.pCrossOut[row] = sigmoid(space.crossOut[i] as number);
  scoreFinal(space, tables, settings.lambda, i);
  rows.policyValue[row] = 1000 * (space.scored[0] as number);
}

function stageOf(space: RequestSpace, pick: number, shown: number): Stage {
  if (shown >= 0) return 3;
  if (pick < 0) return 0;
  return space.order.subarray(0, space.orderCount).includes(pick) ? 2 : 1;
}

function writeObserved(
  rows: RowColumns,
  row: number,
  id: number,
  slot: number,
  scene: Scene,
  moment: Moment,
): void {
  const { users, ads } = scene.state;
  const category = scene.tables.category[slot] as number;
  rows.id[row] = id;
  rows.request[row] = moment.request;
  rows.time[row] = moment.time;
  rows.domain[row] = moment.domain;
  rows.user[row] = moment.user;
  rows.ad[row] = ads.live.ad[slot] as number;
  rows.seen[row] = scene.space.seen[slot] as number;
  rows.interest[row] = interestOf(users, moment.user, category);
  rows.clicked[row] = clicksIn(users, moment.user, category);
}

/** Moves a uniform sample without replacement to the front of the pool; returns its size. */
function sample(pool: Int32Array, size: number, wanted: number, rng: Rng): number {
  const count = Math.min(wanted, size);
  for (let i = 0; i < count; i++) {
    const j = i + below(rng, size - i);
    const swap = pool[i] as number;
    pool[i] = pool[j] as number;
    pool[j] = swap;
  }
  return count;
}

/** What the winner of slot k pays for each billed action: the least bid that keeps it above the next in the final order. */
function secondPrice(scene: Scene, i: number, k: number): number {
  const { space, tables, settings } = scene;
  const bid = tables.bid[space.slot[i] as number] as number;
  scoreFinal(space, tables, settings.lambda, i);
  const next = space.order[k + 1];
  const rival =
    next === undefined || k + 1 >= space.orderCount ? 0 : Math.max(0, space.finalValue[next] as number);
  const penalty = settings.lambda * (space.scored[1] as number);
  const rate = ((space.scored[0] as number) + penalty) / bid;
  return Math.max(0, Math.min(bid, (rival + penalty) / rate));
}

const LOG_HOUR = log(3600);
const LOG_FIRST = log(30);
const LOG_DAY = log(DAY_SECONDS);
const LOG_LAST = log(DELAY.lastDay * DAY_SECONDS);

/** Seconds from click to conversion: log-uniform within the hour, the day and the month, with the published shares. */
export function drawDelay(rng: Rng): number {
  const draw = uniform(rng);
  const [share, from, to, low, high] =
    draw < DELAY.hourShare
      ? ([draw, LOG_FIRST, LOG_HOUR, 0, DELAY.hourShare] as const)
      : draw < DELAY.dayShare
        ? ([draw, LOG_HOUR, LOG_DAY, DELAY.hourShare, DELAY.dayShare] as const)
        : ([draw, LOG_DAY, LOG_LAST, DELAY.dayShare, 1] as const);
  return Math.round(exp(from + ((to - from) * (share - low)) / (high - low)));
}

function clicksIn(users: UserState, user: number, category: number): number {
  const start = user * USERS.clicks;
  let count = 0;
  for (let i = start; i < start + USERS.clicks; i++) if (users.clicked[i] === category) count++;
  return count;
}

function rememberClick(users: UserState, user: number, category: number): void {
  const at = users.clickedAt[user] as number;
  users.clicked[user * USERS.clicks + at] = category;
  users.clickedAt[user] = (at + 1) % USERS.clicks;
}
