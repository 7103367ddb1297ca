/** Indices of the `count` largest scores, best first; ties go by index. */
export function topOf(scores: ArrayLike<number>, count: number): number[] {
  const order = Array.from({ length: scores.length }, (_, i) => i);
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return order.slice(0, Math.max(0, count));
}

const gain = (value: number | undefined): number => Math.max(0, value ?? 0);

/** Hard recall R(N, k): the share of the final stage's top `k` that the early stage keeps among its top `cut`. */
export function hardRecall(
  early: ArrayLike<number>,
  final: ArrayLike<number>,
  cut: number,
  k: number,
): number {
  const kept = new Set(topOf(early, cut));
  const wanted = topOf(final, k);
  return wanted.filter((i) => kept.has(i)).length / wanted.length;
}

/**
 * Soft recall at K: the gain, max(0, total value), of the early stage's top K over that of the final stage's top K, in
 * [0, 1]. NaN where nothing has a positive value.
 */
export function softRecall(early: ArrayLike<number>, value: ArrayLike<number>, k: number): number {
  const sum = (rows: number[]) => rows.reduce((total, i) => total + gain(value[i]), 0);
  return sum(topOf(early, k)) / sum(topOf(value, k));
}

/** NDCG at k of the early order, with gains max(0, total value) and discount 1 / log2(rank + 1). NaN without gains. */
export function ndcg(early: ArrayLike<number>, value: ArrayLike<number>, k: number): number {
  const discounted = (rows: number[]) =>
    rows.reduce((total, i, rank) => total + gain(value[i]) / Math.log2(rank + 2), 0);
  return discounted(topOf(early, k)) / discounted(topOf(value, k));
}

/** Share of the top `k` that two orders have in common. */
export function overlap(a: ArrayLike<number>, b: ArrayLike<number>, k: number): number {
  return hardRecall(a, b, k, k);
}

/** Kendall's tau-b of two scores, in [-1, 1], ties accounted for; NaN where one of them is constant. */
export function kendallTau(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [concordant, tiedA, tiedB, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) {
      const x = Math.sign((a[i] ?? 0) - (a[j] ?? 0));
      const y = Math.sign((b[i] ?? 0) - (b[j] ?? 0));
      pairs++;
      concordant += x * y;
      if (x === 0) tiedA++;
      if (y === 0) tiedB++;
    }
  }
  return concordant / Math.sqrt((pairs - tiedA) * (pairs - tiedB));
}

/** Ranks from 1, best first, ties sharing their mean rank. */
export function meanRanks(scores: ArrayLike<number>): Float64Array {
  const order = topOf(scores, scores.length);
  const ranks = new Float64Array(scores.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) end++;
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/** Spearman's correlation of two scores: Pearson's correlation of their ranks; NaN where one is constant. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const x = meanRanks(a);
  const y = meanRanks(b);
  const centre = (x.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] ?? 0) - centre;
    const dy = (y[i] ?? 0) - centre;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/** The final stage's top `k` among the candidates that the early stage keeps at this cut, best first. */
export function finalAfterCut(
  early: ArrayLike<number>,
  final: ArrayLike<number>,
  cut: number,
  k: number,
): number[] {
  return topOf(early, cut)
    .sort((a, b) => (final[b] ?? 0) - (final[a] ?? 0) || a - b)
    .slice(0, k);
}

/** Total-value regret: what the final top `k` of all candidates is worth above the final top `k` after the early cut. */
export function valueRegret(
  early: ArrayLike<number>,
  final: ArrayLike<number>,
  value: ArrayLike<number>,
  cut: number,
  k: number,
): number {
  const worth = (rows: number[]) => rows.reduce((sum, i) => sum + (value[i] ?? 0), 0);
  return worth(topOf(final, k)) - worth(finalAfterCut(early, final, cut, k));
}

/**
 * Total-value divergence between two stages: the mean of |early − final| / |final|, and the signed bias, the mean of
 * (early − final) / |final|. Candidates of final value 0 are left out; NaN where none is left.
 */
export function valueDivergence(
  early: ArrayLike<number>,
  final: ArrayLike<number>,
): { divergence: number; bias: number } {
  let [absolute, signed, count] = [0, 0, 0];
  for (let i = 0; i < early.length; i++) {
    const reference = Math.abs(final[i] ?? 0);
    if (reference === 0) continue;
    const difference = ((early[i] ?? 0) - (final[i] ?? 0)) / reference;
    absolute += Math.abs(difference);
    signed += difference;
    count++;
  }
  return { divergence: absolute / count, bias: signed / count };
}

/** One over the early rank of the candidate that the final stage puts first: averaged over requests, the mean reciprocal rank. */
export function reciprocalRankOfWinner(early: ArrayLike<number>, final: ArrayLike<number>): number {
  const winner = topOf(final, 1)[0];
  if (winner === undefined) return Number.NaN;
  return 1 / (topOf(early, early.length).indexOf(winner) + 1);
}
