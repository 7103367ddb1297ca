import { float16ToFloat32, float32ToFloat16 } from '../engine/float16.ts';
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
import type { Parameters } from './parameters.ts';

/**
 * Ranking models in weight files: several models share a manifest, each has a shard of its own, so that only those that
 * are asked for are fetched. A model's tensors are `name/table`, `name/scale` (root mean square of the gradients that each
 * embedding row has seen: Adagrad goes on from it) and `name/dense/…`.
 */

export interface NamedParameters {
  readonly name: string;
  readonly parameters: Parameters;
}

export interface PackedModels {
  readonly shards: Shard[];
  readonly tensors: (TensorEntry & { readonly dtype: 'float16' })[];
  readonly contents: readonly Uint8Array[];
}

/** Packs models as float16 shards: `weights-0.bin` … in the order given. */
export async function packModels(models: readonly NamedParameters[]): Promise<PackedModels> {
  const shards: Shard[] = [];
  const tensors: PackedModels['tensors'] = [];
  const contents: Uint8Array[] = [];
  for (const [shard, { name, parameters }] of models.entries()) {
    const { table, dense } = parameters;
    const rows = table.value.length / table.dim;
    const parts = [
      { name: `${name}/table`, shape: [rows, table.dim], value: table.value },
      { name: `${name}/scale`, shape: [rows], value: rowScales(parameters) },
      ...Object.entries(dense).map(([key, { shape, value }]) => ({
        name: `${name}/dense/${key}`,
        shape: [...shape],
        value,
      })),
    ];
    const bytes = new Uint8Array(parts.reduce((sum, { value }) => sum + 2 * value.length, 0));
    let offset = 0;
    for (const part of parts) {
      bytes.set(float32ToFloat16(part.value), offset);
      tensors.push({ name: part.name, dtype: 'float16', shape: part.shape, shard, offset });
      offset += 2 * part.value.length;
    }
    shards.push({ file: `weights-${shard}.bin`, bytes: bytes.length, sha256: await sha256Of(bytes) });
    contents.push(bytes);
  }
  return { shards, tensors, contents };
}

/** Names of the models in a manifest. @throws FormatError */
export function modelNames(manifest: unknown): string[] {
  return parseWeightFiles(manifest).tensors.flatMap(({ name }) =>
    name.endsWith('/table') ? [name.slice(0, -'/table'.length)] : [],
  );
}

/**
 * Parameters of one model, in the shapes of `template` (an untrained model, left as it is); Adam's moments start anew.
 * @throws FormatError | WeightsError
 */
export async function readModel(
  source: WeightSource,
  manifest: unknown,
  name: string,
  template: Parameters,
  onBytes: (done: number, total: number) => void = () => {},
): Promise<Parameters> {
  const { shards, tensors } = parseWeightFiles(manifest);
  const own = new Map(tensors.map((entry) => [entry.name, entry]));
  const first = own.get(`${name}/table`);
  const shard = first && shards[first.shard];
  if (!first || !shard) throw new WeightsError('missing', `the manifest has no model ${name}`);
  const bytes = await source.shard(shard, (done) => onBytes(done, shard.bytes));
  await verifyShard(shard, bytes);
  const read = (key: string, size: number): Float32Array => {
    const entry = own.get(`${name}/${key}`);
    if (!entry || entry.shard !== first.shard || sizeOf(entry.shape) !== size)
      throw new WeightsError('unsuitable', `${name}/${key} is missing or of another size`);
    return float16ToFloat32(bytes, entry.offset, size);
  };
  const { table, dense } = template;
  const scales = read('scale', table.value.length / table.dim);
  const weights = Object.entries(dense).map(([key, { shape, value }]) => {
    const size = value.length;
    const fresh = { mean: new Float32Array(size), square: new Float32Array(size) };
    return [key, { shape, value: read(`dense/${key}`, size), ...fresh }] as const;
  });
  return {
    table: {
      ...table,
      value: read('table', table.value.length),
      squares: Float32Array.from({ length: table.value.length }, (_, i) => {
        return (scales[Math.floor(i / table.dim)] ?? 0) ** 2;
      }),
    },
    dense: Object.fromEntries(weights),
    steps: 0,
  };
}

function rowScales({ table: { dim, value, squares } }: Parameters): Float32Array {
  return Float32Array.from({ length: value.length / dim }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += squares[row * dim + k] ?? 0;
    return Math.sqrt(sum / dim);
  });
}
