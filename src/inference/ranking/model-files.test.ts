import { describe, expect, it } from 'vitest';
import { float16ToFloat32, float32ToFloat16 } from '../engine/float16.ts';
import { modelNames, packModels, readModel } from './model-files.ts';
import type { Parameters } from './parameters.ts';

const model = (): Parameters => ({
  table: {
    dim: 2,
    offsets: [0],
    value: Float32Array.of(0.5, -1, 0.25, 2),
    squares: Float32Array.of(1, 7, 0, 0),
  },
  dense: {
    'serving/out/bias': {
      shape: [1],
      value: Float32Array.of(-4.25),
      mean: Float32Array.of(3),
      square: Float32Array.of(9),
    },
  },
  steps: 40,
});

const empty = (): Parameters => {
  const { table, dense } = model();
  table.value.fill(0);
  dense['serving/out/bias']?.value.fill(0);
  return { table, dense, steps: 0 };
};

async function packed() {
  const { contents, ...files } = await packModels([{ name: 'small@0', parameters: model() }]);
  const source = {
    manifest: async () => files,
    shard: async () => contents[0] ?? new Uint8Array(),
  };
  return { files, source };
}

describe('weight files of ranking models', () => {
  it('bring weights and the scale of gradients back, without Adam’s moments', async () => {
    const { files, source } = await packed();
    expect(modelNames(files)).toEqual(['small@0']);
    const read = await readModel(source, files, 'small@0', empty());
    expect(read.table.value).toEqual(model().table.value);
    // The row has seen mean squares of (1 + 7) / 2.
    expect([...read.table.squares]).toEqual([4, 4, 0, 0]);
    expect(read.dense['serving/out/bias']?.value).toEqual(Float32Array.of(-4.25));
    expect(read.dense['serving/out/bias']?.mean).toEqual(Float32Array.of(0));
    expect(read.steps).toBe(0);
  });

  it('refuse a model that is not there, or of another shape', async () => {
    const { files, source } = await packed();
    await expect(readModel(source, files, 'large@0', empty())).rejects.toThrow('no model large@0');
    const other = { ...empty(), table: { ...empty().table, value: new Float32Array(6) } };
    await expect(readModel(source, files, 'small@0', other)).rejects.toThrow('another size');
  });
});

describe('half precision', () => {
  it('rounds to the nearest number that it has', () => {
    const values = Float32Array.of(0, 1, -2.5, 65504, 1e9, 6e-8, 0.1, 1.9999);
    const back = float16ToFloat32(float32ToFloat16(values));
    expect([...back].slice(0, 5)).toEqual([0, 1, -2.5, 65504, 65504]);
    expect(back[5]).toBeCloseTo(6e-8, 8);
    expect(back[6]).toBeCloseTo(0.1, 4);
    expect(back[7]).toBe(2);
  });
});
