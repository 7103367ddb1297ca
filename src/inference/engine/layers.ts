import {
  add,
  erf,
  fused,
  mean,
  mul,
  reshape,
  rsqrt,
  squaredDifference,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/** `weight` [in, out], `bias` [out]. */
export type Linear = { weight: Tensor2D; bias: Tensor1D };

/** `weight` [height, width, in, out], `bias` [out]. */
export type Convolution = { weight: Tensor4D; bias: Tensor1D };

/** `weight` and `bias` [features]. */
export type Norm = { weight: Tensor1D; bias: Tensor1D };

/** x W + b over the last axis of x [batch, time, in] -> [batch, time, out], as one matrix product. */
export function linear(x: Tensor3D, { weight, bias }: Linear): Tensor3D {
  const [batch, time, width] = x.shape;
  const product = fused.matMul({ a: reshape(x, [batch * time, width]), b: weight, bias });
  return reshape(product, [batch, time, weight.shape[1]]);
}

/**
 * Convolution of x [batch, height, width, in] with zeros of half the kernel on every side, as PyTorch pads, and not as
 * TensorFlow's 'same', which pads unevenly under strides. `strides` are [rows, columns].
 */
export function convolution(
  x: Tensor4D,
  { weight, bias }: Convolution,
  strides: [number, number] = [1, 1],
  activation: 'relu' | 'linear' = 'relu',
): Tensor4D {
  const side = weight.shape[0] >> 1;
  // Not a plain number: tfjs would then take the stride of the rows for the columns too.
  const pad: Padding = [
    [0, 0],
    [side, side],
    [side, side],
    [0, 0],
  ];
  return fused.conv2d({ x, filter: weight, strides, pad, bias, activation });
}

type Padding = [[number, number], [number, number], [number, number], [number, number]];

/** Layer normalisation over the last axis, eps 1e-5 (arXiv 1607.06450). */
export function layerNorm<T extends Tensor>(x: T, { weight, bias }: Norm): T {
  const centre = mean(x, -1, true);
  const variance = mean(squaredDifference(x, centre), -1, true);
  const scaled = mul(sub(x, centre), rsqrt(add(variance, 1e-5)));
  return add(mul(scaled, weight), bias);
}

/** Gaussian error linear unit, the exact form x Φ(x) (arXiv 1606.08415). */
export function gelu<T extends Tensor>(x: T): T {
  const half = mul<T>(x, 0.5);
  return add(half, mul(half, erf(mul(x, Math.SQRT1_2))));
}
