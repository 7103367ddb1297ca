/** The models that this site has, and which of their weights are on this device. */
import { cacheStorage, fetchSource, keptWeights, partKey } from '../../inference/engine/fetch-source.ts';
import type { Shard } from '../../inference/engine/weight-files.ts';
import { FACTS } from './facts.ts';
import { siteUrl } from './rooms.ts';

export type Model = { name: string; shards: readonly Shard[] };

/** Bytes that are here, of all; `older` counts weights that no model of this version has. */
export type Kept = { models: { model: Model; bytes: number; done: number }[]; older: number };

/** What is here, by the keys of the cache and their sizes in bytes. */
export function countKept(models: readonly Model[], kept: ReadonlyMap<string, number>): Kept {
  const known = new Set(
    models.flatMap(({ shards }) => shards.flatMap((shard) => [shard.sha256, partKey(shard)])),
  );
  return {
    models: models.map((model) => ({
      model,
      bytes: model.shards.reduce((sum, { bytes }) => sum + bytes, 0),
      done: model.shards.reduce(
        (sum, shard) => sum + (kept.get(shard.sha256) ?? kept.get(partKey(shard)) ?? 0),
        0,
      ),
    })),
    older: [...kept].reduce((sum, [key, bytes]) => (known.has(key) ? sum : sum + bytes), 0),
  };
}

/** Null where the browser keeps nothing. */
export async function lookAtKept(): Promise<Kept | null> {
  const kept = await keptWeights();
  // The reader of music first: it is what most visitors look for.
  const models = FACTS.models.toSorted((a, b) => Number(b.name === 'tromr') - Number(a.name === 'tromr'));
  return kept ? countKept(models, kept) : null;
}

/** Fetches what is missing of a model, shard by shard. @throws WeightsError */
export async function downloadModel(
  model: Model,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const cache = await cacheStorage();
  const source = fetchSource(siteUrl(`models/${model.name}/`), cache, { signal });
  let before = 0;
  for (const shard of model.shards) {
    await source.shard(shard, (done) => onBytes(before + done));
    before += shard.bytes;
  }
  // Asked for by a click, so that the browser has a reason to agree.
  await navigator.storage?.persist?.().catch(() => false);
}

export async function deleteModel({ shards }: Model): Promise<void> {
  const cache = await cacheStorage();
  await Promise.all(shards.flatMap((shard) => [cache?.delete(shard.sha256), cache?.delete(partKey(shard))]));
}

export async function deleteOlder(): Promise<void> {
  const cache = await cacheStorage();
  const known = new Set(
    FACTS.models.flatMap(({ shards }) => shards.flatMap((shard) => [shard.sha256, partKey(shard)])),
  );
  const keys = [...((await keptWeights()) ?? new Map<string, number>()).keys()];
  await Promise.all(keys.filter((key) => !known.has(key)).map((key) => cache?.delete(key)));
}
