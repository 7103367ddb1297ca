import '@tensorflow/tfjs-backend-cpu';
import {
  grad,
  mean,
  mul,
  ready,
  setBackend,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adapterTarget,
  auxiliaryLoss,
  leakedCalibration,
  logisticLoss,
  oneHeadLoss,
  scaleGradient,
  scaleLabels,
  settleLevel,
} from './equations.ts';
import { registerGradients } from './gradients.ts';

beforeAll(async () => {
  registerGradients();
  await setBackend('cpu');
  await ready();
});

const column = (...values: number[]) => tensor2d(values, [values.length, 1]);
const figure = (loss: Tensor) => loss.dataSync()[0];

describe('the equations of external distillation', () => {
  it('(1) take the cross entropy of a logit', () => {
    expect(figure(logisticLoss(column(0), column(1)))).toBeCloseTo(Math.log(2), 6);
    expect(figure(logisticLoss(column(2), column(0)))).toBeCloseTo(Math.log(1 + Math.exp(2)), 6);
    // The mean of softplus(1) − 1 = 0.313262 and softplus(−1) = 0.313262.
    expect(figure(logisticLoss(column(1, -1), column(1, 0)))).toBeCloseTo(0.313262, 6);
  });

  it('(2) put label and pseudo-label on one head', () => {
    // h(1, 1) = .313262, h(1, .25) = 1.063262, w = 2.
    expect(figure(oneHeadLoss(column(1), column(1), column(0.25), 2))).toBeCloseTo(2.439785, 5);
  });

  it('(4) scale labels, but not beyond 1', () => {
    expect([...scaleLabels(column(0.1, 0.25), 5).dataSync()]).toEqual([0.5, 1]);
  });

  it('(5) add the distillation head’s loss, with (3) alone on the head that serves', () => {
    // h(1, 1) = .313262, h(−1, .5) = .813262, w = 2.
    const loss = auxiliaryLoss(column(1), column(-1), column(1), column(0.1), { w: 2, alpha: 5 });
    expect(figure(loss)).toBeCloseTo(1.939785, 5);
  });

  it('(GS) leave the value and scale the gradient', () => {
    const x = tensor1d([3]);
    expect(scaleGradient(x, 20).dataSync()[0]).toBe(3);
    const gradient = grad((input: Tensor) => mean(mul(scaleGradient(input, 20), scaleGradient(input, 20))))(
      x,
    );
    expect(gradient.dataSync()[0]).toBeCloseTo(2 * 3 * 20, 4);
  });

  it('settle the level of a head that never serves, so that none of it is learnt beneath', () => {
    // Of one logit, the level that fits is that of the mean target: logit(.2).
    const settled = settleLevel(column(1, 1), column(0.1, 0.3)).dataSync();
    expect(settled[0]).toBeCloseTo(Math.log(0.2 / 0.8), 5);
    // However far the teacher's level is, the same gradient, and none in the mean.
    const target = column(0.02, 0.05, 0.03);
    const level = (b: number): number[] => {
      const z = column(-3 + b, -2 + b, -2.5 + b);
      return Array.from(
        grad((x: Tensor) => logisticLoss(settleLevel(x as Tensor2D, target), target))(z).dataSync(),
      );
    };
    const [here, there] = [level(0), level(3)];
    expect(here.reduce((sum, g) => sum + g, 0)).toBeCloseTo(0, 4);
    here.forEach((g, i) => {
      expect(there[i]).toBeCloseTo(g, 4);
    });
  });

  it('(7) follow the adapter’s probability', () => {
    expect(adapterTarget(column(0)).dataSync()[0]).toBe(0.5);
  });

  it('say how much of the teacher’s calibration one head takes over', () => {
    expect(leakedCalibration(1.2, 1)).toBeCloseTo(1.1, 12);
    expect(leakedCalibration(1.2, 0)).toBe(1);
    expect(leakedCalibration(1, 7)).toBe(1);
  });
});
