import { describe, expect, it } from 'vitest';
import { adagradRows, adamStep } from './optimise.ts';
import { type EmbeddingTable, gatherRows, tableRows } from './parameters.ts';

const table = (): EmbeddingTable => ({
  dim: 2,
  offsets: [0, 2],
  value: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  squares: new Float32Array(8),
});

describe('embedding rows', () => {
  it('are found field by field and gathered end to end', () => {
    const rows = tableRows(table(), Int32Array.of(1, 0, 0, 1));
    expect([...rows]).toEqual([1, 2, 0, 3]);
    expect([...gatherRows(table(), rows)]).toEqual([3, 4, 5, 6, 1, 2, 7, 8]);
  });

  it('take the sum of the gradients of their occurrences, and stay where they do not occur', () => {
    const trained = table();
    adagradRows(trained, Int32Array.of(1, 3, 1), Float32Array.of(1, 0, 2, 2, 3, 0), 0.5);
    // Row 1: gradient 4, step .5 · 4 / √(16 + .01); row 3: gradient 2, step .5 · 2 / √(4 + .01).
    expect(trained.value[2]).toBeCloseTo(3 - 2 / Math.sqrt(16.01), 5);
    expect(trained.value[3]).toBe(4);
    expect(trained.value[6]).toBeCloseTo(7 - 1 / Math.sqrt(4.01), 5);
    expect([...trained.value.subarray(0, 2), ...trained.value.subarray(4, 6)]).toEqual([1, 2, 5, 6]);
    expect(trained.squares[2]).toBe(16);
  });
});

describe('Adam', () => {
  it('takes a first step of the learning rate against the gradient, whatever its size', () => {
    const weight = {
      shape: [2],
      value: Float32Array.of(1, 1),
      mean: new Float32Array(2),
      square: new Float32Array(2),
    };
    adamStep(weight, Float32Array.of(0.3, -40), 0.01, 1);
    expect(weight.value[0]).toBeCloseTo(0.99, 5);
    expect(weight.value[1]).toBeCloseTo(1.01, 5);
    adamStep(weight, Float32Array.of(0.3, -40), 0.01, 2);
    expect(weight.value[0]).toBeCloseTo(0.98, 5);
  });
});
