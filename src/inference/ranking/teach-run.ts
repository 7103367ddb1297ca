import { ALL_DRIFT, type Domain, type DriftSwitches, STREAM_DAYS } from '../../adlog/settings.ts';
import type { Interval } from '../../funnel/bootstrap.ts';
import type { ProbabilitySums } from '../../funnel/probability-metrics.ts';
import type { Ledger } from './das.ts';
import type { Distillation } from './student.ts';

/** What a run of the stream is made of, as plain JSON: settings, and what comes out day by day. */

export const FM_SIZES = ['small', 'middle', 'large'] as const;
export type FmSize = (typeof FM_SIZES)[number];

export interface TeacherSettings {
  readonly size: FmSize;
  /** Days from the end of a checkpoint's training to the first row that it scores: 0 … 7. */
  readonly delay: number;
  /** A checkpoint is published every so many days: 1 … 7. */
  readonly refresh: number;
  /** Days of the stream [from, to) on which the FM's pipeline is broken: it sees empty features. */
  readonly outage: { readonly from: number; readonly to: number } | null;
}

export interface TeachSettings {
  readonly seed: number;
  readonly impressionsPerDay: number;
  /** Days of training before the stream, for models whose weights are not at hand: 1 … 14. */
  readonly pretrainDays: number;
  /** Days of the stream that are played: 1 … 14. */
  readonly streamDays: number;
  /** What drifts on the days of the stream; before it everything does. */
  readonly drift: DriftSwitches;
  /** How the student learns from the teacher; the model beside it, `alone`, never does. */
  readonly distillation: Distillation;
  readonly teacher: TeacherSettings;
  /** Whose click model is the student; `all` trains those of the three domains. */
  readonly domain: Domain | 'all';
}

/** ExFM as the page opens with it. */
export const EXFM: Distillation = { mode: 'auxiliary head', w: 1, alpha: 5, beta: 2, adapter: true };

export const DEFAULT_TEACH_SETTINGS: TeachSettings = {
  seed: 7,
  impressionsPerDay: 100_000,
  pretrainDays: 14,
  streamDays: STREAM_DAYS,
  drift: ALL_DRIFT,
  distillation: EXFM,
  teacher: { size: 'middle', delay: 1, refresh: 1, outage: null },
  domain: 'feed',
};

/**
 * The predictions that are judged, on the same rows: the hidden truth; the FM that learns to the minute; the checkpoint
 * that serves; the vertical model by itself; the vertical model with the settings.
 */
export const JUDGED = ['oracle', 'fresh', 'served', 'alone', 'student'] as const;
export type Judged = (typeof JUDGED)[number];

/** Sums, so that any days can be pooled: NE is `normalisedEntropy(sums)`, calibration `calibration(sums)`. */
export interface JudgedDay {
  /** Against the hidden true probabilities. */
  readonly expected: ProbabilitySums;
  /** Against the sampled clicks. */
  readonly sampled: ProbabilitySums;
  /** Area under the curve by true probabilities. */
  readonly auc: number;
}

/** A bin of rows of like prediction. */
export interface CurveBin {
  readonly rows: number;
  /** Mean prediction, mean true probability and click rate. */
  readonly prediction: number;
  readonly truth: number;
  readonly clicks: number;
}

/** Differences of expected NE, this day alone: paired bootstrap by user. Negative is better than the second. */
export interface DayDifferences {
  readonly studentToAlone: Interval;
  readonly freshToAlone: Interval;
  readonly servedToFresh: Interval;
}

/** What users contribute to a day, for bootstraps over days: `sums` is [users.length, USER_SUMS.length], row-major. */
export interface UserSums {
  readonly users: Uint16Array;
  readonly sums: Float64Array;
}
export const USER_SUMS = ['rows', 'clicks', ...JUDGED] as const;

export interface TeachDay {
  /** 0 is the first day of the stream. */
  readonly day: number;
  readonly rows: number;
  readonly models: Readonly<Record<Judged, JudgedDay>>;
  readonly differences: DayDifferences;
  readonly users: UserSums;
  /** Day at whose border the serving checkpoint was taken: it has seen all days before. */
  readonly checkpoint: number;
  readonly broken: boolean;
  /** Level of the day, and of the day before the checkpoint, both added to every true click logit. */
  readonly level: number;
  readonly checkpointLevel: number;
  /** Calibration of the serving teacher, by bins of its prediction. */
  readonly teacherCurve: readonly CurveBin[];
  /** What the adapter makes of teacher predictions at the end of the day; null where there is none. */
  readonly adapterCurve: readonly { readonly teacher: number; readonly adapted: number }[] | null;
  /** The adapter's predictions judged like the others (predict, then fit); null where there is none. */
  readonly adapted: JudgedDay | null;
  /** Teacher's calibration c, and where one head would settle: (1 + w·c) / (1 + w). */
  readonly leak: { readonly teacher: number; readonly oneHead: number };
  readonly ledger: Ledger;
}

/** Where a run stands: what it does, on which day (days before 0 are before the stream), and the share of it that is done. */
export interface TeachProgress {
  readonly phase: 'world' | 'pretraining' | 'teacher' | 'students';
  readonly day: number;
  readonly share: number;
}
