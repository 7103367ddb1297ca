import { impressionSource } from '../../src/adlog/features.ts';
import type { DayLog } from '../../src/adlog/schema.ts';
import {
  ALL_DRIFT,
  DEFAULT_SETTINGS,
  DOMAINS,
  type DriftSwitches,
  NO_DRIFT,
  WARM_UP_DAYS,
} from '../../src/adlog/settings.ts';
import { simulateDay } from '../../src/adlog/simulate.ts';
import { restoreWorld } from '../../src/adlog/world.ts';
import { crossEntropy } from '../../src/funnel/probability-metrics.ts';
import { createAdapter } from '../../src/inference/ranking/adapter.ts';
import type { Ledger } from '../../src/inference/ranking/das.ts';
import type { Distillation } from '../../src/inference/ranking/distillation.ts';
import { createFm, FM_BATCH } from '../../src/inference/ranking/fm.ts';
import { copyParameters, frozenParameters, type Parameters } from '../../src/inference/ranking/parameters.ts';
import { scoreRows, trainOnRows } from '../../src/inference/ranking/stream.ts';
import {
  adapt,
  DEFAULT_RATES,
  fitAdapter,
  NO_DISTILLATION,
  type Student,
} from '../../src/inference/ranking/student.ts';
import { judge } from '../../src/inference/ranking/teach-judge.ts';
import { joinStudents } from '../../src/inference/ranking/teach-rows.ts';
import { EXFM, FM_SIZES, type FmSize, type JudgedDay } from '../../src/inference/ranking/teach-run.ts';
import { servingCheckpoint } from '../../src/inference/ranking/teacher.ts';
import { taughtVm, VM_BATCH } from '../../src/inference/ranking/vm.ts';
import type { Pretraining } from './pretrain.ts';

/** Streams played with everything that the truths ask for, all judged on the same rows. */

export interface TrialSettings {
  readonly seed: number;
  readonly impressionsPerDay: number;
  readonly streamDays: number;
  /** Age in days of the teacher where one source of drift acts alone; the days before are not judged. */
  readonly adapterDelay: number;
}

/** Delays whose cost is measured. */
export const DELAYS = [1, 2, 4, 7] as const;
/** Age of the teacher whose leak is measured. */
export const LEAK_DELAY = 4;
/** Days that are played where one source of drift acts alone: the promotion is on the last. */
const DRIFT_DAYS = 10;
/** Weight of the teacher in the one head whose leak is measured. */
export const LEAK_WEIGHT = 1;

export interface TrialDay {
  readonly day: number;
  readonly judged: Readonly<Record<string, JudgedDay>>;
}

export interface Trial {
  /** Names of the predictions. */
  readonly columns: readonly string[];
  readonly days: readonly TrialDay[];
  /** Sums over the judged days, [users, 2 + columns]: rows, expected clicks, expected log loss of each prediction. */
  readonly perUser: Float64Array;
  readonly ledgers: readonly Ledger[];
}

export const TRIALS = ['all', 'level', 'churn'] as const;
export type TrialName = (typeof TRIALS)[number];

const DRIFTS: Readonly<Record<TrialName, DriftSwitches>> = {
  all: ALL_DRIFT,
  level: { ...NO_DRIFT, level: true },
  churn: { ...NO_DRIFT, churn: true },
};

type Predictions = Record<string, Float32Array>;

/** A model that a trial streams: what it predicts on a day, given what is predicted already. */
interface Player {
  play(log: DayLog, day: number, so: Readonly<Predictions>): Promise<Predictions>;
}

export async function playTrial(
  name: TrialName,
  begin: Pretraining,
  settings: TrialSettings,
  say: (line: string) => void,
): Promise<Trial> {
  const { seed, impressionsPerDay, streamDays, adapterDelay } = settings;
  const worldSettings = { ...DEFAULT_SETTINGS, seed, impressionsPerDay, drift: DRIFTS[name] };
  const world = restoreWorld(worldSettings, begin.world.state);
  const levels = [...begin.world.levels];
  const from = name === 'all' ? 0 : adapterDelay;
  const players = name === 'all' ? allPlayers(begin, seed) : driftPlayers(begin, seed, adapterDelay, levels);
  const days: TrialDay[] = [];
  const ledgers: Ledger[] = [];
  let perUser = new Float64Array(0);
  let columns: string[] = [];
  const last = name === 'all' ? streamDays : Math.min(streamDays, DRIFT_DAYS);
  for (let day = 0; day < last; day++) {
    const log = simulateDay(world);
    levels.push(log.hidden.level);
    const truth = log.impressions.pClick.slice(0, log.impressions.count);
    const predictions: Predictions = { oracle: truth };
    for (const player of players) Object.assign(predictions, await player.play(log, day, predictions));
    if (day < from) continue;
    columns = Object.keys(predictions);
    if (perUser.length === 0) perUser = new Float64Array(DEFAULT_SETTINGS.users * (2 + columns.length));
    addUsers(perUser, log, predictions);
    const rows = {
      truth,
      clicks: Float32Array.from(log.impressions.click.subarray(0, truth.length)),
      users: log.impressions.user,
    };
    const judged = Object.fromEntries(
      columns.map((column) => [column, judge(rows, predictions[column] ?? truth)]),
    );
    days.push({ day, judged });
    ledgers.push(joinStudents(log).ledger);
    say(`${name}, seed ${seed}, day ${day}`);
  }
  return { columns, days, perUser, ledgers };
}

function allPlayers(begin: Pretraining, seed: number): Player[] {
  const leak: Distillation = { mode: 'one head', w: LEAK_WEIGHT, alpha: 1, beta: 1, adapter: false };
  const auxiliary: Distillation = { ...EXFM, adapter: false };
  return [
    ...FM_SIZES.map((size) => fmPlayer(size, begin, seed, size === 'middle' ? DELAYS : [1])),
    studentPlayer('alone', undefined, NO_DISTILLATION, begin, seed),
    ...FM_SIZES.map((size) => studentPlayer(`exfm ${size}`, `${size} 1`, EXFM, begin, seed)),
    studentPlayer('one head', `middle ${LEAK_DELAY}`, leak, begin, seed),
    studentPlayer('auxiliary head', `middle ${LEAK_DELAY}`, auxiliary, begin, seed),
  ];
}

function driftPlayers(begin: Pretraining, seed: number, delay: number, levels: readonly number[]): Player[] {
  return [fmPlayer('middle', begin, seed, [delay]), correctedPlayer(delay, levels), adapterPlayer(delay)];
}

/** Predicts `fresh <size>`, each row before it is learnt, and `<size> <delay>` by the checkpoints that serve. */
function fmPlayer(size: FmSize, begin: Pretraining, seed: number, delays: readonly number[]): Player {
  const fm: Student = { ...createFm(size, seed), parameters: copyParameters(found(begin.fms, `${size}@0`)) };
  const checkpoints = new Map<number, Parameters>();
  for (const { name, parameters } of begin.fms) {
    const [, day] = name.match(`^${size}@(-\\d+)$`) ?? [];
    if (day) checkpoints.set(Number(day), parameters);
  }
  return {
    async play(log, day) {
      checkpoints.set(day, frozenParameters(fm.parameters));
      const rows = everyRow(log);
      const predictions: Predictions = {};
      const kept = [...checkpoints.keys()].filter((checkpoint) => checkpoint < 0);
      for (const delay of delays) {
        const parameters = checkpoints.get(servingCheckpoint(day, { delay, refresh: 1 }, kept));
        if (!parameters) throw new RangeError(`There is no checkpoint for a delay of ${delay} days.`);
        predictions[`${size} ${delay}`] = await scoreRows({ ...fm, parameters }, impressionSource(log), rows);
      }
      const { served } = await trainOnRows(
        fm,
        { source: impressionSource(log), rows, labels: clicksOf(log, rows) },
        FM_BATCH,
      );
      predictions[`fresh ${size}`] = served;
      return predictions;
    },
  };
}

/** The click models of all domains, taught by the predictions named `teacher`. */
function studentPlayer(
  name: string,
  teacher: string | undefined,
  distillation: Distillation,
  begin: Pretraining,
  seed: number,
): Player {
  const models = DOMAINS.map((domain) => taughtVm(found(begin.vms, domain), distillation, seed));
  return {
    async play(log, _, so) {
      const predictions = new Float32Array(log.impressions.count);
      for (const [domain, model] of models.entries()) {
        const rows = everyRow(log).filter((row) => log.impressions.domain[row] === domain);
        const stream = { source: impressionSource(log), rows, labels: clicksOf(log, rows) };
        const scores = teacher ? so[teacher] : undefined;
        const taught = scores ? { ...stream, teacher: take(scores, rows) } : stream;
        const { served } = await trainOnRows(model, taught, VM_BATCH);
        rows.forEach((row, i) => {
          predictions[row] = served[i] ?? Number.NaN;
        });
      }
      return { [name]: predictions };
    },
  };
}

/** The stale teacher with the true shift of the level since its checkpoint added to its logit: `corrected`. */
function correctedPlayer(delay: number, levels: readonly number[]): Player {
  return {
    async play(_, day, so) {
      const then = levels[WARM_UP_DAYS + servingCheckpoint(day, { delay, refresh: 1 }) - 1] ?? 0;
      const shift = (levels[WARM_UP_DAYS + day] ?? 0) - then;
      const stale = so[`middle ${delay}`] ?? new Float32Array();
      return { corrected: stale.map((p) => 1 / (1 + Math.exp(-shift) * (1 / p - 1))) };
    },
  };
}

/** The stale teacher as an adapter of its own corrects it, fitted on all rows in order of time: `adapted`. */
function adapterPlayer(delay: number): Player {
  const adapter = createAdapter();
  let steps = 0;
  return {
    async play(log, _, so) {
      const stale = so[`middle ${delay}`] ?? new Float32Array();
      const labels = clicksOf(log, everyRow(log));
      const adapted = new Float32Array(stale.length);
      for (let at = 0; at < stale.length; at += VM_BATCH) {
        const teacher = stale.subarray(at, at + VM_BATCH);
        adapted.set(await adapt(adapter, teacher), at);
        await fitAdapter(adapter, teacher, labels.slice(at, at + VM_BATCH), DEFAULT_RATES.adapter, ++steps);
      }
      return { adapted };
    },
  };
}

function addUsers(perUser: Float64Array, { impressions }: DayLog, predictions: Predictions): void {
  const columns = Object.values(predictions);
  const width = 2 + columns.length;
  for (let row = 0; row < impressions.count; row++) {
    const start = (impressions.user[row] ?? 0) * width;
    const label = impressions.pClick[row] ?? 0;
    perUser[start] = (perUser[start] ?? 0) + 1;
    perUser[start + 1] = (perUser[start + 1] ?? 0) + label;
    columns.forEach((column, k) => {
      const at = start + 2 + k;
      perUser[at] = (perUser[at] ?? 0) + crossEntropy(label, column[row] ?? Number.NaN);
    });
  }
}

function found(models: Pretraining['fms'], name: string): Parameters {
  const model = models.find((candidate) => candidate.name === name);
  if (!model) throw new RangeError(`There is no trained model ${name}.`);
  return model.parameters;
}

function everyRow(log: DayLog): Int32Array {
  return Int32Array.from({ length: log.impressions.count }, (_, row) => row);
}

function clicksOf(log: DayLog, rows: Int32Array): Float32Array {
  return take(log.impressions.click, rows);
}

function take(column: ArrayLike<number>, rows: Int32Array): Float32Array {
  return Float32Array.from(rows, (row) => column[row] ?? Number.NaN);
}
