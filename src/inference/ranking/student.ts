import {
  add,
  keep,
  sigmoid,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { denseWidth, type EncodedRows, type FeatureList } from '../../adlog/features.ts';
import { type Adapter, adapterLogit, adapterRate, clippedLogits, createAdapter } from './adapter.ts';
import { type DcnSizes, dcnBackbone, dcnShapes, headLogit, type Weights } from './dcn.ts';
import type { Distillation } from './distillation.ts';
import {
  adapterDistillationLoss,
  adapterLoss,
  auxiliaryLoss,
  logisticLoss,
  oneHeadLoss,
  scaleGradient,
  scaleLabels,
  settleLevel,
} from './equations.ts';
import { registerGradients } from './gradients.ts';
import { alignTokens, matchShapes, matchWidth, modelInputs, sideBlocks } from './match.ts';
import { adagradRows, adamStep } from './optimise.ts';
import { createParameters, fieldRows, gatherRows, type Parameters } from './parameters.ts';
import { column, download, upload } from './tensors.ts';

export { type Distillation, NO_DISTILLATION } from './distillation.ts';

registerGradients();

export interface Rates {
  /** Learning rates of Adagrad (embedding rows), Adam (the rest), and Adam for the level of the adapter. */
  readonly rows: number;
  readonly dense: number;
  /** Of the output biases, which follow the level of the day. */
  readonly level: number;
  readonly adapter: number;
}

export const DEFAULT_RATES: Rates = { rows: 0.05, dense: 0.0015, level: 0.015, adapter: 0.015 };

/** Sizes of a model: `match` adds the dot products of every user token with every ad token to its inputs. */
export interface StudentSizes extends DcnSizes {
  readonly match?: boolean;
}

/** A model that is trained on a stream: teacher or student alike. */
export interface Student {
  readonly features: FeatureList;
  readonly sizes: StudentSizes;
  readonly distillation: Distillation;
  readonly rates: Rates;
  readonly parameters: Parameters;
  readonly adapter: Adapter;
}

export interface Batch {
  readonly rows: EncodedRows;
  readonly labels: Float32Array;
  /** The teacher's predictions; needed unless the mode is `none`. */
  readonly teacher?: Float32Array;
}

/** Rate that every head predicts before it has learnt anything. */
const PRIOR = 0.015;

export function createStudent(
  features: FeatureList,
  dim: number,
  sizes: Omit<StudentSizes, 'heads'>,
  distillation: Distillation,
  seed: number,
  rates: Rates = DEFAULT_RATES,
): Student {
  const heads = ['serving'];
  if (distillation.mode === 'auxiliary head') heads.push('distillation');
  if (distillation.mode !== 'none' && distillation.adapter) heads.push('adapted');
  const plain = features.categorical.length * dim + denseWidth(features);
  const width = plain + (sizes.match ? matchWidth(features) : 0);
  const full = { ...sizes, heads };
  const shapes = { ...dcnShapes(width, full), ...(sizes.match ? matchShapes(features, dim) : {}) };
  const parameters = createParameters(features, dim, shapes, seed);
  if (sizes.match) alignTokens(parameters.dense, features);
  for (const head of heads) {
    const rate = head === 'distillation' ? Math.min(0.5, distillation.alpha * PRIOR) : PRIOR;
    // Dot products of random tokens would say a lot about nothing.
    if (sizes.match) parameters.dense[`${head}/out/weight`]?.value.fill(0);
    parameters.dense[`${head}/out/bias`]?.value.fill(Math.log(rate / (1 - rate)));
  }
  return { features, sizes: full, distillation, rates, parameters, adapter: createAdapter() };
}

/** Probabilities of the serving head for each row. */
export async function predict(student: Student, rows: EncodedRows): Promise<Float32Array> {
  const { table, dense } = student.parameters;
  const gathered = blocksOf(student).map((fields) => gatherRows(table, fieldRows(table, rows, fields)));
  const output = tidy(() => {
    const weights = upload(dense);
    const embedded = gathered.map((block) => embeddings(block, rows.count));
    const x = modelInputs(student.features, weights, embedded, rows, student.sizes.match === true);
    return sigmoid(headLogit(weights, 'serving', dcnBackbone(weights, x, student.sizes)));
  });
  return download(output);
}

/** One step of progressive validation: returns the serving probabilities from before the step, then learns the batch. */
export async function step(student: Student, batch: Batch): Promise<Float32Array> {
  const { parameters, distillation, rates, features, sizes } = student;
  const { table, dense } = parameters;
  parameters.steps++;
  const adapted = await stepAdapter(student, batch);
  const { count } = batch.rows;
  const rows = blocksOf(student).map((fields) => fieldRows(table, batch.rows, fields));
  const names = Object.keys(dense);
  let served: Tensor | undefined;
  const gradients = tidy(() => {
    const weights = upload(dense);
    const y = column(batch.labels);
    const yF = batch.teacher ? column(batch.teacher) : y;
    const target = adapted ? column(adapted) : undefined;
    const loss = valueAndGrads((...values: Tensor[]) => {
      const held = Object.fromEntries(names.map((name, i) => [name, values[rows.length + i] as Tensor]));
      const embedded = values.slice(0, rows.length) as Tensor2D[];
      const x = modelInputs(features, held, embedded, batch.rows, sizes.match === true);
      const backbone = dcnBackbone(held, x, sizes);
      const z = headLogit(held, 'serving', backbone);
      served = keep(sigmoid(z));
      return totalLoss(held, distillation, backbone, z, y, yF, target);
    });
    const values = names.map((name) => weights[name] as Tensor);
    return loss([...rows.map((block) => embeddings(gatherRows(table, block), count)), ...values]).grads;
  });
  const downloaded = await Promise.all(gradients.map(download));
  names.forEach((name, i) => {
    const [weight, gradient] = [dense[name], downloaded[rows.length + i]];
    const rate = name.endsWith('/out/bias') ? rates.level : rates.dense;
    if (weight && gradient) adamStep(weight, gradient, rate, parameters.steps);
  });
  rows.forEach((block, i) => {
    // Rows see few examples of a batch: their gradient is that of the sum, not of the mean.
    const gradient = downloaded[i]?.map((g) => g * count);
    if (gradient) adagradRows(table, block, gradient, rates.rows);
  });
  if (!served) throw new Error('The step made no prediction.');
  return download(served);
}

/** Fields whose embeddings go to the device together. */
function blocksOf({ features, sizes }: Student): readonly (readonly number[])[] {
  return sizes.match ? sideBlocks(features) : [features.categorical.map((_, field) => field)];
}

function totalLoss(
  weights: Weights,
  { mode, w, alpha, beta, adapter }: Distillation,
  backbone: Tensor2D,
  z: Tensor2D,
  y: Tensor2D,
  yF: Tensor2D,
  target: Tensor2D | undefined,
) {
  if (mode === 'none') return logisticLoss(z, y);
  if (mode === 'one head') return oneHeadLoss(z, y, yF, w);
  const scaled = scaleGradient(backbone, beta);
  const zD = headLogit(weights, 'distillation', scaled);
  const settled = settleLevel(zD, scaleLabels(yF, alpha));
  const loss = auxiliaryLoss(z, settled, y, yF, { w, alpha });
  if (!adapter || !target) return loss;
  const zD2 = headLogit(weights, 'adapted', scaled);
  return add(loss, adapterDistillationLoss(settleLevel(zD2, target), target));
}

/** Steps (a) and (b): the adapter learns equation (6) on fresh labels, then says what it makes of the teacher now. */
async function stepAdapter(student: Student, { labels, teacher }: Batch): Promise<Float32Array | undefined> {
  const { adapter, distillation, rates, parameters } = student;
  if (!teacher || distillation.mode !== 'auxiliary head' || !distillation.adapter) return undefined;
  await fitAdapter(adapter, teacher, labels, rates.adapter, parameters.steps);
  return adapt(adapter, teacher);
}

/** One step of the adapter on (6), in place; `rate` is that of its level, `step` counts from 1. */
export async function fitAdapter(
  adapter: Adapter,
  teacher: ArrayLike<number>,
  labels: Float32Array,
  rate: number,
  step: number,
): Promise<void> {
  const logits = clippedLogits(teacher);
  const names = Object.keys(adapter) as (keyof Adapter)[];
  const gradients = tidy(() => {
    const weights = upload(adapter);
    const loss = valueAndGrads((...values: Tensor[]) => {
      const held = Object.fromEntries(names.map((name, i) => [name, values[i] as Tensor]));
      return adapterLoss(adapterLogit(held, column(logits)), column(labels));
    });
    return loss(names.map((name) => weights[name] as Tensor)).grads;
  });
  const downloaded = await Promise.all(gradients.map(download));
  names.forEach((name, i) => {
    const gradient = downloaded[i];
    if (gradient) adamStep(adapter[name], gradient, adapterRate(name, rate), step);
  });
}

/** Teacher predictions as the adapter corrects them. */
export async function adapt(adapter: Adapter, teacher: ArrayLike<number>): Promise<Float32Array> {
  return download(tidy(() => sigmoid(adapterLogit(upload(adapter), column(clippedLogits(teacher))))));
}

function embeddings(gathered: Float32Array, count: number): Tensor2D {
  return tensor2d(gathered, [count, gathered.length / count]);
}
