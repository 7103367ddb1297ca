import { areaUnderCurve } from './auc';
import {
  addRows,
  calibration,
  emptySums,
  mergeSums,
  normalisedEntropy,
  type ProbabilitySums,
} from './probability-metrics';

/** Progressive validation: every row is predicted before it is trained on, and counted in the period it fell into. */
export interface ProgressiveValidation {
  /** Against sampled labels and against the hidden true probabilities, by period (hour or day). */
  readonly sampled: ProbabilitySums[];
  readonly expected: ProbabilitySums[];
  readonly labels: number[][];
  readonly scores: number[][];
}

export interface PeriodMetrics {
  readonly period: number;
  readonly rows: number;
  /** Normalised entropy by sampled labels, and the expected one under the true probabilities. */
  readonly sampledEntropy: number;
  readonly expectedEntropy: number;
  /** Predictions over true probabilities where these are known, over labels where not. */
  readonly calibration: number;
  readonly auc: number;
}

export function startValidation(): ProgressiveValidation {
  return { sampled: [], expected: [], labels: [], scores: [] };
}

/** Counts a batch of predictions in a period. `truth` is absent for real logs. */
export function addPredictions(
  validation: ProgressiveValidation,
  period: number,
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  truth?: ArrayLike<number>,
): void {
  const sampled = entry(validation.sampled, period, emptySums);
  addRows(sampled, labels, predictions);
  if (truth) addRows(entry(validation.expected, period, emptySums), truth, predictions);
  const keptLabels = entry<number[]>(validation.labels, period, () => []);
  const keptScores = entry<number[]>(validation.scores, period, () => []);
  for (let i = 0; i < predictions.length; i++) {
    keptLabels.push(labels[i] ?? 0);
    keptScores.push(predictions[i] ?? 0);
  }
}

/** The metrics of one period; NaN wherever a figure is not defined on its rows. */
export function periodMetrics(validation: ProgressiveValidation, period: number): PeriodMetrics {
  const sampled = validation.sampled[period] ?? emptySums();
  const expected = validation.expected[period];
  return {
    period,
    rows: sampled.weight,
    sampledEntropy: normalisedEntropy(sampled),
    expectedEntropy: expected ? normalisedEntropy(expected) : Number.NaN,
    calibration: calibration(expected ?? sampled),
    auc: areaUnderCurve(validation.labels[period] ?? [], validation.scores[period] ?? []),
  };
}

/** Normalised entropies and calibration over all periods together. */
export function overallMetrics(validation: ProgressiveValidation): Omit<PeriodMetrics, 'period' | 'auc'> {
  const sampled = validation.sampled.reduce(mergeSums, emptySums());
  const expected = validation.expected.reduce(mergeSums, emptySums());
  return {
    rows: sampled.weight,
    sampledEntropy: normalisedEntropy(sampled),
    expectedEntropy: normalisedEntropy(expected),
    calibration: calibration(expected.weight > 0 ? expected : sampled),
  };
}

function entry<T>(list: T[], index: number, create: () => T): T {
  while (list.length <= index) list.push(create());
  const found = list[index];
  if (found === undefined) throw new RangeError(`There is no period ${index}.`);
  return found;
}
