import { concat, matMul, mul, reshape, scalar, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { type DenseField, denseWidth, type EncodedRows, type FeatureList } from '../../adlog/features.ts';
import type { Weights } from './dcn.ts';
import type { DenseWeight } from './parameters.ts';

/**
 * Inputs of a model, with or without a factorisation machine (as in DLRM and in the first layer of Wukong,
 * arXiv 2403.02545): the dot product of every token of the user with every token of the ad. Tokens are the embeddings, and
 * each vector among the dense fields through a projection of its own.
 */

const SIDES = ['user', 'ad'] as const;
type TokenSide = (typeof SIDES)[number];

/** Categorical fields of the user, of the ad, and the rest. */
export function sideBlocks(features: FeatureList): readonly (readonly number[])[] {
  const of = (keep: (side: string) => boolean) =>
    features.categorical.flatMap(({ side }, field) => (keep(side) ? [field] : []));
  return [
    of((side) => side === 'user'),
    of((side) => side === 'ad'),
    of((side) => side !== 'user' && side !== 'ad'),
  ];
}

/** Vectors among the dense fields of a side. */
function vectorsOf(features: FeatureList, side: TokenSide): readonly DenseField[] {
  return features.dense.filter((field) => field.side === side && field.width > 2);
}

function tokensOf(features: FeatureList, side: TokenSide): number {
  const embedded = features.categorical.filter((field) => field.side === side).length;
  return embedded + vectorsOf(features, side).length;
}

/** Number of dot products. */
export function matchWidth(features: FeatureList): number {
  return tokensOf(features, 'user') * tokensOf(features, 'ad');
}

/** Shapes of the projections of vectors to tokens. */
export function matchShapes(features: FeatureList, dim: number): Record<string, readonly number[]> {
  const vectors = SIDES.flatMap((side) => vectorsOf(features, side));
  return Object.fromEntries(vectors.map(({ name, width }) => [`token/${name}`, [width, dim]]));
}

/** Lets all projections start alike, so that like vectors have like tokens from the first step on. */
export function alignTokens(dense: Readonly<Record<string, DenseWeight>>, features: FeatureList): void {
  const weights = SIDES.flatMap((side) => vectorsOf(features, side)).map(
    ({ name }) => dense[`token/${name}`],
  );
  const [model] = weights;
  for (const weight of weights) {
    if (model && weight?.value.length === model.value.length) weight.value.set(model.value);
  }
}

/**
 * Inputs [batch, width] from the embeddings of each block [batch, fields · dim] and the dense columns. With `match` the
 * blocks are those of `sideBlocks`, and the dot products follow the rest.
 */
export function modelInputs(
  features: FeatureList,
  weights: Weights,
  embedded: readonly Tensor2D[],
  rows: EncodedRows,
  match: boolean,
): Tensor2D {
  const width = denseWidth(features);
  const dense = width > 0 ? [tensor2d(rows.dense, [rows.count, width])] : [];
  const [user, ad] = embedded;
  if (!match || !user || !ad) return joined([...embedded, ...dense]);
  return joined([...embedded, ...dense, dotProducts(features, weights, user, ad, rows)]);
}

function dotProducts(
  features: FeatureList,
  weights: Weights,
  user: Tensor2D,
  ad: Tensor2D,
  rows: EncodedRows,
): Tensor2D {
  const [users, ads] = SIDES.map((side) => {
    const embedded = side === 'user' ? user : ad;
    const vectors = vectorsOf(features, side).map((field): Tensor2D => {
      const weight = weights[`token/${field.name}`];
      if (weight?.rank !== 2) throw new RangeError(`The weights lack the projection of ${field.name}.`);
      return matMul(vectorColumns(features, field, rows), weight as Tensor2D);
    });
    const tokens = joined([embedded, ...vectors]);
    const count = tokensOf(features, side);
    return reshape(tokens, [rows.count, count, (tokens.shape[1] ?? 0) / count]);
  });
  if (!users || !ads) throw new RangeError('A side has no tokens.');
  const scale = scalar(1 / Math.sqrt(users.shape[2] ?? 1));
  return reshape(mul(matMul(users, ads, false, true), scale), [rows.count, matchWidth(features)]);
}

/** The columns of one dense field, [batch, width]. */
function vectorColumns(features: FeatureList, field: DenseField, { count, dense }: EncodedRows): Tensor2D {
  const width = denseWidth(features);
  const before = features.dense.slice(0, features.dense.indexOf(field));
  const offset = before.reduce((sum, other) => sum + other.width, 0);
  const columns = new Float32Array(count * field.width);
  for (let i = 0; i < count; i++) {
    const start = i * width + offset;
    columns.set(dense.subarray(start, start + field.width), i * field.width);
  }
  return tensor2d(columns, [count, field.width]);
}

function joined(parts: readonly Tensor2D[]): Tensor2D {
  const [only] = parts;
  return parts.length === 1 && only ? only : concat([...parts], 1);
}
