import {
  add,
  concat,
  matMul,
  mul,
  relu,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Sizes of a parallel DCNv2 (arXiv 2008.13535). */
export interface DcnSizes {
  readonly crossLayers: number;
  /** Rank of the cross matrices, W = U V. */
  readonly rank: number;
  readonly hidden: readonly number[];
  /** Width of the hidden layer of each head. */
  readonly head: number;
  readonly heads: readonly string[];
}

export type Weights = Readonly<Record<string, Tensor>>;
type Shapes = Record<string, readonly number[]>;

/** Shapes of all dense weights for inputs of the given width. */
export function dcnShapes(width: number, sizes: DcnSizes): Shapes {
  const shapes: Shapes = {};
  for (let layer = 0; layer < sizes.crossLayers; layer++) {
    shapes[`cross${layer}/down`] = [width, sizes.rank];
    shapes[`cross${layer}/up`] = [sizes.rank, width];
    shapes[`cross${layer}/bias`] = [width];
  }
  let before = width;
  sizes.hidden.forEach((units, layer) => {
    shapes[`deep${layer}/weight`] = [before, units];
    shapes[`deep${layer}/bias`] = [units];
    before = units;
  });
  const backbone = width + before;
  for (const head of sizes.heads) {
    shapes[`${head}/hidden/weight`] = [backbone, sizes.head];
    shapes[`${head}/hidden/bias`] = [sizes.head];
    shapes[`${head}/out/weight`] = [sizes.head, 1];
    shapes[`${head}/out/bias`] = [1];
  }
  return shapes;
}

/** Inputs x [batch, width] -> backbone [batch, width + last hidden]: cross layers x0 ∘ (W x + b) + x beside a deep network. */
export function dcnBackbone(weights: Weights, x: Tensor2D, sizes: DcnSizes): Tensor2D {
  let crossed = x;
  for (let layer = 0; layer < sizes.crossLayers; layer++) {
    const down = matMul(crossed, matrix(weights, `cross${layer}/down`));
    const inner = add(
      matMul(down, matrix(weights, `cross${layer}/up`)),
      vector(weights, `cross${layer}/bias`),
    );
    crossed = add(mul(x, inner), crossed);
  }
  let deep = x;
  sizes.hidden.forEach((_, layer) => {
    deep = dense(weights, `deep${layer}`, deep);
  });
  return concat([crossed, deep], 1);
}

/** One head: hidden layer with ReLU, then a logit [batch, 1]. */
export function headLogit(weights: Weights, head: string, backbone: Tensor2D): Tensor2D {
  const hidden = dense(weights, `${head}/hidden`, backbone);
  return add(matMul(hidden, matrix(weights, `${head}/out/weight`)), vector(weights, `${head}/out/bias`));
}

function dense(weights: Weights, name: string, x: Tensor2D): Tensor2D {
  return relu(add(matMul(x, matrix(weights, `${name}/weight`)), vector(weights, `${name}/bias`)));
}

function matrix(weights: Weights, name: string): Tensor2D {
  const tensor = weights[name];
  if (tensor?.rank !== 2) throw new RangeError(`The weights lack the matrix ${name}.`);
  return tensor as Tensor2D;
}

function vector(weights: Weights, name: string): Tensor1D {
  const tensor = weights[name];
  if (tensor?.rank !== 1) throw new RangeError(`The weights lack the vector ${name}.`);
  return tensor as Tensor1D;
}
