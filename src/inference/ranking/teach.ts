import { impressionSource } from '../../adlog/features.ts';
import type { DayLog } from '../../adlog/schema.ts';
import {
  ALL_DRIFT,
  DEFAULT_SETTINGS,
  DOMAINS,
  type Domain,
  WARM_UP_DAYS,
  type WorldSettings,
} from '../../adlog/settings.ts';
import { simulateDay } from '../../adlog/simulate.ts';
import { createWorld, restoreWorld, type World, type WorldState } from '../../adlog/world.ts';
import { calibration } from '../../funnel/probability-metrics.ts';
import { type Adapter, createAdapter } from './adapter.ts';
import { type Join, joinExamples, scoresFor } from './das.ts';
import { leakedCalibration } from './equations.ts';
import { createFm, FM_BATCH } from './fm.ts';
import { copyParameters, frozenParameters, type Parameters } from './parameters.ts';
import { createBreath, type Hooks, scoreRows, trainOnRows } from './stream.ts';
import { adapt, type Student } from './student.ts';
import { calibrationCurve, dayDifferences, type JudgedRows, judge, sumUsers } from './teach-judge.ts';
import {
  type FmSize,
  JUDGED,
  type Judged,
  type TeachDay,
  type TeachProgress,
  type TeachSettings,
} from './teach-run.ts';
import { EARLY_CHECKPOINTS, isBroken, servingCheckpoint } from './teacher.ts';
import { createVm, taughtVm, VM_BATCH } from './vm.ts';

/** Trained weights that come from files; undefined where there are none for it. */
export interface ShippedModels {
  /** Seed of the world that they were trained on. */
  readonly seed: number;
  fm(size: FmSize, day: number): Promise<Parameters | undefined>;
  vm(domain: Domain): Promise<Parameters | undefined>;
}

/** What runs leave to later ones. Nothing in it depends on how the student is taught. */
export interface TeachMemory {
  readonly worlds: Map<string, WarmWorld>;
  readonly teachers: Map<string, TeacherStart>;
  readonly teacherDays: Map<string, TeacherDay>;
  readonly students: Map<string, Parameters>;
}

export interface WarmWorld {
  readonly state: WorldState;
  /** Level of each day before the stream. */
  readonly levels: readonly number[];
}

export interface TeacherStart {
  /** The FM at the border of day 0, as it goes on learning. */
  readonly live: Parameters;
  /** Checkpoints that may serve, by day. */
  readonly checkpoints: ReadonlyMap<number, Parameters>;
}

export interface TeacherDay {
  /** Predictions for the day's impressions, each made before it was learnt. */
  readonly fresh: Float32Array;
  /** The FM at the end of the day. */
  readonly live: Parameters;
}

export interface TeachPorts {
  readonly memory: TeachMemory;
  readonly shipped?: ShippedModels;
}

export interface TeachHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TeachProgress) => void;
}

interface StudentState {
  readonly parameters: Parameters;
  readonly adapter: Adapter;
}

/** A run at the border of a day: plain data, so that a copy of it is a place to go on from. */
export interface TeachState {
  readonly settings: TeachSettings;
  /** The next day to play. */
  readonly day: number;
  readonly world: WorldState;
  readonly levels: readonly number[];
  readonly live: Parameters;
  readonly checkpoints: ReadonlyMap<number, Parameters>;
  readonly students: Readonly<
    Record<string, { readonly alone: StudentState; readonly taught: StudentState }>
  >;
}

export function createMemory(): TeachMemory {
  return { worlds: new Map(), teachers: new Map(), teacherDays: new Map(), students: new Map() };
}

/** Plays the stream day by day. @throws the signal's reason */
export async function* playStream(
  settings: TeachSettings,
  ports: TeachPorts,
  hooks: TeachHooks = {},
): AsyncGenerator<TeachDay> {
  let state = await startTeach(settings, ports, hooks);
  while (state.day < settings.streamDays) {
    const played = await teachDay(state, ports, hooks);
    state = played.state;
    yield played.day;
  }
}

/** Everything that is there before day 0: the world, the FM with its checkpoints, and the vertical models. */
export async function startTeach(
  settings: TeachSettings,
  { memory, shipped }: TeachPorts,
  hooks: TeachHooks = {},
): Promise<TeachState> {
  const { seed, teacher } = settings;
  const keys = keysOf(settings);
  const fitting = shipped?.seed === seed ? shipped : undefined;
  const domains = domainsOf(settings);
  let start = memory.teachers.get(keys.teacher) ?? (await shippedTeacher(fitting, teacher.size));
  const trained = new Map<Domain, Parameters>();
  for (const domain of domains) {
    const found = memory.students.get(keys.student(domain)) ?? (await fitting?.vm(domain));
    if (found) trained.set(domain, found);
  }
  const missing = domains.filter((domain) => !trained.has(domain));
  let world = memory.worlds.get(keys.world);
  if (!world || !start || missing.length > 0) {
    const fm = start ? undefined : createFm(teacher.size, seed);
    const vms = missing.map((domain) => ({ domain, vm: createVm(seed) }));
    const warmed = await warmUp(settings, fm, vms, hooks);
    world = warmed.world;
    start ??= warmed.teacher;
    for (const { domain, vm } of vms) {
      trained.set(domain, vm.parameters);
      memory.students.set(keys.student(domain), copyParameters(vm.parameters));
    }
    memory.worlds.set(keys.world, world);
  }
  if (!start) throw new Error('The warm-up left no teacher.');
  memory.teachers.set(keys.teacher, start);
  const students = Object.fromEntries(
    domains.map((domain) => {
      const parameters = trained.get(domain) ?? createVm(seed).parameters;
      const taught = taughtVm(parameters, settings.distillation, seed);
      return [
        domain,
        {
          alone: { parameters: copyParameters(parameters), adapter: createAdapter(seed) },
          taught: { parameters: taught.parameters, adapter: taught.adapter },
        },
      ];
    }),
  );
  return { settings, day: 0, ...start, world: world.state, levels: world.levels, students };
}

/** Plays the next day of a run. The state that it is given stays as it is. @throws the signal's reason */
export async function teachDay(
  state: TeachState,
  { memory }: TeachPorts,
  hooks: TeachHooks = {},
): Promise<{ state: TeachState; day: TeachDay }> {
  const { settings, day } = state;
  const progress = (phase: TeachProgress['phase']) => (share: number) =>
    hooks.onProgress?.({ phase, day, share });
  const world = restoreWorld(worldSettings(settings, settings.drift), state.world);
  const log = await playDay(world, hooks.signal, progress('world'));
  const levels = [...state.levels, log.hidden.level];
  const checkpoints = new Map(state.checkpoints).set(day, frozenParameters(state.live));

  const teacher = await teacherDay(state, log, memory, hooks, progress('teacher'));
  const checkpoint = servingCheckpoint(
    day,
    settings.teacher,
    [...checkpoints.keys()].filter((k) => k < 0),
  );
  const serving = withParameters(createFm(settings.teacher.size, settings.seed), checkpoints.get(checkpoint));
  const broken = isBroken(day, settings.teacher);

  const domains = domainsOf(settings);
  const wanted = Int32Array.from(rowsOf(log, domains));
  const join = joinStudents(log);
  const own = await scoreRows(serving, impressionSource(log), wanted, hooks, broken);
  const placeOf = new Map(Array.from(join.ids, (id, place) => [id, place]));
  const scores = new Float32Array(join.ids.length).fill(Number.NaN);
  wanted.forEach((row, i) => {
    scores[placeOf.get(log.impressions.id[row] ?? 0) ?? 0] = own[i] ?? Number.NaN;
  });

  const parts: DomainDay[] = [];
  const students: Record<string, TeachState['students'][string]> = {};
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
  const adapts = parts.every(({ adapted }) => adapted !== undefined);
  const c = calibration(served.expected);
  const next: TeachState = {
    ...state,
    day: day + 1,
    world: world.state,
    levels,
    live: teacher.live,
    checkpoints,
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
      checkpointLevel: levels[WARM_UP_DAYS + checkpoint - 1] ?? log.hidden.level,
      teacherCurve: calibrationCurve(rows, predictions.served),
      adapterCurve: first && adapts ? await adapterCurve(first.after.taught.adapter) : null,
      adapted: adapts
        ? judge(
            rows,
            gather(parts, ({ adapted }) => adapted ?? new Float32Array()),
          )
        : null,
      leak: { teacher: c, oneHead: leakedCalibration(c, settings.distillation.w) },
      ledger: join.ledger,
    },
  };
}

/** Simulates the days before the stream, with every drift, and trains on the last of them what is given. */
async function warmUp(
  settings: TeachSettings,
  fm: Student | undefined,
  vms: readonly { readonly domain: Domain; readonly vm: Student }[],
  { signal, onProgress }: TeachHooks,
): Promise<{ world: WarmWorld; teacher: TeacherStart | undefined }> {
  const world = createWorld(worldSettings(settings, ALL_DRIFT));
  const levels: number[] = [];
  const checkpoints = new Map<number, Parameters>();
  for (let day = -WARM_UP_DAYS; day < 0; day++) {
    const hooks = (phase: TeachProgress['phase']): Hooks => ({
      ...(signal ? { signal } : {}),
      onShare: (share) => onProgress?.({ phase, day, share }),
    });
    const log = await playDay(world, signal, hooks('world').onShare);
    levels.push(log.hidden.level);
    if (day < -settings.pretrainDays) continue;
    if (fm) {
      if (EARLY_CHECKPOINTS.some((kept) => kept === day))
        checkpoints.set(day, frozenParameters(fm.parameters));
      await trainOnRows(fm, clickRows(log, allRows(log)), FM_BATCH, hooks('pretraining'));
    }
    for (const { domain, vm } of vms) {
      await trainOnRows(vm, clickRows(log, domainRows(log, domain)), VM_BATCH, hooks('pretraining'));
    }
  }
  return {
    world: { state: world.state, levels },
    teacher: fm ? { live: fm.parameters, checkpoints } : undefined,
  };
}

async function shippedTeacher(
  shipped: ShippedModels | undefined,
  size: FmSize,
): Promise<TeacherStart | undefined> {
  const live = await shipped?.fm(size, 0);
  if (!shipped || !live) return undefined;
  const checkpoints = new Map<number, Parameters>();
  for (const day of EARLY_CHECKPOINTS) {
    const checkpoint = await shipped.fm(size, day);
    if (checkpoint) checkpoints.set(day, checkpoint);
  }
  return { live, checkpoints };
}

/** The FM's own day: from memory where an earlier run played it, trained now where not. */
async function teacherDay(
  state: TeachState,
  log: DayLog,
  memory: TeachMemory,
  { signal }: TeachHooks,
  onShare: (share: number) => void,
): Promise<TeacherDay> {
  const key = keysOf(state.settings).teacherDay(state.day);
  const known = memory.teacherDays.get(key);
  if (known) return known;
  const { size } = state.settings.teacher;
  const fm = withParameters(createFm(size, state.settings.seed), copyParameters(state.live));
  const rows = clickRows(log, allRows(log));
  const { served } = await trainOnRows(fm, rows, FM_BATCH, { ...(signal ? { signal } : {}), onShare });
  const played = { fresh: served, live: fm.parameters };
  memory.teacherDays.set(key, played);
  return played;
}

interface DomainDay {
  readonly rows: Int32Array;
  readonly teacher: Float32Array;
  readonly alone: Float32Array;
  readonly student: Float32Array;
  readonly adapted: Float32Array | undefined;
  readonly after: TeachState['students'][string];
}

async function teachDomain(
  { seed, distillation }: TeachSettings,
  log: DayLog,
  domain: Domain,
  before: TeachState['students'][string],
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

/** A day's rows of the five students that the FM teaches, joined by id. */
export function joinStudents(log: DayLog): Join {
  const { impressions, candidates } = log;
  const idsOf = (rows: Int32Array) => rows.map((row) => impressions.id[row] ?? 0);
  const clicked = allRows(log).filter((row) => impressions.click[row] === 1);
  // A candidate that was shown is an impression already.
  const unseen = candidates.id.subarray(0, candidates.count).filter((_, i) => candidates.stage[i] !== 3);
  const shown = impressions.id.subarray(0, impressions.count);
  return joinExamples([
    ...DOMAINS.map((domain) => ({ student: domain as string, ids: idsOf(domainRows(log, domain)) })),
    { student: 'conversion', ids: idsOf(clicked) },
    { student: 'early stage', ids: [...shown, ...unseen] },
  ]);
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

async function playDay(
  world: World,
  signal: AbortSignal | undefined,
  onTick: ((share: number) => void) | undefined,
): Promise<DayLog> {
  await createBreath(signal)();
  const log = simulateDay(world, onTick ? { onTick } : {});
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
  return log;
}

function withParameters(model: Student, parameters: Parameters | undefined): Student {
  if (!parameters) throw new RangeError('There are no parameters for the model.');
  return { ...model, parameters };
}

function clickRows(log: DayLog, rows: Int32Array) {
  const labels = Float32Array.from(rows, (row) => log.impressions.click[row] ?? 0);
  return { source: impressionSource(log), rows, labels };
}

function allRows(log: DayLog): Int32Array {
  return Int32Array.from({ length: log.impressions.count }, (_, row) => row);
}

function domainRows(log: DayLog, domain: Domain): Int32Array {
  const wanted = DOMAINS.indexOf(domain);
  return allRows(log).filter((row) => log.impressions.domain[row] === wanted);
}

function rowsOf(log: DayLog, domains: readonly Domain[]): number[] {
  return domains.flatMap((domain) => [...domainRows(log, domain)]);
}

function domainsOf({ domain }: TeachSettings): readonly Domain[] {
  return domain === 'all' ? DOMAINS : [domain];
}

function worldSettings(
  { seed, impressionsPerDay }: TeachSettings,
  drift: WorldSettings['drift'],
): WorldSettings {
  return { ...DEFAULT_SETTINGS, seed, impressionsPerDay, drift };
}

/** What each remembered thing depends on. */
function keysOf({ seed, impressionsPerDay, pretrainDays, drift, teacher }: TeachSettings) {
  const world = `${seed}/${impressionsPerDay}`;
  const size = `${world}/${pretrainDays}/${teacher.size}`;
  return {
    world,
    teacher: size,
    teacherDay: (day: number) => `${size}/${JSON.stringify(drift)}/${day}`,
    student: (domain: Domain) => `${world}/${pretrainDays}/${domain}`,
  };
}
