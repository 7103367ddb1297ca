import type { EncodedRows, FeatureList } from '../../adlog/features.ts';
import { createRng, normal, type Rng } from '../../adlog/random.ts';

/**
 * A dense weight with its Adam moments. Weights live in plain arrays and go to the device for each step: a model is then
 * its own checkpoint, and the loss of a device loses nothing but the step.
 */
export interface DenseWeight {
  readonly shape: readonly number[];
  readonly value: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

/** All embedding rows of a model, one field after the other, with their Adagrad sums. */
export interface EmbeddingTable {
  readonly dim: number;
  /** First row of each field. */
  readonly offsets: readonly number[];
  readonly value: Float32Array;
  readonly squares: Float32Array;
}

export interface Parameters {
  readonly table: EmbeddingTable;
  readonly dense: Readonly<Record<string, DenseWeight>>;
  /** Steps taken so far (Adam's bias correction counts them). */
  steps: number;
}

/** Initial spread of embedding rows. */
const EMBEDDING_SPREAD = 0.05;

export function createTable(features: FeatureList, dim: number, rng: Rng): EmbeddingTable {
  const offsets: number[] = [];
  let rows = 0;
  for (const field of features.categorical) {
    offsets.push(rows);
    rows += field.rows;
  }
  const value = Float32Array.from({ length: rows * dim }, () => EMBEDDING_SPREAD * normal(rng));
  return { dim, offsets, value, squares: new Float32Array(rows * dim) };
}

/** Weights drawn for an even flow of variance: normal of variance 2 / inputs for matrices [in, out], zero for vectors. */
export function createWeight(shape: readonly number[], rng: Rng): DenseWeight {
  const size = shape.reduce((product, length) => product * length, 1);
  const spread = shape.length > 1 ? Math.sqrt(2 / (shape[0] ?? 1)) : 0;
  const value = Float32Array.from({ length: size }, () => (spread > 0 ? spread * normal(rng) : 0));
  return { shape, value, mean: new Float32Array(size), square: new Float32Array(size) };
}

/** Parameters of a model from its feature list, embedding width and the shapes of its dense weights. */
export function createParameters(
  features: FeatureList,
  dim: number,
  shapes: Readonly<Record<string, readonly number[]>>,
  seed: number,
): Parameters {
  const rng = createRng(seed, 91);
  const table = createTable(features, dim, rng);
  const dense = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, createWeight(shape, rng)]),
  );
  return { table, dense, steps: 0 };
}

/** Rows of the whole table for rows of its fields: `categorical` [count, fields], row-major, stays untouched. */
export function tableRows(table: EmbeddingTable, categorical: Int32Array): Int32Array {
  const fields = table.offsets.length;
  return categorical.map((row, i) => row + (table.offsets[i % fields] ?? 0));
}

/** Rows of the whole table for some of the fields: [count, fields.length], row-major. */
export function fieldRows(
  table: EmbeddingTable,
  { count, categorical }: EncodedRows,
  fields: readonly number[],
): Int32Array {
  const width = table.offsets.length;
  const rows = new Int32Array(count * fields.length);
  fields.forEach((field, k) => {
    const offset = table.offsets[field] ?? 0;
    for (let i = 0; i < count; i++)
      rows[i * fields.length + k] = offset + (categorical[i * width + field] as number);
  });
  return rows;
}

/** Embeddings of the rows, end to end: [rows.length · dim]. */
export function gatherRows(table: EmbeddingTable, rows: Int32Array): Float32Array {
  const { dim, value } = table;
  const out = new Float32Array(rows.length * dim);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * dim;
    const to = i * dim;
    for (let k = 0; k < dim; k++) out[to + k] = value[from + k] as number;
  }
  return out;
}

/** A copy that shares nothing with the original: a checkpoint. */
export function copyParameters(parameters: Parameters): Parameters {
  return structuredClone(parameters);
}

/** A copy without what only training needs: a checkpoint that predicts. */
export function frozenParameters({ table, dense, steps }: Parameters): Parameters {
  const none = new Float32Array(0);
  const weights = Object.entries(dense).map(
    ([name, { shape, value }]) => [name, { shape, value: value.slice(), mean: none, square: none }] as const,
  );
  return {
    table: { ...table, value: table.value.slice(), squares: none },
    dense: Object.fromEntries(weights),
    steps,
  };
}
