import {
  add,
  getBackend,
  matMul,
  mul,
  reshape,
  softmax,
  split,
  stack,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  transpose,
  unstack,
} from '@tensorflow/tfjs-core';

/** Added to the scores of what must not be seen. Finite: rows without any key stay numbers. */
export const HIDDEN = -1e9;

/** [batch, time, heads * depth] -> [batch, heads, time, depth]. */
export function splitHeads(x: Tensor3D, heads: number): Tensor4D {
  const [batch, time, width] = x.shape;
  return transpose(reshape(x, [batch, time, heads, width / heads]), [0, 2, 1, 3]);
}

/** [batch, heads, time, depth] -> [batch, time, heads * depth]. */
export function joinHeads(x: Tensor4D): Tensor3D {
  const [batch, heads, time, depth] = x.shape;
  return reshape(transpose(x, [0, 2, 1, 3]), [batch, time, heads * depth]);
}

/** [batch, time, parts * width] -> `parts` tensors [batch, heads, time, width / heads], e.g. queries, keys, values. */
export function splitParts(x: Tensor3D, parts: number, heads: number): Tensor4D[] {
  return split<Tensor3D>(x, parts, 2).map((part) => splitHeads(part, heads));
}

/**
 * Scaled dot-product attention (arXiv 1706.03762).
 * @param q [batch, heads, queries, depth]
 * @param k [batch, heads, keys, depth], like v
 * @param mask broadcast to [batch, heads, queries, keys]; 0 = seen, HIDDEN = not
 * @returns `values` [batch, heads, queries, depth] and `weights` [batch, heads, queries, keys]
 */
export function attend(q: Tensor4D, k: Tensor4D, v: Tensor4D, mask: Tensor) {
  const scaled = mul<Tensor4D>(q, 1 / Math.sqrt(q.shape[3]));
  const scores = add<Tensor4D>(products(scaled, k, true), mask);
  const weights = softmax(scores);
  return { values: products(weights, v, false), weights };
}

// tfjs's wasm backend multiplies a batch of matrices in a scalar loop but a single pair with XNNPACK, twenty times as
// fast: worth going one by one unless there are only a few rows.
function products(a: Tensor4D, b: Tensor4D, transposeB: boolean): Tensor4D {
  const [batch, heads, rows] = a.shape;
  if (getBackend() !== 'wasm' || rows < 16) return matMul(a, b, false, transposeB);
  const right = transposeB ? transpose(b, [0, 1, 3, 2]) : b;
  const matrices = unstack(reshape(right, [batch * heads, right.shape[2], right.shape[3]]));
  const results = unstack(reshape(a, [batch * heads, rows, a.shape[3]])).map((matrix, index) =>
    matMul(matrix, matrices[index] ?? matrix),
  );
  return reshape(stack(results), [batch, heads, rows, right.shape[3]]);
}
