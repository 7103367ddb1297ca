import { areaUnderCurve } from '../../funnel/auc.ts';
import { bootstrapByUser } from '../../funnel/bootstrap.ts';
import { addRows, crossEntropy, emptySums, normalisedEntropy } from '../../funnel/probability-metrics.ts';
import {
  type CurveBin,
  type DayDifferences,
  JUDGED,
  type Judged,
  type JudgedDay,
  USER_SUMS,
  type UserSums,
} from './teach-run.ts';

/** The rows that a day is judged on: hidden truth, sampled clicks, and who saw them. */
export interface JudgedRows {
  readonly truth: Float32Array;
  readonly clicks: Float32Array;
  readonly users: Uint16Array;
}

export function judge({ truth, clicks }: JudgedRows, predictions: Float32Array): JudgedDay {
  const [expected, sampled] = [emptySums(), emptySums()];
  addRows(expected, truth, predictions);
  addRows(sampled, clicks, predictions);
  return { expected, sampled, auc: areaUnderCurve(truth, predictions) };
}

/** Rows, expected clicks and expected log loss of each model, by user. */
export function sumUsers(
  { truth, users }: JudgedRows,
  predictions: Readonly<Record<Judged, Float32Array>>,
): UserSums {
  const width = USER_SUMS.length;
  const places = new Map<number, number>();
  for (const user of users) if (!places.has(user)) places.set(user, places.size);
  const sums = new Float64Array(places.size * width);
  users.forEach((user, row) => {
    const start = (places.get(user) ?? 0) * width;
    const label = truth[row] ?? 0;
    sums[start] = (sums[start] ?? 0) + 1;
    sums[start + 1] = (sums[start + 1] ?? 0) + label;
    JUDGED.forEach((model, k) => {
      const loss = crossEntropy(label, predictions[model][row] ?? 0);
      sums[start + 2 + k] = (sums[start + 2 + k] ?? 0) + loss;
    });
  });
  return { users: Uint16Array.from(places.keys()), sums };
}

/** NE(a) − NE(b) from sums in the order of `USER_SUMS`. */
export function entropyDifference(sums: ArrayLike<number>, a: Judged, b: Judged): number {
  const [weight, label] = [sums[0] ?? 0, sums[1] ?? 0];
  const entropy = (model: Judged) => {
    const crossEntropySum = sums[USER_SUMS.indexOf(model)] ?? Number.NaN;
    return normalisedEntropy({ weight, label, prediction: 0, crossEntropy: crossEntropySum });
  };
  return entropy(a) - entropy(b);
}

const DAY_ROUNDS = 100;

export function dayDifferences({ sums }: UserSums): DayDifferences {
  const between = (a: Judged, b: Judged) =>
    bootstrapByUser(sums, USER_SUMS.length, (total) => entropyDifference(total, a, b), {
      rounds: DAY_ROUNDS,
    });
  return {
    studentToAlone: between('student', 'alone'),
    freshToAlone: between('fresh', 'alone'),
    servedToFresh: between('served', 'fresh'),
  };
}

/** Mean prediction, truth and click rate in bins of equally many rows, by rising prediction. */
export function calibrationCurve(
  { truth, clicks }: JudgedRows,
  predictions: Float32Array,
  bins = 12,
): CurveBin[] {
  const order = Uint32Array.from(predictions, (_, row) => row);
  order.sort((a, b) => (predictions[a] ?? 0) - (predictions[b] ?? 0));
  return Array.from({ length: Math.min(bins, order.length) }, (_, bin) => {
    const count = Math.min(bins, order.length);
    const rows = order.subarray(
      Math.floor((bin * order.length) / count),
      Math.floor(((bin + 1) * order.length) / count),
    );
    const mean = (column: Float32Array) =>
      rows.reduce((sum, row) => sum + (column[row] ?? 0), 0) / rows.length;
    return { rows: rows.length, prediction: mean(predictions), truth: mean(truth), clicks: mean(clicks) };
  });
}
