import { add, matMul, relu, type Tensor2D } from '@tensorflow/tfjs-core';
import { createRng, normal } from '../../adlog/random.ts';
import type { Weights } from './dcn.ts';
import type { DenseWeight } from './parameters.ts';

/** The student adapter: a scalar to scalar network 1-8-1 on the logit of the teacher's prediction. */
export type Adapter = Readonly<Record<'w1' | 'b1' | 'w2' | 'b2' | 'skip', DenseWeight>>;

const WIDTH = 8;
/** Teacher predictions are clipped here before their logit is taken. */
const CLIP = 1e-5;

/** An adapter that starts as the identity on logits: its hidden layer adds nothing yet. */
export function createAdapter(seed: number): Adapter {
  const rng = createRng(seed, 92);
  const weight = (shape: readonly number[], values: (i: number) => number): DenseWeight => {
    const size = shape.reduce((product, length) => product * length, 1);
    const value = Float32Array.from({ length: size }, (_, i) => values(i));
    return { shape, value, mean: new Float32Array(size), square: new Float32Array(size) };
  };
  return {
    w1: weight([1, WIDTH], () => normal(rng)),
    // Kinks spread over the usual range of click logits.
    b1: weight([WIDTH], (i) => i),
    w2: weight([WIDTH, 1], () => 0),
    b2: weight([1], () => 0),
    skip: weight([1, 1], () => 1),
  };
}

/** Teacher logits [batch, 1] -> adapted logits [batch, 1]. */
export function adapterLogit(weights: Weights, teacherLogit: Tensor2D): Tensor2D {
  const { w1, b1, w2, b2, skip } = weights;
  if (!w1 || !b1 || !w2 || !b2 || !skip) throw new RangeError('The adapter lacks a weight.');
  const hidden = relu(add(matMul(teacherLogit, w1 as Tensor2D), b1));
  return add(add(matMul(hidden, w2 as Tensor2D), b2), matMul(teacherLogit, skip as Tensor2D));
}

/** Logits of predictions, clipped to where float32 can tell them apart. */
export function clippedLogits(predictions: ArrayLike<number>): Float32Array {
  return Float32Array.from(predictions, (p) => {
    const clipped = Math.max(CLIP, Math.min(1 - CLIP, p));
    return Math.log(clipped / (1 - clipped));
  });
}
