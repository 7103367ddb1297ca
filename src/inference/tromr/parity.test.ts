import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startNodeEngine } from '../../../tools/node-engine.ts';
import { GOLDENS, readGolden } from './testing/goldens.ts';
import { parityOf } from './testing/parity.ts';

const golden = readGolden('tiny');
const SHIPPED = join(import.meta.dirname, '../../../public/models/tromr');

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  test('every stage of the tiny model is as in PyTorch, to 1e-4, and the greedy steps are the same', async () => {
    const engine = await startNodeEngine(backend);
    expect(engine.backend).toBe(backend);
    const { gaps, greedy } = await parityOf(join(GOLDENS, 'tiny'), golden, golden.greedySteps);
    for (const [stage, gap] of Object.entries(gaps)) expect(gap, stage).toBeLessThan(1e-4);
    expect(greedy).toEqual(golden.greedy);
  }, 60_000);
});

test('the shipped weights read a short staff as in PyTorch, to 1e-4', async () => {
  await startNodeEngine('wasm');
  const shipped = readGolden('shipped');
  const { gaps, greedy } = await parityOf(SHIPPED, shipped, shipped.greedySteps);
  for (const [stage, gap] of Object.entries(gaps)) expect(gap, stage).toBeLessThan(1e-4);
  expect(greedy).toEqual(shipped.greedy);
}, 60_000);
