import { describe, expect, test } from 'vitest';
import { decoderBatches, encoderBatches, shapesFor, sizeFor } from './batches.ts';

describe('batches', () => {
  test('of the encoder hold every staff once, none wider than its batch or fuller than allowed', () => {
    for (const backend of ['webgpu', 'wasm'] as const) {
      const shapes = shapesFor(backend, 1280);
      const widths = [64, 1280, 700, 65, 640, 641, 300, 299, 1000, 1001];
      const batches = encoderBatches(widths, shapes);
      expect(batches.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(
        widths.map((_, i) => i),
      );
      for (const { width, members } of batches) {
        expect(members.length).toBeLessThanOrEqual(shapes.encoded);
        for (const index of members) expect(widths[index]).toBeLessThanOrEqual(width);
      }
    }
  });

  test('come in few sizes on WebGPU, whatever the page', () => {
    const shapes = shapesFor('webgpu', 1280);
    const widths = Array.from({ length: 1280 }, (_, i) => i + 1);
    expect(new Set(encoderBatches(widths, shapes).map(({ width }) => width))).toEqual(new Set([640, 1280]));
    expect(shapes.decoded.length).toBeLessThanOrEqual(3);
  });

  test('of the decoder begin with the longest drafts, at most as many as its largest size', () => {
    const shapes = shapesFor('wasm', 1280);
    expect(decoderBatches([3, 9, 5], shapes)).toEqual([[1, 2, 0]]);
    const many = decoderBatches(
      Array.from({ length: 40 }, (_, i) => i),
      shapes,
    );
    expect(many.map((batch) => batch.length)).toEqual([32, 8]);
  });

  test('take the smallest size that holds them', () => {
    expect(sizeFor(3, [2, 4, 8])).toBe(4);
    expect(sizeFor(9, [2, 4, 8])).toBe(8);
  });
});
