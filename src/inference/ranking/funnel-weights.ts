import { EARLY_MODELS } from '../../funnel/scored-request.ts';
import { float16ToFloat32, float32ToFloat16 } from '../engine/float16.ts';
import { asList, asNumber, asObject } from '../engine/parse.ts';
import {
  parseWeightFiles,
  type Shard,
  sha256Of,
  sizeOf,
  type TensorEntry,
  verifyShard,
  type WeightSource,
  WeightsError,
} from '../engine/weight-files.ts';
import { createFunnelModels, type FunnelModels } from './funnel-models.ts';
import type { MultiTaskParameters } from './multi-task.ts';

/** Folders of the weights: all early models share a shard, the final stage has its own. */
export const FUNNEL_FOLDERS = ['early-stage', 'final-stage'] as const;
export type FunnelFolder = (typeof FUNNEL_FOLDERS)[number];

interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly value: Float32Array;
}

/** Every array of a folder's models, in a fixed order. */
function arraysOf(models: FunnelModels, folder: FunnelFolder): NamedArray[] {
  if (folder === 'final-stage') return networkArrays('final', models.final);
  return EARLY_MODELS.flatMap((name) =>
    models.early[name].networks.flatMap((parameters, i) => networkArrays(`${name}/${i}`, parameters)),
  );
}

function networkArrays(name: string, { tables, dense }: MultiTaskParameters): NamedArray[] {
  return [
    ...tables.map(({ dim, value }, side) => ({
      name: `${name}/table${side}`,
      shape: [value.length / dim, dim],
      value,
    })),
    ...Object.entries(dense).map(([key, { shape, value }]) => ({
      name: `${name}/dense/${key}`,
      shape,
      value,
    })),
  ];
}

export interface PackedFolder {
  readonly manifest: {
    readonly format: 'scoreline-funnel';
    readonly version: 1;
    readonly shards: readonly Shard[];
    readonly tensors: readonly (TensorEntry & { readonly dtype: 'float16' })[];
    /** Mean conversion rate of each domain, by which the model of clicks alone values. */
    readonly conversionRates: readonly number[];
  };
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Weights of a folder as float16, with the manifest that finds them again. */
export async function packFunnelModels(models: FunnelModels, folder: FunnelFolder): Promise<PackedFolder> {
  const arrays = arraysOf(models, folder);
  const bytes = new Uint8Array(arrays.reduce((sum, { value }) => sum + 2 * value.length, 0));
  let offset = 0;
  const tensors = arrays.map(({ name, shape, value }) => {
    const entry = { name, dtype: 'float16' as const, shape: [...shape], shard: 0, offset };
    bytes.set(float32ToFloat16(value), offset);
    offset += 2 * value.length;
    return entry;
  });
  const file = 'weights-0.bin';
  const shards = [{ file, bytes: bytes.length, sha256: await sha256Of(bytes) }];
  const { clicks, conversions } = models.counts;
  const conversionRates = Array.from(clicks, (count, domain) => (conversions[domain] ?? 0) / count);
  return {
    manifest: { format: 'scoreline-funnel', version: 1, shards, tensors, conversionRates },
    file,
    bytes,
  };
}

/**
 * All models of the funnel from their folders, for ranking: the optimisers' moments are not kept.
 * @throws FormatError | WeightsError
 */
export async function loadFunnelModels(
  source: (folder: FunnelFolder) => WeightSource,
  onBytes: (done: number, total: number) => void = () => {},
): Promise<FunnelModels> {
  const models = createFunnelModels(0);
  const opened = await Promise.all(
    FUNNEL_FOLDERS.map(async (folder) => {
      const files = source(folder);
      const manifest = await files.manifest();
      return { folder, files, manifest, ...parseWeightFiles(manifest) };
    }),
  );
  const total = opened.flatMap(({ shards }) => shards).reduce((sum, { bytes }) => sum + bytes, 0);
  const done = opened.map(() => 0);
  await Promise.all(
    opened.map(async ({ folder, files, shards, tensors }, i) => {
      const [shard] = shards;
      if (!shard) throw new WeightsError('missing', `${folder} has no shard`);
      const bytes = await files.shard(shard, (count) => {
        done[i] = count;
        onBytes(
          done.reduce((sum, part) => sum + part, 0),
          total,
        );
      });
      await verifyShard(shard, bytes);
      const entries = new Map(tensors.map((entry) => [entry.name, entry]));
      for (const { name, value } of arraysOf(models, folder)) {
        const entry = entries.get(name);
        if (!entry || sizeOf(entry.shape) !== value.length)
          throw new WeightsError('unsuitable', `${folder}: ${name} is missing or of another size`);
        value.set(float16ToFloat32(bytes, entry.offset, value.length));
      }
    }),
  );
  const early = opened.find(({ folder }) => folder === 'early-stage');
  const rates = asList(asObject(early?.manifest, 'manifest').conversionRates, 'conversionRates', asNumber);
  models.counts.clicks.fill(1);
  models.counts.conversions.set(rates.slice(0, models.counts.conversions.length));
  return models;
}
