import type { DriftSwitches } from '../../adlog/settings.ts';
import type { Interval } from '../../funnel/bootstrap.ts';
import type { Distillation } from './student.ts';

export const FM_SIZES = ['small', 'middle', 'large'] as const;
export type FmSize = (typeof FM_SIZES)[number];

/** All that a run of the Teach view depends on: the same settings give the same run, in Node and in the page. */
export interface TeachSettings {
  readonly seed: number;
  readonly drift: DriftSwitches;
  readonly impressionsPerDay: number;
  /** Days of stream, at most STREAM_DAYS, and days to pretrain teacher and students on before them. */
  readonly days: number;
  readonly warmUpDays: number;
  readonly distillation: Distillation;
  readonly fmSize: FmSize;
  /** Days between the end of a checkpoint's training and its first use. */
  readonly delay: number;
  /** Days between checkpoints. */
  readonly refresh: number;
  /** No new checkpoint arrives on two days in the middle of the stream. */
  readonly outage: boolean;
}

/** Figures of one model on the rows of a day, judged by the hidden true probabilities. */
export interface ModelDay {
  /** Expected normalised entropy, and the version by sampled labels. */
  readonly ne: number;
  readonly sampledNe: number;
  /** Sum of predictions over sum of true probabilities. */
  readonly calibration: number;
  readonly auc: number;
}

/** Rows of a day in one bin of the teacher's prediction: mean teacher, true, served and adapted probabilities. */
export interface CalibrationBin {
  readonly rows: number;
  readonly teacher: number;
  readonly truth: number;
  readonly served: number;
}

/** What the data augmentation service did on a day. */
export interface LedgerDay {
  /** Rows that the students (click VMs, conversion VM, early stage) asked for, all together, and distinct ones. */
  readonly asked: number;
  readonly unique: number;
  /** FM calls made; `asked - calls` were saved. */
  readonly calls: number;
}

/** One day of a run, as it crosses to the page. Days count from 1. */
export interface TeachDay {
  readonly day: number;
  readonly rows: number;
  readonly clicks: number;
  /** Added to every click logit on this day, hidden from all models. */
  readonly level: number;
  /** The student as switched, the same student without a teacher, the teacher as it was used, and the truth itself. */
  readonly student: ModelDay;
  readonly alone: ModelDay;
  readonly teacher: ModelDay;
  readonly oracle: ModelDay;
  /** What the adapter makes of the teacher; null where there is none. */
  readonly adapted: ModelDay | null;
  /** 100·(NE of the student / NE alone − 1): paired bootstrap by user. Below 0 is better. */
  readonly relative: Interval;
  /** Calibration of the student, bootstrap by user. */
  readonly calibration: Interval;
  /** Day on whose evening the teacher's training ended (0: the last of the warm-up), its age in days on this day. */
  readonly checkpoint: number;
  readonly age: number;
  readonly bins: readonly CalibrationBin[];
  /** Teacher predictions and what the adapter makes of them after this day; empty without an adapter. */
  readonly adapterCurve: readonly { readonly teacher: number; readonly adapted: number }[];
  readonly ledger: LedgerDay;
  readonly soFar: RunSoFar;
}

/** Figures over all days of the run up to and with this one, by bootstrap over users. */
export interface RunSoFar {
  /** 100·(NE of the student / NE alone − 1). */
  readonly relative: Interval;
  /** (NE alone − NE of the student) / (NE alone − NE of the teacher), on the student's rows. */
  readonly transfer: Interval;
  /**
   * Share of loss that the adapter took back, (NE(yF) − NE(adapted)) / loss, with loss = NE(yF) − NE(yF with the true shift
   * of the level since its checkpoint added to its logit); null without an adapter or where the loss is not above zero.
   */
  readonly recovered: Interval | null;
}
