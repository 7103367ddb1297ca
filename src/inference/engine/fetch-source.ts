import { type Shard, verifyShard, type WeightSource, WeightsError } from './weight-files.ts';

/** Bytes kept by content hash between visits. */
export type ByteCache = {
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
};

export type FetchOptions = {
  fetcher?: typeof fetch;
  /** Stops a download; what has arrived is kept and the next one goes on from there. */
  signal?: AbortSignal;
};

/**
 * Files under `base` (ending in `/`), fetched from this origin; shards are looked for in the cache first. A shard is
 * kept only once its hash is right, and a kept one that no longer has its hash is thrown away and fetched anew.
 */
export function fetchSource(
  base: string,
  cache?: ByteCache,
  { fetcher = fetch, signal }: FetchOptions = {},
): WeightSource {
  const request = async (file: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetcher(base + file, { ...init, ...(signal && { signal }) }).catch(
      (error: unknown) => {
        throw interrupted(file, signal, error);
      },
    );
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
      const kept = await keptShard(cache, shard);
      if (kept) {
        onBytes(shard.bytes);
        return kept;
      }
      const bytes = await download(shard, request, cache, onBytes, signal);
      // A full disk is no reason to fail: the next visit fetches again.
      await cache?.put(shard.sha256, bytes).catch(() => undefined);
      return bytes;
    },
  };
}

/** A shard of the cache, if it is there and whole; what has gone bad is thrown away. */
async function keptShard(cache: ByteCache | undefined, shard: Shard): Promise<Uint8Array | undefined> {
  const kept = await cache?.get(shard.sha256).catch(() => undefined);
  if (!kept) return undefined;
  const whole = await verifyShard(shard, kept).then(
    () => true,
    () => false,
  );
  if (whole) return kept;
  await cache?.delete(shard.sha256).catch(() => undefined);
  return undefined;
}

/** Where the beginning of a shard is kept whose download broke off. */
export const partKey = (shard: Shard) => `${shard.sha256}.part`;

type Request = (file: string, init?: RequestInit) => Promise<Response>;

/** Fetches a shard, from where an earlier attempt broke off if the server can (HTTP range), else from its start. */
async function download(
  shard: Shard,
  request: Request,
  cache: ByteCache | undefined,
  onBytes: (done: number) => void,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const part = await cache?.get(partKey(shard)).catch(() => undefined);
  const start = part && part.length < shard.bytes ? part.length : 0;
  const response = await request(shard.file, start > 0 ? { headers: { Range: `bytes=${start}-` } } : {});
  const resumed = start > 0 && response.status === 206;
  const bytes = new Uint8Array(shard.bytes);
  if (resumed && part) bytes.set(part);
  const from = resumed ? start : 0;
  let done = from;
  try {
    done = await collect(response, shard, bytes, from, (count) => {
      done = count;
      onBytes(count);
    });
  } catch (error) {
    if (error instanceof WeightsError) throw error;
    await cache?.put(partKey(shard), bytes.subarray(0, done)).catch(() => undefined);
    throw interrupted(shard.file, signal, error);
  }
  if (part) await cache?.delete(partKey(shard)).catch(() => undefined);
  if (done < bytes.length) throw new WeightsError('corrupt', `${shard.file} ends after ${done} bytes`);
  try {
    await verifyShard(shard, bytes);
  } catch (error) {
    // The first half may have been of an older file; the part is gone, so this happens once.
    if (resumed) return download(shard, request, cache, onBytes, signal);
    throw error;
  }
  return bytes;
}

async function collect(
  response: Response,
  shard: Shard,
  bytes: Uint8Array,
  from: number,
  onBytes: (done: number) => void,
): Promise<number> {
  const reader = response.body?.getReader();
  let done = from;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    if (done + part.value.length > bytes.length)
      throw new WeightsError('corrupt', `${shard.file} is too long`);
    bytes.set(part.value, done);
    done += part.value.length;
    onBytes(done);
  }
  return done;
}

function interrupted(file: string, signal: AbortSignal | undefined, error: unknown): WeightsError {
  if (signal?.aborted) return new WeightsError('cancelled', `fetching ${file} was stopped`);
  return new WeightsError('network', `${file} could not be fetched: ${error}`);
}

export const WEIGHTS_CACHE = 'scoreline-weights';

/** The same address from every page and worker of the origin. */
const address = (key: string) => new URL(`/weights/${key}`, globalThis.location.origin).href;

/** Keys of the browser's cache of weights and their sizes in bytes; undefined where nothing is kept. */
export async function keptWeights(name = WEIGHTS_CACHE): Promise<Map<string, number> | undefined> {
  const store = await globalThis.caches?.open(name).catch(() => undefined);
  if (!store) return undefined;
  const requests = await store.keys();
  const entries = await Promise.all(
    requests.map(async ({ url }): Promise<[string, number]> => {
      const response = await store.match(url);
      return [url.replace(/^.*\//, ''), Number(response?.headers.get('Content-Length') ?? 0)];
    }),
  );
  return new Map(entries);
}

/** The browser's Cache Storage as a `ByteCache`; undefined where there is none (plain HTTP, private windows). */
export async function cacheStorage(name = WEIGHTS_CACHE): Promise<ByteCache | undefined> {
  const store = await globalThis.caches?.open(name).catch(() => undefined);
  if (!store) return undefined;
  return {
    async get(key) {
      const response = await store.match(address(key));
      return response && new Uint8Array(await response.arrayBuffer());
    },
    put: (key, bytes) =>
      store.put(
        address(key),
        new Response(new Uint8Array(bytes), { headers: { 'Content-Length': `${bytes.length}` } }),
      ),
    async delete(key) {
      await store.delete(address(key));
    },
  };
}
