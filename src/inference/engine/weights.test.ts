import { createHash } from 'node:crypto';
import { dispose, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startNodeEngine } from '../../../tools/node-engine.ts';
import { float16Bits } from '../tromr/testing/random-weights.ts';
import { type ByteCache, fetchSource } from './fetch-source.ts';
import { float16ToFloat32 } from './float16.ts';
import { loadWeights, parseWeightFiles, type WeightSource } from './weights.ts';

const bytes = new Uint8Array(Uint16Array.from([1, -2, 0.5, 65504, 0, 2 ** -24].map(bitsOf)).buffer);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const shards = [{ file: 'a.bin', bytes: bytes.length, sha256 }];
const tensors = [
  { name: 'one', shape: [2], dtype: 'float16', shard: 0, offset: 0 },
  { name: 'two', shape: [2, 2], dtype: 'float16', shard: 0, offset: 4 },
];

function bitsOf(value: number): number {
  return value === 2 ** -24 ? 1 : float16Bits(value);
}

describe('half-precision numbers', () => {
  test('become float32 without loss, subnormal ones and infinities too', () => {
    expect([...float16ToFloat32(bytes)]).toEqual([1, -2, 0.5, 65504, 0, 2 ** -24]);
    const special = new Uint8Array(Uint16Array.from([0x7c00, 0xfc00, 0x7e00]).buffer);
    expect([...float16ToFloat32(special)]).toEqual([Infinity, -Infinity, Number.NaN]);
  });
});

describe('a manifest', () => {
  test('is refused with the place of its first error', () => {
    expect(() => parseWeightFiles([])).toThrow('manifest must be an object');
    expect(() => parseWeightFiles({ shards: [{ file: 1 }], tensors })).toThrow(
      'shards[0].file must be a string',
    );
    expect(() => parseWeightFiles({ shards, tensors: [{ ...tensors[0], dtype: 'int8' }] })).toThrow(
      'tensors[0].dtype must be float16',
    );
    expect(() => parseWeightFiles({ shards, tensors: [{ ...tensors[1], offset: 8 }] })).toThrow(
      'tensors[0] (two) lies outside its shard',
    );
  });
});

describe('weights', () => {
  beforeAll(async () => {
    await startNodeEngine('cpu');
  });

  const files = () => parseWeightFiles({ shards, tensors });
  const sourceOf = (content: Uint8Array): WeightSource => ({
    manifest: async () => ({}),
    shard: async (_, onBytes) => {
      onBytes(content.length);
      return content;
    },
  });

  test('are loaded by name and shape, with the bytes that have arrived', async () => {
    const before = memory().numTensors;
    const progress: number[][] = [];
    const weights = await loadWeights(sourceOf(bytes), files(), (...numbers) => progress.push(numbers));
    expect([...weights.keys()]).toEqual(['one', 'two']);
    expect(weights.get('two')?.shape).toEqual([2, 2]);
    expect([...(await (weights.get('one')?.data() ?? []))]).toEqual([1, -2]);
    expect(progress).toEqual([[12, 12]]);
    dispose([...weights.values()]);
    expect(memory().numTensors).toBe(before);
  });

  test('with a wrong hash are refused', async () => {
    const damaged = bytes.slice();
    damaged[3] = 7;
    await expect(loadWeights(sourceOf(damaged), files())).rejects.toMatchObject({ problem: 'corrupt' });
  });
});

describe('fetched weights', () => {
  const shard = { file: 'a.bin', bytes: bytes.length, sha256 };
  const answer =
    (status: number, body: BodyInit): typeof fetch =>
    async () =>
      new Response(body, { status });

  test('arrive with progress and are kept by their hash', async () => {
    const kept = new Map<string, Uint8Array>();
    const cache: ByteCache = {
      get: async (hash) => kept.get(hash),
      put: async (hash, content) => void kept.set(hash, content),
      delete: async (hash) => void kept.delete(hash),
    };
    const progress: number[] = [];
    const first = await fetchSource('/m/', cache, { fetcher: answer(200, bytes) }).shard(shard, (done) =>
      progress.push(done),
    );
    expect([...first]).toEqual([...bytes]);
    expect(progress.at(-1)).toBe(12);
    const again = await fetchSource('/m/', cache, { fetcher: answer(500, '') }).shard(shard, () => {});
    expect([...again]).toEqual([...bytes]);
  });

  test('that are missing, cut short or too long fail, each for its reason', async () => {
    const get = (fetcher: typeof fetch) => fetchSource('/m/', undefined, { fetcher }).shard(shard, () => {});
    await expect(get(answer(404, ''))).rejects.toMatchObject({ problem: 'missing' });
    await expect(get(answer(200, bytes.slice(4)))).rejects.toMatchObject({ problem: 'corrupt' });
    await expect(get(answer(200, new Uint8Array(13)))).rejects.toMatchObject({ problem: 'corrupt' });
    const offline: typeof fetch = () => Promise.reject(new TypeError('offline'));
    await expect(get(offline)).rejects.toMatchObject({ problem: 'network' });
  });

  test('whose manifest is a web page are missing', async () => {
    const source = fetchSource('/m/', undefined, { fetcher: answer(200, '<!doctype html>') });
    await expect(source.manifest()).rejects.toMatchObject({ problem: 'missing' });
  });

  test('are used even if nothing can be kept', async () => {
    const broken: ByteCache = {
      get: () => Promise.reject(new Error()),
      put: () => Promise.reject(new Error()),
      delete: () => Promise.reject(new Error()),
    };
    const got = await fetchSource('/m/', broken, { fetcher: answer(200, bytes) }).shard(shard, () => {});
    expect(got.length).toBe(12);
  });
});
