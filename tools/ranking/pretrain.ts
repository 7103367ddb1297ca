import { join } from 'node:path';
import { impressionSource } from '../../src/adlog/features.ts';
import type { DayLog } from '../../src/adlog/schema.ts';
import { DEFAULT_SETTINGS, DOMAINS, WARM_UP_DAYS } from '../../src/adlog/settings.ts';
import { simulateDay } from '../../src/adlog/simulate.ts';
import { createWorld } from '../../src/adlog/world.ts';
import { bootstrapByUser, type Interval, sumByUser } from '../../src/funnel/bootstrap.ts';
import { crossEntropy, normalisedEntropy } from '../../src/funnel/probability-metrics.ts';
import { asObject } from '../../src/inference/engine/parse.ts';
import { createFm, FM_BATCH } from '../../src/inference/ranking/fm.ts';
import { copyParameters, type Parameters } from '../../src/inference/ranking/parameters.ts';
import { trainOnRows } from '../../src/inference/ranking/stream.ts';
import type { Student } from '../../src/inference/ranking/student.ts';
import { judge } from '../../src/inference/ranking/teach-judge.ts';
import { FM_SIZES, type FmSize, type JudgedDay } from '../../src/inference/ranking/teach-run.ts';
import type { WarmWorld } from '../../src/inference/ranking/teach-state.ts';
import { EARLY_CHECKPOINTS } from '../../src/inference/ranking/teacher.ts';
import { createConversionVm, createVm, VM_BATCH } from '../../src/inference/ranking/vm.ts';
import { asParameters, keep, recall } from './cache.ts';

/** Training on the days before the stream, of everything that is shipped of FM and vertical models. */

export interface PretrainSettings {
  readonly seed: number;
  readonly impressionsPerDay: number;
  /** How many of the 14 days before the stream are trained on. */
  readonly days: number;
  readonly sizes: readonly FmSize[];
}

/** A model after its last day, with how its predictions of the last days were judged before they were learnt. */
export interface Pretrained {
  readonly name: string;
  readonly parameters: Parameters;
  readonly measured: Measured;
}

export interface Measured {
  readonly days: number;
  readonly rows: number;
  readonly entropy: Interval;
  readonly calibration: Interval;
  readonly auc: number;
}

export interface Pretraining {
  /** The world at the border of day 0. */
  readonly world: WarmWorld;
  readonly fms: readonly Pretrained[];
  readonly vms: readonly Pretrained[];
}

/** A model on its way, and which rows of a day it learns. */
interface Trainee {
  readonly name: string;
  readonly model: Student;
  readonly batch: number;
  readonly rowsOf: (log: DayLog) => Int32Array;
  readonly labelOf: (log: DayLog, row: number) => number;
  readonly truthOf: (log: DayLog, row: number) => number;
}

/** Days at the end that are measured. */
const MEASURED_DAYS = 3;

/** Trains, or goes on from what an interrupted run of the same code and settings left in `folder`. */
export async function pretrain(
  settings: PretrainSettings,
  folder: string,
  say: (line: string) => void,
): Promise<Pretraining> {
  const { seed, impressionsPerDay, days } = settings;
  const trainees = createTrainees(settings);
  const border = (day: number) => join(folder, `seed-${seed}-border-${day}.bin`);
  const begun = lastBorder(border);
  if (begun !== undefined) restore(trainees, recall(border(begun)));
  const checkpoints = new Map<number, Parameters>();
  const middle = trainees.find(({ name }) => name === 'middle');
  const sums = new Map<string, Float64Array[]>();
  const areas = new Map<string, number[]>();
  const levels: number[] = [];
  const world = createWorld({ ...DEFAULT_SETTINGS, seed, impressionsPerDay });
  for (let day = -WARM_UP_DAYS; day < 0; day++) {
    const kept = EARLY_CHECKPOINTS.find((checkpoint) => checkpoint === day);
    const log = simulateDay(world);
    levels.push(log.hidden.level);
    if (day < -days) continue;
    if (begun !== undefined && day < begun) {
      const old = kept !== undefined && middle ? recall(border(day)) : undefined;
      if (old && middle)
        checkpoints.set(day, asParameters(asObject(old, 'border').middle, middle.model.parameters));
      continue;
    }
    if (kept !== undefined && middle) checkpoints.set(day, copyParameters(middle.model.parameters));
    const figures: string[] = [];
    for (const trainee of trainees) {
      const judged = await trainDay(trainee, log, day >= -MEASURED_DAYS ? sums : undefined);
      figures.push(`${trainee.name} ${normalisedEntropy(judged.expected).toFixed(4)}`);
      if (day >= -MEASURED_DAYS) areas.set(trainee.name, [...(areas.get(trainee.name) ?? []), judged.auc]);
    }
    keep(border(day + 1), Object.fromEntries(trainees.map(({ name, model }) => [name, model.parameters])));
    say(`day ${day}: expected NE ${figures.join(', ')}`);
  }
  const finished = (trainee: Trainee): Pretrained => ({
    name: trainee.name,
    parameters: trainee.model.parameters,
    measured: measure(sums.get(trainee.name) ?? [], areas.get(trainee.name) ?? []),
  });
  const fms = trainees.filter(({ name }) => FM_SIZES.some((size) => size === name)).map(finished);
  const old = [...checkpoints].map(([day, parameters]) => ({ day, parameters }));
  const middleDone = fms.find(({ name }) => name === 'middle');
  return {
    world: { state: world.state, levels },
    fms: [
      ...old.flatMap(({ day, parameters }) =>
        middleDone ? [{ name: `middle@${day}`, parameters, measured: middleDone.measured }] : [],
      ),
      ...fms.map((fm) => ({ ...fm, name: `${fm.name}@0` })),
    ],
    vms: trainees.filter(({ name }) => !FM_SIZES.some((size) => size === name)).map(finished),
  };
}

function createTrainees({ seed, sizes }: PretrainSettings): Trainee[] {
  const click = {
    labelOf: (log: DayLog, row: number) => log.impressions.click[row] ?? 0,
    truthOf: (log: DayLog, row: number) => log.impressions.pClick[row] ?? 0,
  };
  const all = (log: DayLog) => Int32Array.from({ length: log.impressions.count }, (_, row) => row);
  return [
    ...sizes.map((size) => ({
      name: size,
      model: createFm(size, seed),
      batch: FM_BATCH,
      rowsOf: all,
      ...click,
    })),
    ...DOMAINS.map((domain, index) => ({
      name: domain,
      model: createVm(seed),
      batch: VM_BATCH,
      rowsOf: (log: DayLog) => all(log).filter((row) => log.impressions.domain[row] === index),
      ...click,
    })),
    {
      name: 'conversion',
      model: createConversionVm(seed),
      batch: CONVERSION_BATCH,
      rowsOf: (log: DayLog) => all(log).filter((row) => log.impressions.click[row] === 1),
      labelOf: (log: DayLog, row: number) => log.impressions.conversion[row] ?? 0,
      truthOf: (log: DayLog, row: number) => log.impressions.pConversion[row] ?? 0,
    },
  ];
}

/** Clicks are few. */
const CONVERSION_BATCH = 64;

async function trainDay(
  { name, model, batch, rowsOf, labelOf, truthOf }: Trainee,
  log: DayLog,
  sums: Map<string, Float64Array[]> | undefined,
): Promise<JudgedDay> {
  const rows = rowsOf(log);
  const clicks = Float32Array.from(rows, (row) => labelOf(log, row));
  const { served } = await trainOnRows(model, { source: impressionSource(log), rows, labels: clicks }, batch);
  const truth = Float32Array.from(rows, (row) => truthOf(log, row));
  const users = Uint16Array.from(rows, (row) => log.impressions.user[row] ?? 0);
  if (sums) {
    const losses = truth.map((label, i) => crossEntropy(label, served[i] ?? 0));
    const columns = [new Float32Array(rows.length).fill(1), truth, served, losses];
    sums.set(name, [...(sums.get(name) ?? []), sumByUser(DEFAULT_SETTINGS.users, users, columns)]);
  }
  return judge({ truth, clicks, users }, served);
}

function measure(days: readonly Float64Array[], areas: readonly number[]): Measured {
  const perUser = new Float64Array(days[0]?.length ?? 0);
  for (const day of days)
    day.forEach((value, i) => {
      perUser[i] = (perUser[i] ?? 0) + value;
    });
  const interval = (statistic: (sums: Float64Array) => number) =>
    bootstrapByUser(perUser, 4, statistic, { rounds: 200 });
  const of = (sums: Float64Array) => {
    const [weight = 0, label = 0, prediction = 0, crossEntropySum = 0] = sums;
    return { weight, label, prediction, crossEntropy: crossEntropySum };
  };
  return {
    days: days.length,
    rows: perUser.reduce((sum, value, i) => sum + (i % 4 === 0 ? value : 0), 0),
    entropy: interval((sums) => normalisedEntropy(of(sums))),
    calibration: interval((sums) => of(sums).prediction / of(sums).label),
    auc: areas.reduce((sum, area) => sum + area, 0) / areas.length,
  };
}

function lastBorder(border: (day: number) => string): number | undefined {
  for (let day = 0; day > -WARM_UP_DAYS; day--) if (recall(border(day)) !== undefined) return day;
  return undefined;
}

function restore(trainees: readonly Trainee[], kept: unknown): void {
  const models = asObject(kept, 'border');
  for (const { name, model } of trainees)
    Object.assign(model.parameters, asParameters(models[name], model.parameters));
}
