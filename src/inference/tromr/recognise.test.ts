import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startNodeEngine } from '../../../tools/node-engine.ts';
import { blankImage, type GreyImage } from '../../page/image.ts';
import type { Engine } from '../engine/engine.ts';
import { loadReader, type Reader } from './reader.ts';
import type { ReadingEvent } from './reading.ts';
import { recognise } from './recognise.ts';
import { randomWeights, TINY } from './testing/random-weights.ts';

const MINUTE = 60_000;
let engine: Engine;
let reader: Reader;

beforeAll(async () => {
  engine = await startNodeEngine('wasm');
  reader = await loadReader(randomWeights({ ...TINY, steps: 12 }));
}, MINUTE);

/** A page with staves of five lines that carry notes with stems, between bar lines. */
function page(staves: number): GreyImage {
  const image = blankImage(1000, 160 + 200 * staves, 245);
  const ink = (x: number, y: number, width: number, height: number) => {
    for (let row = y; row < y + height; row++)
      image.data.fill(20, row * image.width + x, row * image.width + x + width);
  };
  for (let staff = 0; staff < staves; staff++) {
    const top = 120 + 200 * staff;
    for (let line = 0; line < 5; line++) ink(80, top + 12 * line, 840, 2);
    for (let bar = 0; bar <= 4; bar++) ink(80 + 209 * bar, top, 3, 49);
    for (let note = 0; note < 20; note++) {
      const x = 120 + 40 * note;
      const y = top + 6 * ((note * 5 + staff) % 9) - 5;
      ink(x, y, 15, 11);
      ink(x + 13, y - 38, 2, 40);
    }
  }
  return image;
}

describe('recognising a page', () => {
  test(
    'tells of the page, of drafts and readings, and ends with what each staff says where',
    async () => {
      const events: ReadingEvent[] = [];
      const photo = page(3);
      const result = await recognise(engine, reader, photo, { onEvent: (event) => events.push(event) });
      if (!result.ok) throw new Error(result.message);
      expect(result.page.photo).toEqual({ width: photo.width, height: photo.height });
      expect(result.page.backend).toBe('wasm');
      const staves = result.page.systems.flatMap((system) => system.staves);
      expect(staves.length).toBe(3);
      const kinds = events.map(({ kind }) => kind);
      expect(kinds.indexOf('page')).toBeLessThan(kinds.indexOf('draft'));
      expect(kinds.filter((kind) => kind === 'draft').length).toBe(3);
      for (const [index, { tokens }] of staves.entries()) {
        const last = events.findLast((event) => event.kind === 'tokens' && event.staff === index);
        expect(last).toEqual({ kind: 'tokens', staff: index, tokens, complete: true });
      }
      // Everything that is told can be posted.
      expect(structuredClone(events)).toEqual(events);
    },
    MINUTE,
  );

  test(
    'puts a symbol where it was seen: within its staff on the photo',
    async () => {
      const result = await recognise(engine, reader, page(2));
      if (!result.ok) throw new Error(result.message);
      for (const { box, tokens } of result.page.systems.flatMap((system) => system.staves)) {
        for (const { x, y } of tokens) {
          expect(x).toBeGreaterThan(box[0] - 30);
          expect(x).toBeLessThan(box[0] + box[2] + 30);
          expect(y).toBeGreaterThan(box[1] - 12 * 7);
          expect(y).toBeLessThan(box[1] + box[3] + 12 * 7);
        }
      }
    },
    MINUTE,
  );

  test(
    'finds no music on blank paper, on a single pixel and on nothing but noise',
    async () => {
      const noise = blankImage(400, 300);
      for (let i = 0; i < noise.data.length; i++) noise.data[i] = (i * 7919) % 256;
      for (const image of [blankImage(300, 200), blankImage(1, 1), blankImage(64, 2), noise])
        expect(await recognise(engine, reader, image)).toMatchObject({ ok: false, code: 'not_music' });
    },
    MINUTE,
  );

  test(
    'stops when cancelled and keeps no tensors',
    async () => {
      const before = memory().numTensors;
      for (const stage of ['geometry', 'draft', 'reading'] as const) {
        const controller = new AbortController();
        const result = await recognise(engine, reader, page(2), {
          signal: controller.signal,
          onEvent: (event) => {
            if (event.kind === 'progress' && event.stage === stage) controller.abort();
          },
        });
        expect(result).toMatchObject({ ok: false, code: 'cancelled' });
      }
      expect(memory().numTensors).toBe(before);
    },
    MINUTE,
  );

  test(
    'ends at once, with its own code, when the device is lost',
    async () => {
      const device = new AbortController();
      const doomed: Engine = { ...engine, lost: device.signal };
      const result = await recognise(doomed, reader, page(1), {
        onEvent: (event) => {
          if (event.kind === 'page') device.abort('unplugged');
        },
      });
      expect(result).toEqual({ ok: false, code: 'device_lost', message: 'unplugged' });
      expect(await recognise(doomed, reader, page(1))).toMatchObject({ ok: false, code: 'device_lost' });
    },
    MINUTE,
  );

  test(
    'knows a device that fails its work before it is told to be lost',
    async () => {
      const device = new AbortController();
      const doomed: Engine = { ...engine, backend: 'webgpu', lost: device.signal };
      const result = await recognise(doomed, reader, page(1), {
        onEvent: ({ kind }) => {
          if (kind !== 'draft') return;
          setTimeout(() => device.abort('unplugged'), 50);
          throw new Error('a buffer is gone');
        },
      });
      expect(result).toMatchObject({ ok: false, code: 'device_lost' });
    },
    MINUTE,
  );

  test(
    'takes a crop for one staff',
    async () => {
      const result = await recognise(engine, reader, page(1), { staffOnly: true });
      expect(result.ok && result.page.systems.map(({ staves }) => staves.length)).toEqual([1]);
    },
    MINUTE,
  );
});
