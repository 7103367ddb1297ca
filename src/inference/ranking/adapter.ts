import { add, matMul, relu, scalar, sub, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Weights } from './dcn.ts';
import type { DenseWeight } from './parameters.ts';

/** The student adapter: a scalar to scalar network 1-8-1 on the logit of the teacher's prediction. */
export type Adapter = Readonly<Record<'w1' | 'b1' | 'w2' | 'b2' | 'skip', DenseWeight>>;

/** Kinks of the hidden units, from the centre; one unit bends to the left at each, one to the right. */
const KINKS = [-1.5, -0.5, 0.5, 1.5] as const;
const WIDTH = 2 * KINKS.length;
/** A usual click logit. Inputs count from here: far from zero, a small step of the slopes would be a large one of the level. */
const CENTRE = -4.2;
/** Teacher predictions are clipped here before their logit is taken. */
const CLIP = 1e-5;
/** The curve moves at this share of the rate at which its level does: a level drifts day by day, a shape hardly does. */
const SHAPE_RATE = 0.15;

/** Learning rate of a weight of the adapter, from that of its level. */
export function adapterRate(name: keyof Adapter, level: number): number {
  return name === 'b2' ? level : SHAPE_RATE * level;
}

/** An adapter that starts as the identity on logits: its hidden layer adds nothing yet. */
export function createAdapter(): Adapter {
  const weight = (shape: readonly number[], values: (i: number) => number): DenseWeight => {
    const size = shape.reduce((product, length) => product * length, 1);
    const value = Float32Array.from({ length: size }, (_, i) => values(i));
    return { shape, value, mean: new Float32Array(size), square: new Float32Array(size) };
  };
  const slope = (i: number) => (i % 2 === 0 ? -1 : 1);
  return {
    w1: weight([1, WIDTH], slope),
    b1: weight([WIDTH], (i) => -slope(i) * (KINKS[i >> 1] ?? 0)),
    w2: weight([WIDTH, 1], () => 0),
    b2: weight([1], () => 0),
    skip: weight([1, 1], () => 1),
  };
}

/** Teacher logits [batch, 1] -> adapted logits [batch, 1]. */
export function adapterLogit(weights: Weights, teacherLogit: Tensor2D): Tensor2D {
  const { w1, b1, w2, b2, skip } = weights;
  if (!w1 || !b1 || !w2 || !b2 || !skip) throw new RangeError('The adapter lacks a weight.');
  const input = sub(teacherLogit, scalar(CENTRE)) as Tensor2D;
  const hidden = relu(add(matMul(input, w1 as Tensor2D), b1));
  const moved = add(add(matMul(hidden, w2 as Tensor2D), b2), matMul(input, skip as Tensor2D));
  return add(moved, scalar(CENTRE));
}

/** Logits of predictions, clipped to where float32 can tell them apart. */
export function clippedLogits(predictions: ArrayLike<number>): Float32Array {
  return Float32Array.from(predictions, (p) => {
    const clipped = Math.max(CLIP, Math.min(1 - CLIP, p));
    return Math.log(clipped / (1 - clipped));
  });
}
