import type { DenseWeight, EmbeddingTable } from './parameters.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
/** Adagrad's sums start here, so that a row's first step is no longer than its learning rate allows. */
const ADAGRAD_START = 0.1;

/** One Adam step in place (Kingma and Ba, arXiv 1412.6980); `step` counts from 1. */
export function adamStep(weight: DenseWeight, gradient: Float32Array, rate: number, step: number): void {
  const { value, mean, square } = weight;
  const scale = (rate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step);
  for (let i = 0; i < value.length; i++) {
    const g = gradient[i] as number;
    const m = BETA1 * (mean[i] as number) + (1 - BETA1) * g;
    const v = BETA2 * (square[i] as number) + (1 - BETA2) * g * g;
    mean[i] = m;
    square[i] = v;
    value[i] = (value[i] as number) - (scale * m) / (Math.sqrt(v) + EPSILON);
  }
}

/**
 * One Adagrad step on the embedding rows of a batch, in place: the gradient of gather is a sum over the occurrences of each
 * row, and only rows that occur are touched. `rows` [n], `gradient` [n · dim].
 */
export function adagradRows(
  table: EmbeddingTable,
  rows: Int32Array,
  gradient: Float32Array,
  rate: number,
): void {
  const { dim, value, squares } = table;
  const { slots, unique } = slotsOf(rows);
  const sums = new Float32Array(unique.length * dim);
  for (let i = 0; i < rows.length; i++) {
    const to = (slots[i] as number) * dim;
    const from = i * dim;
    for (let k = 0; k < dim; k++) sums[to + k] = (sums[to + k] as number) + (gradient[from + k] as number);
  }
  for (let u = 0; u < unique.length; u++) {
    const to = (unique[u] as number) * dim;
    for (let k = 0; k < dim; k++) {
      const g = sums[u * dim + k] as number;
      const sum = (squares[to + k] as number) + g * g;
      squares[to + k] = sum;
      value[to + k] = (value[to + k] as number) - (rate * g) / Math.sqrt(sum + ADAGRAD_START * ADAGRAD_START);
    }
  }
}

/** The distinct rows, in order of first occurrence, and for each element the place of its row among them. */
function slotsOf(rows: Int32Array): { slots: Int32Array; unique: number[] } {
  const places = new Map<number, number>();
  const unique: number[] = [];
  const slots = rows.map((row) => {
    const known = places.get(row);
    if (known !== undefined) return known;
    places.set(row, unique.length);
    unique.push(row);
    return unique.length - 1;
  });
  return { slots, unique };
}
