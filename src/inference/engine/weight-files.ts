/** The files of weights as their manifest lists them. Knows no tensor, so that the page may look at them too. */
import { asCount, asList, asObject, asString, FormatError } from './parse.ts';

/** A file of weights: its size in bytes and the SHA-256 of its content in hexadecimal. */
export type Shard = { file: string; bytes: number; sha256: string };

/** A tensor, as float16 little-endian at a byte offset of a shard (by index). */
export type TensorEntry = { name: string; shape: number[]; shard: number; offset: number };

export type WeightFiles = { shards: Shard[]; tensors: TensorEntry[] };

/** Where a model's files come from. `shard` reports the bytes that have arrived so far. */
export type WeightSource = {
  manifest(): Promise<unknown>;
  shard(shard: Shard, onBytes: (done: number) => void): Promise<Uint8Array>;
};

export type WeightsProblem = 'missing' | 'network' | 'corrupt' | 'unsuitable' | 'cancelled';

/** Weights that cannot be used: not there, not loaded, damaged, made for another version, or no longer wanted. */
export class WeightsError extends Error {
  override name = 'WeightsError';
  readonly problem: WeightsProblem;
  constructor(problem: WeightsProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** The part of a manifest that says where each tensor lies. @throws FormatError, naming the place. */
export function parseWeightFiles(manifest: unknown): WeightFiles {
  const { shards, tensors } = asObject(manifest, 'manifest');
  const files = asList(shards, 'shards', (value, path) => {
    const shard = asObject(value, path);
    return {
      file: asString(shard.file, `${path}.file`),
      bytes: asCount(shard.bytes, `${path}.bytes`),
      sha256: asString(shard.sha256, `${path}.sha256`),
    };
  });
  return {
    shards: files,
    tensors: asList(tensors, 'tensors', (value, path) => parseTensor(value, path, files)),
  };
}

function parseTensor(value: unknown, path: string, shards: readonly Shard[]): TensorEntry {
  const entry = asObject(value, path);
  if (entry.dtype !== 'float16') throw new FormatError(`${path}.dtype must be float16`);
  const name = asString(entry.name, `${path}.name`);
  const shape = asList(entry.shape, `${path}.shape`, asCount);
  const shard = asCount(entry.shard, `${path}.shard`);
  const offset = asCount(entry.offset, `${path}.offset`);
  if (offset + 2 * sizeOf(shape) > (shards[shard]?.bytes ?? -1))
    throw new FormatError(`${path} (${name}) lies outside its shard`);
  return { name, shape, shard, offset };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The SHA-256 of bytes in hexadecimal. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws WeightsError if the bytes are not those of the shard */
export async function verifyShard(shard: Shard, bytes: Uint8Array): Promise<void> {
  const hex = await sha256Of(bytes);
  if (hex !== shard.sha256)
    throw new WeightsError('corrupt', `${shard.file} is damaged: its SHA-256 is ${hex}`);
}
