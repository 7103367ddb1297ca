import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startNodeEngine } from '../../../tools/node-engine.ts';
import { shapesFor } from './batches.ts';
import { disposeDrafts, draftStaves } from './draft-staves.ts';
import type { ReadStep } from './hypothesis.ts';
import { readDrafted } from './read-staves.ts';
import { disposeReader, loadReader, type Reader } from './reader.ts';
import { blottedStaff, readPages, TEN_PAGES } from './testing/pages.ts';
import { randomWeights, TINY } from './testing/random-weights.ts';
import { Cancelled } from './turns.ts';

const shapes = shapesFor('wasm', 1280);
const MINUTE = 60_000;
let reader: Reader;

beforeAll(async () => {
  await startNodeEngine('wasm');
  reader = await loadReader(randomWeights({ ...TINY, steps: 12 }));
}, MINUTE);

describe('reading staves', () => {
  test(
    'gives the same for a staff alone and among others of other widths',
    async () => {
      const images = [blottedStaff(200, 1), blottedStaff(90, 2), blottedStaff(320, 3)];
      const read = async (some: typeof images) => {
        const drafted = await draftStaves(reader, some, { shapes });
        const readings = await readDrafted(reader, drafted, { shapes, every: 5 });
        disposeDrafts(drafted);
        return readings.map(({ steps }) => steps.map(({ step }) => step));
      };
      const together = await read(images);
      for (const [index, image] of images.entries()) expect(await read([image])).toEqual([together[index]]);
    },
    MINUTE,
  );

  test(
    'tells of drafts and of readings as they grow, and of each end once',
    async () => {
      const images = [blottedStaff(200, 4), blottedStaff(150, 5)];
      const drafts: number[] = [];
      const drafted = await draftStaves(reader, images, { shapes, onDraft: (staff) => drafts.push(staff) });
      expect(drafts.sort()).toEqual([0, 1]);
      const grown = new Map<number, ReadStep[]>();
      const winners: number[] = [];
      const results = await readDrafted(reader, drafted, {
        shapes,
        every: 3,
        onSteps: (staff, steps, winner) => {
          if (winner) winners.push(staff);
          else expect(steps.length).toBeGreaterThanOrEqual(grown.get(staff)?.length ?? 0);
          grown.set(staff, [...steps]);
        },
      });
      disposeDrafts(drafted);
      expect(winners.sort()).toEqual([0, 1]);
      for (const [staff, { steps }] of results.entries()) expect(grown.get(staff)).toEqual(steps);
    },
    MINUTE,
  );

  test(
    'stops when told to and leaves nothing behind',
    async () => {
      const images = [blottedStaff(200, 6), blottedStaff(150, 7)];
      const before = memory().numTensors;
      const stop = async () => {
        throw new Cancelled('enough');
      };
      await expect(draftStaves(reader, images, { shapes, onTurn: stop })).rejects.toThrow('enough');
      expect(memory().numTensors).toBe(before);
      const drafted = await draftStaves(reader, images, { shapes });
      await expect(readDrafted(reader, drafted, { shapes, every: 4, onTurn: stop })).rejects.toThrow(
        'enough',
      );
      disposeDrafts(drafted);
      expect(memory().numTensors).toBe(before);
    },
    MINUTE,
  );

  test(
    'keeps tensors and bytes flat over ten pages of 3 to 30 staves',
    async () => {
      const figures = await readPages(reader, shapes, TEN_PAGES, 128, () => memory());
      for (const { numTensors, numBytes } of figures) {
        expect(numTensors).toBe(figures[0]?.numTensors);
        expect(numBytes).toBe(figures[0]?.numBytes);
      }
    },
    2 * MINUTE,
  );

  test(
    'gives back every tensor of the reader',
    async () => {
      const before = memory().numTensors;
      disposeReader(await loadReader(randomWeights(TINY, 2)));
      expect(memory().numTensors).toBe(before);
    },
    MINUTE,
  );
});
