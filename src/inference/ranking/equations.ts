import {
  add,
  clipByValue,
  clone,
  customGrad,
  log,
  mean,
  minimum,
  mul,
  type Scalar,
  scalar,
  sigmoid,
  softplus,
  sub,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * External distillation as in ExFM (arXiv 2502.17494); the numbers are those of its public re-implementation. z are logits,
 * y labels, yF the foundation model's predictions, all [batch, 1].
 */

/** (1) h(z, y) = −[y log p + (1 − y) log(1 − p)] with p = sigmoid(z), averaged over the batch: softplus(z) − y·z. */
export function logisticLoss(z: Tensor2D, y: Tensor2D): Scalar {
  return mean(sub(softplus(z), mul(y, z)));
}

/** (2) One-head distillation: h(z, y) + w·h(z, yF). Label and pseudo-label meet in the head that serves. */
export function oneHeadLoss(z: Tensor2D, y: Tensor2D, yF: Tensor2D, w: number): Scalar {
  return add(logisticLoss(z, y), mul(scalar(w), logisticLoss(z, yF)));
}

/** Label scaling of (4): min(1, α·yF). A head trained on it is no probability and never serves. */
export function scaleLabels(yF: Tensor2D, alpha: number): Tensor2D {
  return minimum(scalar(1), mul(scalar(alpha), yF));
}

/** Gradient scaling: the identity forward, the gradient times β backward. */
export function scaleGradient<T extends Tensor>(x: T, beta: number): T {
  const scaled = customGrad((input) => ({
    // A tensor of its own: the tape would take the same one for its own input.
    value: clone(input as Tensor),
    gradFunc: (dy: Tensor) => mul(dy, scalar(beta)),
  }));
  return scaled(x) as T;
}

/** Each leaves a share var(p) / (m (1 − m)) of what is missing, m being the mean: of clicks a few hundredths. */
const LEVEL_STEPS = 3;
const EDGE = 1e-6;

/**
 * z + b with the intercept b that minimises h(z + b, target) over the batch: mean p = mean target. At a minimum the derivative
 * by b is 0, so the gradient passes to z as it is. A teacher's level then never reaches what lies beneath its head.
 */
export function settleLevel(z: Tensor2D, target: Tensor2D): Tensor2D {
  const settled = customGrad((input) => {
    const wanted = logit(mean(target));
    let level = input as Tensor2D;
    for (let i = 0; i < LEVEL_STEPS; i++) level = add(level, sub(wanted, logit(mean(sigmoid(level)))));
    return { value: level, gradFunc: (dy: Tensor) => clone(dy) };
  });
  return settled(z) as Tensor2D;
}

function logit(p: Scalar): Scalar {
  const held = clipByValue(p, EDGE, 1 - EDGE);
  return sub(log(held), log(sub(scalar(1), held)));
}

/** (5) with (3) and (4): h(zS, y) + w·h(zD, min(1, α·yF)); two heads on one backbone, only zS serves. */
export function auxiliaryLoss(
  zS: Tensor2D,
  zD: Tensor2D,
  y: Tensor2D,
  yF: Tensor2D,
  { w, alpha }: { w: number; alpha: number },
): Scalar {
  return add(logisticLoss(zS, y), mul(scalar(w), logisticLoss(zD, scaleLabels(yF, alpha))));
}

/** (6) The student adapter's own loss, h(zSA, y), on fresh labels. Its input is the logit of yF, its output zSA. */
export const adapterLoss = logisticLoss;

/** (7) Adapter distillation: h(zD2, SG[sigmoid(zSA)]). `pSA` was computed outside the tape, which stops its gradient. */
export const adapterDistillationLoss = logisticLoss;

/** sigmoid(zSA), for (7). */
export function adapterTarget(zSA: Tensor2D): Tensor2D {
  return sigmoid(zSA);
}

/**
 * Where one head settles, in aggregate: with the teacher's calibration ratio c, the student's becomes
 * (1 + w·c) / (1 + w).
 */
export function leakedCalibration(c: number, w: number): number {
  return (1 + w * c) / (1 + w);
}
