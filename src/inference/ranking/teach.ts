import { impressionSource } from '../../adlog/features.ts';
import type { DayLog } from '../../adlog/schema.ts';
import { DAY_SECONDS, type Domain, WARM_UP_DAYS } from '../../adlog/settings.ts';
import { restoreWorld } from '../../adlog/world.ts';
import { calibration } from '../../funnel/probability-metrics.ts';
import type { Adapter } from './adapter.ts';
import { scoreOnce, scoresFor } from './das.ts';
import { leakedCalibration } from './equations.ts';
import { createFm, FM_BATCH } from './fm.ts';
import { copyParameters, frozenParameters, type Parameters } from './parameters.ts';
import { type Hooks, scoreRows, trainOnRows } from './stream.ts';
import { adapt, type Student } from './student.ts';
import { calibrationCurve, dayDifferences, type JudgedRows, judge, sumUsers } from './teach-judge.ts';
import {
  allRows,
  clickRows,
  domainRows,
  domainsOf,
  joinStudents,
  keysOf,
  playDay,
  worldSettings,
} from './teach-rows.ts';
import { JUDGED, type Judged, type TeachDay, type TeachProgress, type TeachSettings } from './teach-run.ts';
import { startTeach } from './teach-start.ts';
import type {
  StudentPair,
  TeacherDay,
  TeachHooks,
  TeachMemory,
  TeachPorts,
  TeachState,
} from './teach-state.ts';
import { addDay, type DayFigures, NO_USERS, type PlayedDay, sumAdapting } from './teach-summary.ts';
import { isBroken, servingCheckpoint } from './teacher.ts';
import { createVm, taughtVm, VM_BATCH } from './vm.ts';

export { startTeach } from './teach-start.ts';
export * from './teach-state.ts';

/** Plays the stream day by day, each with the figures over the days so far. @throws the signal's reason */
export async function* playDays(
  settings: TeachSettings,
  ports: TeachPorts,
  hooks: TeachHooks = {},
): AsyncGenerator<DayFigures> {
  let state = await startTeach(settings, ports, hooks);
  let users = NO_USERS;
  while (state.day < settings.streamDays) {
    const played = await teachDay(state, ports, hooks);
    const added = addDay(users, played.day);
    state = played.state;
    users = added.users;
    yield added.figures;
  }
}

/** Plays the next day of a run. The state that it is given stays as it is. @throws the signal's reason */
export async function teachDay(
  state: TeachState,
  { memory }: TeachPorts,
  hooks: TeachHooks = {},
): Promise<{ state: TeachState; day: PlayedDay }> {
  const { settings, day } = state;
  const progress = (phase: TeachProgress['phase']) => (share: number) =>
    hooks.onProgress?.({ phase, day, share });
  const world = restoreWorld(worldSettings(settings, settings.drift), state.world);
  const log = await playDay(world, hooks.signal, progress('world'));
  const levels = [...state.levels, log.hidden.level];
  const teacher = await teacherDay(state, log, memory, hooks, progress('teacher'));
  const checkpoints = new Map([
    ...state.checkpoints,
    [day, frozenParameters(state.live)] as const,
    ...teacher.within,
  ]);
  const early = [...checkpoints.keys()].filter((k) => k < 0);
  const servesAt = (time: number) => servingCheckpoint(time, settings.teacher, early);
  const broken = isBroken(day, settings.teacher);

  const domains = domainsOf(settings);
  const join = joinStudents(log);
  const rowOf = new Map(
    Array.from(log.impressions.id.subarray(0, log.impressions.count), (id, row) => [id, row]),
  );
  const servesRow = (row: number) => servesAt(day + partOf(log, row) / PARTS);
  const scores = await scoreOnce(join, domains, (ids) => {
    const rows = Int32Array.from(ids, (id) => rowOf.get(id) ?? 0);
    return scoreInParts(rows, servesRow, (checkpoint, own) => {
      const fm = createFm(settings.teacher.size, settings.seed);
      const model = withParameters(fm, checkpoints.get(checkpoint));
      return scoreRows(model, impressionSource(log), own, hooks, broken);
    });
  });

  const parts: DomainDay[] = [];
  const students: Record<string, StudentPair> = {};
  for (const [i, domain] of domains.entries()) {
    const before = state.students[domain];
    if (!before) throw new RangeError(`The run has no student for ${domain}.`);
    const played = await teachDomain(settings, log, domain, before, scoresFor(join, domain, scores), {
      ...(hooks.signal ? { signal: hooks.signal } : {}),
      onShare: (share) => progress('students')((i + share) / domains.length),
    });
    students[domain] = played.after;
    parts.push(played);
  }
  const rows = judgedRows(log, parts);
  const predictions: Record<Judged, Float32Array> = {
    oracle: rows.truth,
    fresh: Float32Array.from(rows.order, (row) => teacher.fresh[row] ?? Number.NaN),
    served: gather(parts, ({ teacher: yF }) => yF),
    alone: gather(parts, ({ alone }) => alone),
    student: gather(parts, ({ student }) => student),
  };
  const users = sumUsers(rows, predictions);
  const served = judge(rows, predictions.served);
  const models = Object.fromEntries(
    JUDGED.map((model) => [model, model === 'served' ? served : judge(rows, predictions[model])]),
  ) as Record<Judged, TeachDay['models'][Judged]>;
  const [first] = parts;
  const adapted = parts.every((part) => part.adapted !== undefined)
    ? gather(parts, (part) => part.adapted ?? new Float32Array())
    : null;
  const c = calibration(served.expected);
  /** Level of the last day that a checkpoint has seen, be it in part. */
  const levelOf = (checkpoint: number) =>
    levels[WARM_UP_DAYS + Math.ceil(checkpoint) - 1] ?? log.hidden.level;
  const shifts = Float32Array.from(rows.order, (row) => log.hidden.level - levelOf(servesRow(row)));
  // Where several serve on one day, that of its first rows stands for it.
  const checkpoint = servesAt(day);
  const oldest = servesAt(day + 1);
  const next: TeachState = {
    ...state,
    day: day + 1,
    world: world.state,
    levels,
    live: teacher.live,
    // Those that have served their time are dropped: a place to go on from is stored every day.
    checkpoints: new Map([...checkpoints].filter(([at]) => at >= oldest)),
    students,
  };
  return {
    state: next,
    day: {
      day,
      rows: rows.truth.length,
      models,
      differences: dayDifferences(users),
      users,
      checkpoint,
      broken,
      level: log.hidden.level,
      checkpointLevel: levelOf(checkpoint),
      teacherCurve: calibrationCurve(rows, predictions.served),
      adapterCurve: first && adapted ? await adapterCurve(first.after.taught.adapter) : null,
      adapted: adapted && judge(rows, adapted),
      adapting: adapted && !broken ? sumAdapting(rows, predictions.served, adapted, shifts) : null,
      leak: { teacher: c, oneHead: leakedCalibration(c, settings.distillation.w) },
      ledger: join.ledger,
    },
  };
}

/** Parts of a day: a checkpoint is published, or begins to serve, at the border of one. */
const PARTS = 4;

/** The part of its day that an impression falls into, from 0. */
function partOf({ impressions }: DayLog, row: number): number {
  return Math.floor((((impressions.time[row] ?? 0) % DAY_SECONDS) * PARTS) / DAY_SECONDS);
}

/** Scores of rows that several checkpoints serve, each its own; in the order of the rows. */
async function scoreInParts(
  rows: Int32Array,
  checkpointOf: (row: number) => number,
  score: (checkpoint: number, rows: Int32Array) => Promise<Float32Array>,
): Promise<Float32Array> {
  const serving = Array.from(rows, checkpointOf);
  const scores = new Float32Array(rows.length);
  for (const checkpoint of new Set(serving)) {
    const places = [...rows.keys()].filter((place) => serving[place] === checkpoint);
    const own = await score(
      checkpoint,
      Int32Array.from(places, (place) => rows[place] ?? 0),
    );
    places.forEach((place, i) => {
      scores[place] = own[i] ?? Number.NaN;
    });
  }
  return scores;
}

/** A day of the FM with the checkpoints that it publishes within the day, by their time in days. */
interface PublishedDay extends TeacherDay {
  readonly within: ReadonlyMap<number, Parameters>;
}

/** The FM's own day: from memory where an earlier run played it, trained now where not. */
async function teacherDay(
  state: TeachState,
  log: DayLog,
  memory: TeachMemory,
  { signal }: TeachHooks,
  onShare: (share: number) => void,
): Promise<PublishedDay> {
  const { day, settings } = state;
  const { size, refresh } = settings.teacher;
  const key = keysOf(settings).teacherDay(day);
  const borders = [1, 2, 3].filter((part) => Number.isInteger((day + part / PARTS) / refresh));
  const known = borders.length === 0 ? memory.teacherDays.get(key) : undefined;
  if (known) return { ...known, within: new Map() };
  const fm = withParameters(createFm(size, settings.seed), copyParameters(state.live));
  const within = new Map<number, Parameters>();
  const rows = allRows(log);
  const fresh = new Float32Array(rows.length);
  let from = 0;
  for (const border of [...borders, PARTS]) {
    const own = rows.filter((row) => row >= from && partOf(log, row) < border);
    const start = from;
    const { served } = await trainOnRows(fm, clickRows(log, own), FM_BATCH, {
      ...(signal ? { signal } : {}),
      onShare: (share) => onShare((start + share * own.length) / rows.length),
    });
    fresh.set(served, from);
    from += own.length;
    if (border < PARTS) within.set(day + border / PARTS, frozenParameters(fm.parameters));
  }
  const played = { fresh, live: fm.parameters };
  if (borders.length === 0) memory.teacherDays.set(key, played);
  return { ...played, within };
}

interface DomainDay {
  readonly rows: Int32Array;
  readonly teacher: Float32Array;
  readonly alone: Float32Array;
  readonly student: Float32Array;
  readonly adapted: Float32Array | undefined;
  readonly after: StudentPair;
}

async function teachDomain(
  { seed, distillation }: TeachSettings,
  log: DayLog,
  domain: Domain,
  before: StudentPair,
  teacher: Float32Array,
  { signal, onShare }: Hooks,
): Promise<DomainDay> {
  const half = (part: number): Hooks => ({
    ...(signal ? { signal } : {}),
    onShare: (share) => onShare?.((part + share) / 2),
  });
  const rows = domainRows(log, domain);
  const plain = clickRows(log, rows);
  const alone = withParameters(createVm(seed), copyParameters(before.alone.parameters));
  const template = taughtVm(before.taught.parameters, distillation, seed);
  const taught: Student = {
    ...withParameters(template, copyParameters(before.taught.parameters)),
    adapter: structuredClone(before.taught.adapter),
  };
  const own = await trainOnRows(alone, plain, VM_BATCH, half(0));
  const withTeacher = distillation.mode === 'none' ? plain : { ...plain, teacher };
  const learnt = await trainOnRows(taught, withTeacher, VM_BATCH, half(1));
  return {
    rows,
    teacher,
    alone: own.served,
    student: learnt.served,
    adapted: learnt.adapted,
    after: {
      alone: { parameters: alone.parameters, adapter: alone.adapter },
      taught: { parameters: taught.parameters, adapter: taught.adapter },
    },
  };
}

function judgedRows(log: DayLog, parts: readonly DomainDay[]): JudgedRows & { order: Int32Array } {
  const { impressions } = log;
  const order = Int32Array.from(parts.flatMap(({ rows }) => [...rows]));
  return {
    order,
    truth: Float32Array.from(order, (row) => impressions.pClick[row] ?? 0),
    clicks: Float32Array.from(order, (row) => impressions.click[row] ?? 0),
    users: Uint16Array.from(order, (row) => impressions.user[row] ?? 0),
  };
}

function gather(parts: readonly DomainDay[], column: (part: DomainDay) => Float32Array): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...column(part)]));
}

async function adapterCurve(adapter: Adapter): Promise<TeachDay['adapterCurve']> {
  const teacher = Array.from({ length: 33 }, (_, i) => 0.001 * 300 ** (i / 32));
  const adapted = await adapt(adapter, teacher);
  return teacher.map((p, i) => ({ teacher: p, adapted: adapted[i] ?? Number.NaN }));
}

function withParameters(model: Student, parameters: Parameters | undefined): Student {
  if (!parameters) throw new RangeError('There are no parameters for the model.');
  return { ...model, parameters };
}
