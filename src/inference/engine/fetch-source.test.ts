import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ByteCache, fetchSource } from './fetch-source.ts';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 251);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const shard = { file: 'a.bin', bytes: bytes.length, sha256 };

function memoryCache(start: [string, Uint8Array][] = []): {
  kept: Map<string, Uint8Array>;
  cache: ByteCache;
} {
  const kept = new Map(start);
  return {
    kept,
    cache: {
      get: async (key) => kept.get(key),
      put: async (key, content) => void kept.set(key, content.slice()),
      delete: async (key) => void kept.delete(key),
    },
  };
}

/** A server of the shard that stops after so many bytes, and honours ranges or not. */
function server({ breakAfter = Number.POSITIVE_INFINITY, ranges = true, onBreak = () => {} } = {}) {
  const asked: (string | null)[] = [];
  const fetcher: typeof fetch = async (_url, init) => {
    const range = new Headers(init?.headers).get('Range');
    asked.push(range);
    const start = ranges && range ? Number(/\d+/.exec(range)?.[0]) : 0;
    let at = start;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at - start >= breakAfter) {
          onBreak();
          controller.error(new TypeError('network error'));
          return;
        }
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + 100));
        at += 100;
      },
    });
    return new Response(body, { status: start > 0 ? 206 : 200 });
  };
  return { fetcher, asked };
}

describe('fetching weights', () => {
  it('goes on where a broken download stopped', async () => {
    const { cache, kept } = memoryCache();
    const broken = server({ breakAfter: 300 });
    await expect(
      fetchSource('/m/', cache, { fetcher: broken.fetcher }).shard(shard, () => {}),
    ).rejects.toMatchObject({ problem: 'network' });
    expect(kept.get(`${sha256}.part`)?.length).toBe(300);

    const whole = server();
    const progress: number[] = [];
    const got = await fetchSource('/m/', cache, { fetcher: whole.fetcher }).shard(shard, (done) =>
      progress.push(done),
    );
    expect(whole.asked).toEqual(['bytes=300-']);
    expect(progress[0]).toBe(400);
    expect([...got]).toEqual([...bytes]);
    expect([...kept.keys()]).toEqual([sha256]);
  });

  it('starts over where the server knows no ranges', async () => {
    const { cache } = memoryCache([[`${sha256}.part`, bytes.slice(0, 300)]]);
    const progress: number[] = [];
    const got = await fetchSource('/m/', cache, { fetcher: server({ ranges: false }).fetcher }).shard(
      shard,
      (done) => progress.push(done),
    );
    expect(progress[0]).toBe(100);
    expect([...got]).toEqual([...bytes]);
  });

  it('starts over if the part was of another file', async () => {
    const { cache } = memoryCache([[`${sha256}.part`, new Uint8Array(300)]]);
    const { fetcher, asked } = server();
    const got = await fetchSource('/m/', cache, { fetcher }).shard(shard, () => {});
    expect(asked).toEqual(['bytes=300-', null]);
    expect([...got]).toEqual([...bytes]);
  });

  it('keeps what had arrived when the visitor stops it', async () => {
    const { cache, kept } = memoryCache();
    const abort = new AbortController();
    const { fetcher } = server({ breakAfter: 500, onBreak: () => abort.abort() });
    await expect(
      fetchSource('/m/', cache, { fetcher, signal: abort.signal }).shard(shard, () => {}),
    ).rejects.toMatchObject({ problem: 'cancelled' });
    expect(kept.get(`${sha256}.part`)?.length).toBe(500);
  });

  it('throws away what went bad in the cache, and never keeps what arrived damaged', async () => {
    const { cache, kept } = memoryCache([[sha256, new Uint8Array(1000)]]);
    const damaged: typeof fetch = async () => new Response(new Uint8Array(1000));
    await expect(
      fetchSource('/m/', cache, { fetcher: damaged }).shard(shard, () => {}),
    ).rejects.toMatchObject({ problem: 'corrupt' });
    expect(kept.size).toBe(0);
    await fetchSource('/m/', cache, { fetcher: server().fetcher }).shard(shard, () => {});
    expect(kept.get(sha256)?.length).toBe(1000);
  });
});
