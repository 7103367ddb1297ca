/** Sums for metrics of predicted probabilities, in double precision; they can be added up over batches, hours and days. */
export interface ProbabilitySums {
  weight: number;
  /** Weighted sums of labels (or of true probabilities) and of predictions. */
  label: number;
  prediction: number;
  /** Weighted cross entropy, in nats. */
  crossEntropy: number;
}

/** Predictions are kept this far from 0 and 1, so that one wrong certainty does not make a sum infinite. */
const EDGE = 1e-12;

export function emptySums(): ProbabilitySums {
  return { weight: 0, label: 0, prediction: 0, crossEntropy: 0 };
}

/** Cross entropy in nats of a prediction against a label or a true probability in [0, 1]. */
export function crossEntropy(label: number, prediction: number): number {
  const p = Math.max(EDGE, Math.min(1 - EDGE, prediction));
  return -(label * Math.log(p) + (1 - label) * Math.log(1 - p));
}

/**
 * Adds rows to the sums, in place. `labels` may be clicks (0 or 1) or true probabilities: with these the cross entropy is
 * the expected log loss. `weights` default to one.
 */
export function addRows(
  sums: ProbabilitySums,
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  weights?: ArrayLike<number>,
): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    const prediction = predictions[i] ?? 0;
    const weight = weights ? (weights[i] ?? 0) : 1;
    sums.weight += weight;
    sums.label += weight * label;
    sums.prediction += weight * prediction;
    sums.crossEntropy += weight * crossEntropy(label, prediction);
  }
}

/** The sums of both. */
export function mergeSums(a: ProbabilitySums, b: ProbabilitySums): ProbabilitySums {
  return {
    weight: a.weight + b.weight,
    label: a.label + b.label,
    prediction: a.prediction + b.prediction,
    crossEntropy: a.crossEntropy + b.crossEntropy,
  };
}

/**
 * Normalised entropy as torchrec defines it: cross entropy over the entropy of always predicting the mean label; below 1
 * is better than that, lower is better. NaN where the labels are constant or there are none.
 */
export function normalisedEntropy(sums: ProbabilitySums): number {
  const { weight, label } = sums;
  if (!(label > 0 && label < weight)) return Number.NaN;
  const mean = label / weight;
  const baseline = -label * Math.log(mean) - (weight - label) * Math.log(1 - mean);
  return sums.crossEntropy / baseline;
}

/** Sum of predictions over sum of labels: 1 is right, above 1 is over-prediction. NaN without positives. */
export function calibration(sums: ProbabilitySums): number {
  return sums.label > 0 ? sums.prediction / sums.label : Number.NaN;
}

/** Mean cross entropy in nats; NaN without rows. */
export function logLoss(sums: ProbabilitySums): number {
  return sums.weight > 0 ? sums.crossEntropy / sums.weight : Number.NaN;
}
