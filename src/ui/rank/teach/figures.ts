/** The figures of a run as charts and sentences need them. Days are counted from 1 here, as they are shown. */
import type { Interval } from '../../../funnel/bootstrap.ts';
import {
  calibration,
  emptySums,
  mergeSums,
  normalisedEntropy,
  type ProbabilitySums,
} from '../../../funnel/probability-metrics.ts';
import type { Judged, JudgedDay } from '../../../inference/ranking/teach-run.ts';
import type { DayFigures } from '../../../inference/ranking/teach-summary.ts';

export type Days = readonly DayFigures[];
/** `adapted` is the teacher as the adapter corrects it; it is not there on all days. */
export type ModelName = Judged | 'adapted';

export function judgedOf(day: DayFigures, model: ModelName): JudgedDay | null {
  return model === 'adapted' ? day.adapted : day.models[model];
}

/** Expected normalised entropy of a day; NaN where the model is not there. */
export function entropyOf(day: DayFigures, model: ModelName): number {
  const judged = judgedOf(day, model);
  return judged ? normalisedEntropy(judged.expected) : Number.NaN;
}

export function calibrationOf(day: DayFigures, model: ModelName): number {
  const judged = judgedOf(day, model);
  return judged ? calibration(judged.expected) : Number.NaN;
}

export function aucOf(day: DayFigures, model: ModelName): number {
  return judgedOf(day, model)?.auc ?? Number.NaN;
}

/** A difference of normalised entropies to the student alone, in per cent of the latter. */
export function toPercent(difference: Interval, day: DayFigures): Interval {
  const alone = entropyOf(day, 'alone');
  const percent = (value: number) => (100 * value) / alone;
  return { value: percent(difference.value), low: percent(difference.low), high: percent(difference.high) };
}

/** 100·(NE of the model / NE alone − 1) of a day. */
export function relativeEntropy(day: DayFigures, model: ModelName): number {
  return 100 * (entropyOf(day, model) / entropyOf(day, 'alone') - 1);
}

/** Sums of a model over days. */
export function pooled(days: Days, model: ModelName): ProbabilitySums {
  return days.reduce((sums, day) => {
    const judged = judgedOf(day, model);
    return judged ? mergeSums(sums, judged.expected) : sums;
  }, emptySums());
}

/** 100·(NE / NE of the other run − 1) over the days that both have. */
export function againstPinned(days: Days, pinned: Days): number {
  const common = Math.min(days.length, pinned.length);
  const [own, other] = [days, pinned].map((run) =>
    normalisedEntropy(pooled(run.slice(0, common), 'student')),
  );
  return 100 * ((own ?? Number.NaN) / (other ?? Number.NaN) - 1);
}

/** (NE alone − NE of the student) / (NE alone − NE of the fresh teacher) over days: the transfer ratio against the FM as it learns. */
export function transferOfFresh(days: Days): number {
  const [alone = 0, student = 0, fresh = 0] = (['alone', 'student', 'fresh'] as const).map((model) =>
    normalisedEntropy(pooled(days, model)),
  );
  return (alone - student) / (alone - fresh);
}

/** Whether zero lies outside of the interval. */
export function isTold({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}

/** Age in days of the teacher's checkpoint on a day: it has seen all days before `checkpoint`. */
export function ageOf({ day, checkpoint }: DayFigures): number {
  return day - checkpoint;
}

/** Where one head would settle for rows of which the teacher predicts `prediction` and the truth is `truth`. */
export function leaked(prediction: number, truth: number, w: number): number {
  return (truth + w * prediction) / (1 + w);
}

/** A line over days 1 … `days`; what is not finite is left out. */
export function line(days: Days, upTo: number, value: (day: DayFigures) => number): (number | null)[] {
  return Array.from({ length: upTo }, (_, i) => {
    const day = days.find((one) => one.day === i);
    const found = day ? value(day) : Number.NaN;
    return Number.isFinite(found) ? found : null;
  });
}
