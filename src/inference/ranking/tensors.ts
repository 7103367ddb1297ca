import { type Tensor, type Tensor2D, tensor, tensor2d } from '@tensorflow/tfjs-core';
import type { Weights } from './dcn.ts';
import type { DenseWeight } from './parameters.ts';

/** Copies weights to the device; the caller's scope frees them. */
export function upload(weights: Readonly<Record<string, DenseWeight>>): Weights {
  const entries = Object.entries(weights).map(
    ([name, { value, shape }]) => [name, tensor(value, [...shape])] as const,
  );
  return Object.fromEntries(entries);
}

/** Values as a column [values.length, 1]. */
export function column(values: ArrayLike<number>): Tensor2D {
  return tensor2d(Float32Array.from(values), [values.length, 1]);
}

/** Reads a tensor back and frees it. */
export async function download(source: Tensor): Promise<Float32Array> {
  const values = await source.data<'float32'>();
  source.dispose();
  return Float32Array.from(values);
}
