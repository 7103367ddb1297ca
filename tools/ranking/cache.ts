import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { asCount, asObject } from '../../src/inference/engine/parse.ts';
import type { DenseWeight, Parameters } from '../../src/inference/ranking/parameters.ts';

/** Folder of a run: `${XDG_CACHE_HOME:-~/.cache}/scoreline/ranking/<hash>`. */
export function runFolder(hash: string): string {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'scoreline', 'ranking', hash);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes a value as one file, whole or not at all. */
export function keep(file: string, value: unknown): void {
  writeFileSync(`${file}.part`, serialize(value));
  renameSync(`${file}.part`, file);
}

/** What `keep` wrote; undefined where there is no such file. */
export function recall(file: string): unknown {
  return existsSync(file) ? deserialize(readFileSync(file)) : undefined;
}

/** Reads parameters in the shapes of a template. @throws FormatError | RangeError */
export function asParameters(value: unknown, template: Parameters): Parameters {
  const { table, dense, steps } = asObject(value, 'parameters');
  const own = asObject(table, 'table');
  const weights = asObject(dense, 'dense');
  const read = (weight: unknown, like: DenseWeight): DenseWeight => {
    const { value, mean, square } = asObject(weight, 'weight');
    const size = like.value.length;
    return {
      shape: like.shape,
      value: floats(value, size),
      mean: floats(mean, size),
      square: floats(square, size),
    };
  };
  const size = template.table.value.length;
  return {
    table: { ...template.table, value: floats(own.value, size), squares: floats(own.squares, size) },
    dense: Object.fromEntries(
      Object.entries(template.dense).map(([name, like]) => [name, read(weights[name], like)]),
    ),
    steps: asCount(steps, 'steps'),
  };
}

function floats(value: unknown, length: number): Float32Array {
  if (!(value instanceof Float32Array) || value.length !== length)
    throw new RangeError('A kept weight has another size.');
  return value;
}
