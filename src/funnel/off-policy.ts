/** A logged decision: what it brought, how likely the logging policy and the judged policy were to take it. */
export interface LoggedDecisions {
  readonly reward: ArrayLike<number>;
  /** Probability of the logged action under the logging policy, in (0, 1]. */
  readonly propensity: ArrayLike<number>;
  /** Probability of the logged action under the policy to be judged, in [0, 1]. */
  readonly target: ArrayLike<number>;
}

/** For the doubly robust estimate: a model's reward for the logged action, and its mean under the judged policy. */
export interface RewardModel {
  readonly logged: ArrayLike<number>;
  readonly expected: ArrayLike<number>;
}

export interface Estimate {
  readonly value: number;
  /** Half the width of the normal 95 % interval. */
  readonly halfWidth: number;
  /** (Σw)² / Σw²: the number of equally weighted rows that would say as much. */
  readonly effectiveSampleSize: number;
}

const Z95 = 1.959963984540054;

/** Importance weights target / propensity, clipped at `clip` from above. Rows without a propensity weigh nothing. */
export function importanceWeights(log: LoggedDecisions, clip = Number.POSITIVE_INFINITY): Float64Array {
  return Float64Array.from({ length: log.reward.length }, (_, i) => {
    const propensity = log.propensity[i] ?? 0;
    return propensity > 0 ? Math.min(clip, (log.target[i] ?? 0) / propensity) : 0;
  });
}

export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Inverse propensity scoring: the mean of weight times reward. Unbiased while no weight is clipped. */
export function inversePropensity(log: LoggedDecisions, clip?: number): Estimate {
  const weights = importanceWeights(log, clip);
  const terms = weights.map((weight, i) => weight * (log.reward[i] ?? 0));
  return { ...meanWithInterval(terms), effectiveSampleSize: effectiveSampleSize(weights) };
}

/** Self-normalised IPS: the weighted mean of the rewards; slightly biased, far less noisy. Interval by the delta method. */
export function selfNormalised(log: LoggedDecisions, clip?: number): Estimate {
  const weights = importanceWeights(log, clip);
  let [sum, weighted] = [0, 0];
  weights.forEach((weight, i) => {
    sum += weight;
    weighted += weight * (log.reward[i] ?? 0);
  });
  const value = weighted / sum;
  let squares = 0;
  weights.forEach((weight, i) => {
    squares += (weight * ((log.reward[i] ?? 0) - value)) ** 2;
  });
  const halfWidth = (Z95 * Math.sqrt(squares)) / sum;
  return { value, halfWidth, effectiveSampleSize: effectiveSampleSize(weights) };
}

/** Doubly robust: the model's value of the policy, corrected by the weighted residuals of what was logged. */
export function doublyRobust(log: LoggedDecisions, model: RewardModel, clip?: number): Estimate {
  const weights = importanceWeights(log, clip);
  const terms = weights.map(
    (weight, i) => (model.expected[i] ?? 0) + weight * ((log.reward[i] ?? 0) - (model.logged[i] ?? 0)),
  );
  return { ...meanWithInterval(terms), effectiveSampleSize: effectiveSampleSize(weights) };
}

function meanWithInterval(terms: Float64Array): { value: number; halfWidth: number } {
  const count = terms.length;
  const value = terms.reduce((sum, term) => sum + term, 0) / count;
  const squares = terms.reduce((sum, term) => sum + (term - value) ** 2, 0);
  return { value, halfWidth: count > 1 ? Z95 * Math.sqrt(squares / (count - 1) / count) : Number.NaN };
}
