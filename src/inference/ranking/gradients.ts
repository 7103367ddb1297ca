import {
  fill,
  getGradient,
  matMul,
  mul,
  neg,
  ones,
  registerGradient,
  reshape,
  sigmoid,
  split,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
} from '@tensorflow/tfjs-core';

/**
 * Gradients of the few kernels that ranking models are made of. The core package leaves all gradients out unless they are
 * registered; these use kernels that every backend has, the gradient of gather among them being a scatter on the host.
 */
export function registerGradients(): void {
  if (getGradient('Add')) return;
  registerGradient({
    kernelName: 'Add',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      return { a: () => reduceTo(one(dy), a.shape), b: () => reduceTo(one(dy), b.shape) };
    },
  });
  registerGradient({
    kernelName: 'Sub',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      return { a: () => reduceTo(one(dy), a.shape), b: () => reduceTo(neg(one(dy)), b.shape) };
    },
  });
  registerGradient({
    kernelName: 'Multiply',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      return { a: () => reduceTo(mul(one(dy), b), a.shape), b: () => reduceTo(mul(one(dy), a), b.shape) };
    },
  });
  registerGradient({
    kernelName: 'BatchMatMul',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved, { transposeA, transposeB }) => {
      if (transposeA) throw new RangeError('Models here do not transpose the first factor.');
      const [a, b] = saved as [Tensor, Tensor];
      const d = one(dy);
      if (transposeB) return { a: () => matMul(d, b), b: () => matMul(d, a, true, false) };
      return { a: () => matMul(d, turned(b)), b: () => matMul(turned(a), d) };
    },
  });
  registerGradient({
    kernelName: 'Reshape',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => reshape(one(dy), first(saved).shape) }),
  });
  registerGradient({
    kernelName: 'Relu',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => mul(one(dy), step(first(saved))) }),
  });
  registerGradient({
    kernelName: 'Softplus',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => mul(one(dy), sigmoid(first(saved))) }),
  });
  registerGradient({
    kernelName: 'Sigmoid',
    outputsToSave: [true],
    gradFunc: (dy, saved) => {
      const p = first(saved);
      return { x: () => mul(one(dy), sub(p, mul(p, p))) };
    },
  });
  registerGradient({
    kernelName: 'Softmax',
    outputsToSave: [true],
    // Over the last axis alone, as models here take it.
    gradFunc: (dy, saved) => {
      const y = first(saved);
      const weighted = mul(one(dy), y);
      return { logits: () => sub(weighted, mul(sum(weighted, -1, true), y)) };
    },
  });
  registerGradient({
    kernelName: 'Mean',
    inputsToSave: ['x'],
    // Means are taken over all elements alone.
    gradFunc: (dy, saved) => {
      const x = first(saved);
      return { x: () => mul(one(dy), fill(x.shape, 1 / x.size)) };
    },
  });
  registerGradient({
    kernelName: 'Concat',
    saveAllInputs: true,
    gradFunc: (dy, saved, { axis }) => {
      const at = typeof axis === 'number' ? axis : 0;
      const sizes = saved.map((part) => part.shape[at] ?? 0);
      const parts = split(one(dy), sizes, at);
      return Object.fromEntries(parts.map((part, i) => [i, () => part]));
    },
  });
}

/** These kernels have one output. */
function one(dy: Tensor | Tensor[]): Tensor {
  return Array.isArray(dy) ? first(dy) : dy;
}

function first(saved: readonly Tensor[]): Tensor {
  const [tensor] = saved;
  if (!tensor) throw new RangeError('A gradient lacks its input.');
  return tensor;
}

/** The transpose, as a tensor of its own: the wasm kernel for flagged transposes is five times slower than both steps. */
function turned(matrix: Tensor): Tensor {
  return transpose(matrix);
}

/** Sums a gradient over the axes along which an input was broadcast. */
function reduceTo(dy: Tensor, shape: readonly number[]): Tensor {
  const missing = dy.rank - shape.length;
  const [rows = 0, columns = 0] = dy.shape;
  // A vector that was added to every row: a product with ones is far faster on wasm than a sum down the columns.
  if (dy.rank === 2 && shape.length === 1 && shape[0] === columns)
    return reshape(matMul(ones([1, rows]), dy as Tensor2D), [columns]);
  const axes = dy.shape.flatMap((size, axis) => {
    const own = axis < missing ? 0 : shape[axis - missing];
    return own === size ? [] : [axis];
  });
  const reduced = axes.length > 0 ? sum(dy, axes) : dy;
  return reshape(reduced, [...shape]);
}
