/**
 * What the page and the ranking worker say to each other about training. Plain data, told apart by `kind`, parsed on both
 * sides; `job` is that of the request.
 */
import { DOMAINS, type DriftSwitches } from '../adlog/settings.ts';
import type { Interval } from '../funnel/bootstrap.ts';
import type { ProbabilitySums } from '../funnel/probability-metrics.ts';
import type { Ledger, LedgerEntry } from '../inference/ranking/das.ts';
import type { Distillation } from '../inference/ranking/distillation.ts';
import {
  type CurveBin,
  FM_SIZES,
  type JudgedDay,
  type TeacherSettings,
  type TeachSettings,
} from '../inference/ranking/teach-run.ts';
import type { AdapterSoFar, DayFigures, RunSoFar } from '../inference/ranking/teach-summary.ts';
import { BACKEND_WISHES, type BackendWish } from './protocol.ts';
import {
  boolean,
  byKind,
  list,
  Malformed,
  nullable,
  number,
  object,
  oneOf,
  type Parser,
  string,
} from './schema.ts';

export const RANK_FAILURES = [
  'cancelled',
  'busy',
  'device_lost',
  'engine_failed',
  'weights_missing',
  'weights_damaged',
  'out_of_memory',
  'worker_lost',
] as const;
export type RankFailure = (typeof RANK_FAILURES)[number];

/** `message` has the machine's own words. */
export type RankProblem = { ok: false; code: RankFailure; message: string };

/** A training run ends with all its days told, or is given up; days that were told stay true. */
export type TrainOutcome = { ok: true } | RankProblem;

/** Structured clones keep NaN, so a figure that is not defined on its rows may cross; JSON writes it as null. */
const figure: Parser<number> = (value) => {
  if (typeof value === 'number') return value;
  if (value === null) return Number.NaN;
  throw new Malformed(`expected a number, got ${typeof value}`);
};

const interval: Parser<Interval> = object<Interval>({ value: figure, low: figure, high: figure });

const sums: Parser<ProbabilitySums> = object<ProbabilitySums>({
  weight: number,
  label: number,
  prediction: number,
  crossEntropy: number,
});

const judged: Parser<JudgedDay> = object<JudgedDay>({ expected: sums, sampled: sums, auc: figure });

const ledger: Parser<Ledger> = object<Ledger>({
  students: list(object<LedgerEntry>({ student: string, rows: number, shared: number })),
  rows: number,
  calls: number,
  saved: number,
});

/** One day of a run, from the worker or from a file of finished runs. */
export const dayFigures: Parser<DayFigures> = object<DayFigures>({
  day: number,
  rows: number,
  models: object<DayFigures['models']>({
    oracle: judged,
    fresh: judged,
    served: judged,
    alone: judged,
    student: judged,
  }),
  differences: object<DayFigures['differences']>({
    studentToAlone: interval,
    freshToAlone: interval,
    servedToFresh: interval,
  }),
  checkpoint: number,
  broken: boolean,
  level: number,
  checkpointLevel: number,
  teacherCurve: list(object<CurveBin>({ rows: number, prediction: figure, truth: figure, clicks: figure })),
  adapterCurve: nullable(
    list(object<{ teacher: number; adapted: number }>({ teacher: figure, adapted: figure })),
  ),
  adapted: nullable(judged),
  leak: object<DayFigures['leak']>({ teacher: figure, oneHead: figure }),
  ledger,
  soFar: object<RunSoFar>({
    relative: interval,
    staleness: interval,
    transfer: interval,
    adapter: nullable(object<AdapterSoFar>({ loss: interval, removed: interval })),
  }),
});

export const teachSettings: Parser<TeachSettings> = object<TeachSettings>({
  seed: number,
  impressionsPerDay: number,
  pretrainDays: number,
  streamDays: number,
  drift: object<DriftSwitches>({
    level: boolean,
    categories: boolean,
    interests: boolean,
    churn: boolean,
    mix: boolean,
  }),
  distillation: object<Distillation>({
    mode: oneOf('none', 'one head', 'auxiliary head'),
    w: number,
    alpha: number,
    beta: number,
    adapter: boolean,
  }),
  teacher: object<TeacherSettings>({
    size: oneOf(...FM_SIZES),
    delay: number,
    refresh: number,
    outage: nullable(object<{ from: number; to: number }>({ from: number, to: number })),
  }),
  domain: oneOf(...DOMAINS, 'all'),
});

/**
 * To the ranking worker. `train` runs day after day, or with `step` to the end of one day and pauses; what an earlier
 * worker kept of the same settings is taken up, unless `keep` is false: then nothing on the device is read or written. `models` is the address of the folder of trained weights; where it is
 * empty, everything is trained from the start. `pause` takes hold when the day in progress is over, `stop` gives the run up at once.
 */
export type RankRequest =
  | {
      kind: 'train';
      job: number;
      settings: TeachSettings;
      models: string;
      backend: BackendWish;
      step: boolean;
      keep: boolean;
    }
  | { kind: 'pause'; job: number }
  | { kind: 'resume'; job: number }
  | { kind: 'step'; job: number }
  | { kind: 'stop'; job: number };

const control = <K extends 'pause' | 'resume' | 'step' | 'stop'>(kind: K) =>
  object<{ kind: K; job: number }>({ kind: oneOf(kind), job: number });

export const rankRequest: Parser<RankRequest> = byKind<RankRequest>({
  train: object({
    kind: oneOf('train'),
    job: number,
    settings: teachSettings,
    models: string,
    backend: oneOf(...BACKEND_WISHES),
    step: boolean,
    keep: boolean,
  }),
  pause: control('pause'),
  resume: control('resume'),
  step: control('step'),
  stop: control('stop'),
});

/** What a run is busy with: playing the world, pretraining before the stream, the teacher of a day, its students. */
export const TRAIN_PHASES = ['world', 'pretraining', 'teacher', 'students'] as const;
export type TrainPhase = (typeof TRAIN_PHASES)[number];

/**
 * From the ranking worker. `progress` of a phase from 0 to 1; `day` when one is
 * over; `kept` says from which day a run goes on that was kept from before.
 */
export type RankReply =
  | { kind: 'engine'; job: number; backend: string; reason: string }
  | { kind: 'kept'; job: number; days: DayFigures[] }
  | {
      kind: 'progress';
      job: number;
      phase: TrainPhase;
      /** Days before 0 are before the stream. */
      day: number;
      share: number;
    }
  | { kind: 'day'; job: number; day: DayFigures }
  | { kind: 'paused'; job: number; day: number }
  | { kind: 'resumed'; job: number }
  | { kind: 'finished'; job: number; outcome: TrainOutcome };

const problem: Parser<RankProblem> = object<RankProblem>({
  ok: (value) => {
    if (value !== false) throw new Malformed('a failure is never ok');
    return false;
  },
  code: oneOf(...RANK_FAILURES),
  message: string,
});

const trainOutcome: Parser<TrainOutcome> = (value) =>
  object<{ ok: boolean }>({ ok: boolean })(value).ok ? { ok: true } : problem(value);

export const rankReply: Parser<RankReply> = byKind<RankReply>({
  engine: object({ kind: oneOf('engine'), job: number, backend: string, reason: string }),
  kept: object({ kind: oneOf('kept'), job: number, days: list(dayFigures) }),
  progress: object({
    kind: oneOf('progress'),
    job: number,
    phase: oneOf(...TRAIN_PHASES),
    day: number,
    share: number,
  }),
  day: object({ kind: oneOf('day'), job: number, day: dayFigures }),
  paused: object({ kind: oneOf('paused'), job: number, day: number }),
  resumed: object({ kind: oneOf('resumed'), job: number }),
  finished: object({ kind: oneOf('finished'), job: number, outcome: trainOutcome }),
});
