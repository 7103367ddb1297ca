import {
  doublyRobust,
  type Estimate,
  importanceWeights,
  inversePropensity,
  type LoggedDecisions,
  selfNormalised,
} from './off-policy';

/** Decisions of a log, with a model's score for every ad that could have been shown. */
export interface ScoredDecisions {
  readonly ads: number;
  /** Predicted reward of each ad in each row's context, row-major [rows, ads]. */
  readonly scores: Float32Array;
  /** Index of the ad that was shown, 0 … ads − 1. */
  readonly shown: ArrayLike<number>;
  readonly reward: ArrayLike<number>;
  readonly propensity: ArrayLike<number>;
}

/** What a policy is worth, by three estimators. */
export interface PolicyValue {
  readonly ips: Estimate;
  readonly snips: Estimate;
  readonly dr: Estimate;
  /** Mean importance weight, unclipped: near 1 where the propensities fit a choice among these ads. */
  readonly meanWeight: number;
  /** Share of rows whose weight was clipped. */
  readonly clipped: number;
}

/** Every ad alike. */
export function uniformValue(log: ScoredDecisions, clip: number): PolicyValue {
  return policyValue(log, () => 1 / log.ads, clip);
}

/** The best ad by the model with probability 1 − ε + ε / ads, every other one with ε / ads. Ties go to the first ad. */
export function greedyValue(log: ScoredDecisions, epsilon: number, clip: number): PolicyValue {
  const { ads, scores } = log;
  const best = Int32Array.from({ length: log.reward.length }, (_, row) => {
    let winner = 0;
    for (let ad = 1; ad < ads; ad++) {
      if ((scores[row * ads + ad] ?? 0) > (scores[row * ads + winner] ?? 0)) winner = ad;
    }
    return winner;
  });
  const rest = epsilon / ads;
  return policyValue(log, (row, ad) => (ad === best[row] ? 1 - epsilon + rest : rest), clip);
}

function policyValue(
  log: ScoredDecisions,
  probability: (row: number, ad: number) => number,
  clip: number,
): PolicyValue {
  const { ads, scores, shown, reward, propensity } = log;
  const rows = reward.length;
  const target = new Float64Array(rows);
  const logged = new Float64Array(rows);
  const expected = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const ad = shown[row] ?? 0;
    target[row] = probability(row, ad);
    logged[row] = scores[row * ads + ad] ?? 0;
    let mean = 0;
    for (let other = 0; other < ads; other++)
      mean += probability(row, other) * (scores[row * ads + other] ?? 0);
    expected[row] = mean;
  }
  const decisions: LoggedDecisions = { reward, propensity, target };
  const weights = importanceWeights(decisions);
  return {
    ips: inversePropensity(decisions, clip),
    snips: selfNormalised(decisions, clip),
    dr: doublyRobust(decisions, { logged, expected }, clip),
    meanWeight: weights.reduce((sum, weight) => sum + weight, 0) / rows,
    clipped: weights.filter((weight) => weight > clip).length / rows,
  };
}
