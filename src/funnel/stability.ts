/**
 * Population stability index between two histograms over the same bins: Σ (p − q)·ln(p / q), at least 0; above 0.1 is
 * commonly called a shift, above 0.25 a large one. Empty bins count as half an observation.
 */
export function stabilityIndex(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const p = shares(expected);
  const q = shares(actual);
  let index = 0;
  for (let i = 0; i < p.length; i++) {
    const a = p[i] ?? 0;
    const b = q[i] ?? 0;
    index += (a - b) * Math.log(a / b);
  }
  return index;
}

function shares(counts: ArrayLike<number>): number[] {
  const filled = Array.from(counts, (count) => (count > 0 ? count : 0.5));
  const total = filled.reduce((sum, count) => sum + count, 0);
  return filled.map((count) => count / total);
}

/** Counts values into bins by ascending inner edges: bin i holds edge[i − 1] <= value < edge[i]. */
export function histogram(values: ArrayLike<number>, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    let bin = 0;
    while (bin < edges.length && value >= (edges[bin] ?? 0)) bin++;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
