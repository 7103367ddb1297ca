import { describe, expect, it, vi } from 'vitest';
import { countKept } from './models.ts';

vi.mock('./facts.ts', () => ({ FACTS: { models: [] } }));

describe('the models on this device', () => {
  const shard = (sha256: string, bytes: number) => ({ file: `${sha256}.bin`, sha256, bytes });
  const models = [
    { name: 'tromr', shards: [shard('a', 30), shard('b', 20)] },
    { name: 'fm', shards: [shard('c', 10)] },
  ];

  it('are counted by byte, parts of a shard too', () => {
    const kept = new Map([
      ['a', 30],
      ['b.part', 5],
    ]);
    const { models: counted, older } = countKept(models, kept);
    expect(counted.map(({ bytes, done }) => [done, bytes])).toEqual([
      [35, 50],
      [0, 10],
    ]);
    expect(older).toBe(0);
  });

  it('are told from weights of earlier versions', () => {
    const kept = new Map([
      ['c', 10],
      ['z', 40],
      ['y.part', 2],
    ]);
    expect(countKept(models, kept).older).toBe(42);
  });
});
