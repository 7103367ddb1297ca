import '@tensorflow/tfjs-backend-cpu';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EncodedRows, FeatureList } from '../../adlog/features.ts';
import { copyParameters } from './parameters.ts';
import {
  adapt,
  createStudent,
  type Distillation,
  NO_DISTILLATION,
  predict,
  type Student,
  step,
} from './student.ts';

const FEATURES: FeatureList = {
  name: 'toy',
  categorical: [{ name: 'a', side: 'ad', rows: 3, read: () => 0 }],
  dense: [{ name: 'x', side: 'ad', width: 1, read: () => 0 }],
};
const SIZES = { crossLayers: 1, rank: 2, hidden: [12], head: 12 };
const RATES = { rows: 0.05, dense: 0.01, level: 0.01, adapter: 0.05 };

/** Two kinds of rows, of true probability .1 and .3; labels are those probabilities, so that nothing is left to chance. */
const ROWS: EncodedRows = {
  count: 4,
  categorical: Int32Array.of(1, 2, 1, 2),
  dense: Float32Array.of(0, 0, 0, 0),
};
const TRUTH = Float32Array.of(0.1, 0.3, 0.1, 0.3);

function student(distillation: Partial<Distillation>): Student {
  return createStudent(FEATURES, 2, SIZES, { ...NO_DISTILLATION, ...distillation }, 3, RATES);
}

async function train(trained: Student, teacher?: Float32Array, steps = 400): Promise<Float32Array> {
  for (let i = 0; i < steps; i++) {
    await step(trained, teacher ? { rows: ROWS, labels: TRUTH, teacher } : { rows: ROWS, labels: TRUTH });
  }
  return predict(trained, ROWS);
}

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

describe('a student', { timeout: 60_000 }, () => {
  it('learns the probabilities of its rows', async () => {
    const [a, b] = await train(student({}));
    expect(a).toBeCloseTo(0.1, 2);
    expect(b).toBeCloseTo(0.3, 2);
  });

  it('takes over w / (1 + w) of its teacher’s bias with one head', async () => {
    const [a, b] = await train(student({ mode: 'one head', w: 1 }), Float32Array.of(0.2, 0.5, 0.2, 0.5));
    expect(a).toBeCloseTo((0.1 + 0.2) / 2, 2);
    expect(b).toBeCloseTo((0.3 + 0.5) / 2, 2);
  });

  it('keeps its serving head free of that bias with an auxiliary head', async () => {
    const distillation = { mode: 'auxiliary head', w: 1, alpha: 1.5, beta: 2 } as const;
    const [a, b] = await train(student(distillation), Float32Array.of(0.2, 0.5, 0.2, 0.5));
    expect(a).toBeCloseTo(0.1, 2);
    expect(b).toBeCloseTo(0.3, 2);
  });

  it('corrects a stale teacher by its adapter', async () => {
    const trained = student({ mode: 'auxiliary head', adapter: true });
    const teacher = Float32Array.of(0.05, 0.15, 0.05, 0.15);
    await train(trained, teacher);
    const [a, b] = await adapt(trained.adapter, teacher);
    expect(a).toBeCloseTo(0.1, 1);
    expect(b).toBeCloseTo(0.3, 1);
  });

  it('predicts before it learns', async () => {
    const trained = student({});
    const before = await predict(trained, ROWS);
    const served = await step(trained, { rows: ROWS, labels: TRUTH });
    served.forEach((p, i) => {
      expect(p).toBeCloseTo(before[i] ?? 0, 6);
    });
    expect((await predict(trained, ROWS))[0]).not.toBe(before[0]);
  });

  it('leaves no tensor behind', async () => {
    const trained = student({ mode: 'auxiliary head', adapter: true });
    await train(trained, TRUTH, 2);
    const { numTensors } = memory();
    await train(trained, TRUTH, 3);
    expect(memory().numTensors).toBe(numTensors);
  });

  it('repeats itself for the same seed and goes on from a copy', async () => {
    const one = student({});
    const other = student({});
    expect(await train(one, undefined, 5)).toEqual(await train(other, undefined, 5));
    const copy: Student = { ...one, parameters: copyParameters(one.parameters) };
    expect(await train(copy, undefined, 5)).toEqual(await train(one, undefined, 5));
  });
});
