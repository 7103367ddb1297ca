import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKENDS } from '../src/inference/engine/choose.ts';
import { landingRows } from './bench/landing.ts';
import { onnxRows } from './bench/onnx.ts';
import { rankingRows } from './bench/ranking.ts';
import { readingRows } from './bench/reading.ts';
import { type Row, tableOf } from './bench/table.ts';
import { weightRows } from './bench/weights.ts';
import { buildIfStale, ROOT } from './build.ts';

const USAGE = 'npm run bench -- [--photo FILE] [--backend wasm|webgpu|cpu] [--rounds N]';

const MODELS = join(import.meta.dirname, '../public/models');
const DATA = process.env.SCORELINE_DATA ?? join(import.meta.dirname, '../../shared');

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      photo: { type: 'string', default: join(DATA, 'photos/pages/IMG_1664.jpeg') },
      backend: { type: 'string', default: 'wasm' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const backend = BACKENDS.find((name) => name === values.backend);
  const rounds = Number(values.rounds);
  if (!backend || !(rounds >= 1)) {
    console.error(USAGE);
    return 2;
  }
  const rows: Row[] = weightRows(MODELS);
  const weights = join(MODELS, 'tromr');
  if (!existsSync(join(weights, 'manifest.json')))
    console.error('no weights of TrOMR: reading is not measured');
  else if (!existsSync(values.photo))
    console.error(`${values.photo} does not exist: reading is not measured`);
  else rows.push(...(await readingRows(values.photo, weights, backend, rounds)));
  if (existsSync(join(weights, 'manifest.json'))) rows.push(...(await onnxRows(weights)));
  rows.push(...(await rankingRows()));
  await buildIfStale();
  rows.push(...(await landingRows(join(ROOT, 'dist'), rounds)));
  console.log(tableOf(rows));
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
