import { type Shard, type WeightSource, WeightsError } from './weights.ts';

/** Bytes kept by content hash between visits. */
export type ByteCache = {
  get(sha256: string): Promise<Uint8Array | undefined>;
  put(sha256: string, bytes: Uint8Array): Promise<void>;
};

/** Files under `base` (ending in `/`), fetched from this origin; shards are looked for in the cache first. */
export function fetchSource(base: string, cache?: ByteCache, fetcher: typeof fetch = fetch): WeightSource {
  const request = async (file: string): Promise<Response> => {
    const response = await fetcher(base + file).catch((error: unknown) => {
      throw new WeightsError('network', `${file} could not be fetched: ${error}`);
    });
    if (!response.ok)
      throw new WeightsError('missing', `${file} could not be fetched: status ${response.status}`);
    return response;
  };
  return {
    async manifest() {
      const response = await request('manifest.json');
      // A host that answers every address with its page has no manifest either.
      return response.json().catch(() => {
        throw new WeightsError('missing', 'there is no manifest.json of the weights');
      });
    },
    async shard(shard, onBytes) {
      const kept = await cache?.get(shard.sha256).catch(() => undefined);
      if (kept?.length === shard.bytes) {
        onBytes(shard.bytes);
        return kept;
      }
      const bytes = await collect(await request(shard.file), shard, onBytes);
      // A full disk is no reason to fail: the next visit fetches again.
      await cache?.put(shard.sha256, bytes).catch(() => undefined);
      return bytes;
    },
  };
}

async function collect(
  response: Response,
  shard: Shard,
  onBytes: (done: number) => void,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(shard.bytes);
  const reader = response.body?.getReader();
  let done = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    if (done + part.value.length > bytes.length)
      throw new WeightsError('corrupt', `${shard.file} is too long`);
    bytes.set(part.value, done);
    done += part.value.length;
    onBytes(done);
  }
  if (done < bytes.length) throw new WeightsError('corrupt', `${shard.file} ends after ${done} bytes`);
  return bytes;
}

/** The browser's Cache Storage as a `ByteCache`; undefined where there is none (plain HTTP, private windows). */
export async function cacheStorage(name = 'scoreline-weights'): Promise<ByteCache | undefined> {
  const store = await globalThis.caches?.open(name).catch(() => undefined);
  if (!store) return undefined;
  const key = (sha256: string) => new URL(`weights/${sha256}`, globalThis.location.href).href;
  return {
    async get(sha256) {
      const response = await store.match(key(sha256));
      return response && new Uint8Array(await response.arrayBuffer());
    },
    put: (sha256, bytes) => store.put(key(sha256), new Response(new Uint8Array(bytes))),
  };
}
