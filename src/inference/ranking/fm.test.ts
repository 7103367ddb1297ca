import '@tensorflow/tfjs-backend-cpu';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startNodeEngine } from '../../../tools/node-engine.ts';
import {
  CONVERSION_FEATURES,
  denseWidth,
  type EncodedRows,
  type FeatureList,
  FM_FEATURES,
} from '../../adlog/features.ts';
import { createRng, normal, uniform } from '../../adlog/random.ts';
import { createFm } from './fm.ts';
import { alignTokens, matchShapes, matchWidth, sideBlocks } from './match.ts';
import { createStudent, NO_DISTILLATION, predict, type Student, step } from './student.ts';
import { createConversionVm, createVm } from './vm.ts';

function randomRows(features: FeatureList, count: number): EncodedRows {
  const rng = createRng(5, 1);
  return {
    count,
    categorical: Int32Array.from({ length: count * features.categorical.length }, (_, i) => {
      const field = features.categorical[i % features.categorical.length];
      return Math.floor(uniform(rng) * (field?.rows ?? 1));
    }),
    dense: Float32Array.from({ length: count * denseWidth(features) }, () => normal(rng)),
  };
}

async function trained(model: Student): Promise<Float32Array> {
  const rows = randomRows(model.features, 12);
  const labels = Float32Array.from({ length: 12 }, (_, i) => (i % 5 === 0 ? 1 : 0));
  for (let i = 0; i < 3; i++) await step(model, { rows, labels });
  return predict(model, rows);
}

describe('the foundation model', { timeout: 60_000 }, () => {
  it('has a token for every field and history of a side', () => {
    expect(sideBlocks(FM_FEATURES).map((block) => block.length)).toEqual([8, 5, 3]);
    expect(matchWidth(FM_FEATURES)).toBe(9 * 6);
    expect(matchShapes(FM_FEATURES, 16)).toEqual({ 'token/history': [16, 16], 'token/content': [16, 16] });
  });

  it('lets like histories and contents have like tokens at first', () => {
    const { dense } = createFm('small', 3).parameters;
    expect(dense['token/content']?.value).toEqual(dense['token/history']?.value);
    dense['token/content']?.value.fill(0);
    alignTokens(dense, FM_FEATURES);
    expect(dense['token/content']?.value).toEqual(dense['token/history']?.value);
  });

  it('knows of user and ad only by their match where all else is taken away', async () => {
    await setBackend('cpu');
    await ready();
    const features: FeatureList = {
      name: 'toy',
      categorical: [
        { name: 'u', side: 'user', rows: 2, read: () => 0 },
        { name: 'a', side: 'ad', rows: 2, read: () => 0 },
        { name: 'c', side: 'context', rows: 1, read: () => 0 },
      ],
      dense: [],
    };
    const sizes = { crossLayers: 0, rank: 1, hidden: [8], head: 4, match: true };
    const model = createStudent(features, 2, sizes, NO_DISTILLATION, 1);
    const { dense, table } = model.parameters;
    // Inputs are u, a, c of two numbers each, then u·a / √2, which alone goes through.
    table.value.set([1, 2, 0, 0, 3, -1, 0, 0, 0, 0]);
    for (const { value } of Object.values(dense)) value.fill(0);
    dense['serving/hidden/weight']?.value.fill(1, 6 * 4, 7 * 4);
    dense['serving/out/weight']?.value.fill(1);
    const [p] = await predict(model, {
      count: 1,
      categorical: Int32Array.of(0, 0, 0),
      dense: new Float32Array(),
    });
    // u·a = 3 − 2 = 1; four hidden units of 1 / √2 each.
    expect(p).toBeCloseTo(1 / (1 + Math.exp(-4 / Math.SQRT2)), 5);
  });

  it.each(['small', 'middle', 'large'] as const)('leaves no tensor behind (%s)', async (size) => {
    await startNodeEngine('wasm');
    const model = createFm(size, 3);
    await trained(model);
    const { numTensors } = memory();
    await trained(model);
    expect(memory().numTensors).toBe(numTensors);
  });

  it('trains alike on WebAssembly and in plain JavaScript', async () => {
    await startNodeEngine('wasm');
    const fast = await trained(createFm('small', 3));
    await setBackend('cpu');
    const plain = await trained(createFm('small', 3));
    fast.forEach((p, i) => {
      expect(p).toBeCloseTo(plain[i] ?? Number.NaN, 4);
    });
  });
});

describe('vertical models', { timeout: 60_000 }, () => {
  it.each([
    ['click', createVm(3)],
    ['conversion', createConversionVm(3)],
  ] as const)('leave no tensor behind (%s)', async (_, model) => {
    await startNodeEngine('wasm');
    await trained(model);
    const { numTensors } = memory();
    await trained(model);
    expect(memory().numTensors).toBe(numTensors);
  });

  it('know domain and price where all domains share one', () => {
    expect(CONVERSION_FEATURES.categorical.some(({ name }) => name === 'domain')).toBe(true);
  });
});
