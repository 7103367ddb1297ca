/** Order of the indices by falling score. */
function byScore(scores: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i);
  return order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}

/**
 * Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half. Labels may
 * be fractions in [0, 1] (true probabilities): a row then counts as that much positive and the rest negative. NaN where
 * one side has no weight, or where a score is NaN.
 */
export function areaUnderCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  for (let i = 0; i < labels.length; i++) if (Number.isNaN(scores[i])) return Number.NaN;
  const order = byScore(scores);
  let positives = 0;
  let negatives = 0;
  let area = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] ?? 0];
    let tiedPositives = 0;
    let tiedNegatives = 0;
    let end = start;
    for (; end < order.length && scores[order[end] ?? 0] === score; end++) {
      const row = order[end] ?? 0;
      const weight = weights ? (weights[row] ?? 0) : 1;
      tiedPositives += weight * (labels[row] ?? 0);
      tiedNegatives += weight * (1 - (labels[row] ?? 0));
    }
    area += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    start = end;
  }
  return area / (positives * negatives);
}

/**
 * Grouped AUC: the mean of the AUCs within groups (users, requests), weighted by their rows; groups of one label only are
 * left out. NaN where no group is left.
 */
export function groupedAuc(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
): number {
  const rows = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const group = groups[i] ?? 0;
    const members = rows.get(group);
    if (members) members.push(i);
    else rows.set(group, [i]);
  }
  let sum = 0;
  let weight = 0;
  for (const members of rows.values()) {
    const pick = (values: ArrayLike<number>) => members.map((i) => values[i] ?? 0);
    const area = areaUnderCurve(pick(labels), pick(scores));
    if (Number.isNaN(area)) continue;
    sum += members.length * area;
    weight += members.length;
  }
  return sum / weight;
}
