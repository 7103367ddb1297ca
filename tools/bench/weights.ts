import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { megabytes, type Row } from './table.ts';

/** Megabytes to download for each model and for all together. */
export function weightRows(models: string): Row[] {
  const bytesOf = (name: string) => folderBytes(join(models, name));
  const names = existsSync(models) ? readdirSync(models) : [];
  const total = names.reduce((sum, name) => sum + bytesOf(name), 0);
  return [
    { part: 'weights of TrOMR', measured: megabytes(bytesOf('tromr')), promise: 'at most 9 MB' },
    { part: 'weights of all models', measured: megabytes(total), promise: 'at most 20 MB' },
  ];
}

function folderBytes(folder: string): number {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return 0;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.bin'))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
