import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { startNodeEngine } from '../../../tools/node-engine.ts';
import type { Shapes } from './batches.ts';
import { loadReader } from './reader.ts';
import { GOLDENS, readGolden } from './testing/goldens.ts';
import { readPages, TEN_PAGES } from './testing/pages.ts';
import { parityOf } from './testing/parity.ts';
import { randomWeights, TINY } from './testing/random-weights.ts';

// A software adapter takes milliseconds for every operation: few steps, small images.
const STEPS = 3;
const MINUTE = 60_000;

const engine = await startNodeEngine('webgpu');
const missing = engine.backend !== 'webgpu';
if (missing) console.warn(`WebGPU is not tested: ${engine.reason}`);

describe.skipIf(missing)('on WebGPU', () => {
  test(
    'every stage of the tiny model is as in PyTorch, to 1e-3, and the greedy steps are the same',
    async () => {
      const golden = readGolden('tiny');
      const { gaps, greedy } = await parityOf(join(GOLDENS, 'tiny'), golden, STEPS);
      for (const [stage, gap] of Object.entries(gaps)) expect(gap, stage).toBeLessThan(1e-3);
      expect(greedy).toEqual(golden.greedy.map((steps) => steps.slice(0, STEPS)));
    },
    30 * MINUTE,
  );

  test(
    'ten pages of 3 to 30 staves take no more memory on the GPU than the first',
    async () => {
      const shapes: Shapes = { widths: [64], encoded: 16, decoded: [32], followed: 8 };
      const reader = await loadReader(randomWeights({ ...TINY, steps: STEPS }));
      const figures = await readPages(reader, shapes, TEN_PAGES, 64, () => memory());
      const [first, ...later] = figures;
      for (const figure of later) {
        expect(figure.numTensors).toBe(first?.numTensors);
        expect(gpuBytes(figure)).toBeLessThanOrEqual(1.02 * gpuBytes(first));
      }
    },
    30 * MINUTE,
  );
});

function gpuBytes(figure: object | undefined): number {
  return figure && 'numBytesAllocatedInGPU' in figure ? Number(figure.numBytesAllocatedInGPU) : Number.NaN;
}
