import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packModels } from '../src/inference/ranking/model-files.ts';
import { FM_SIZES } from '../src/inference/ranking/teach-run.ts';
import { startNodeEngine } from './node-engine.ts';
import { runFolder } from './ranking/cache.ts';
import { hashOf } from './ranking/code-hash.ts';
import { playFunnel } from './ranking/funnel-trial.ts';
import { type Pretrained, pretrain } from './ranking/pretrain.ts';
import { playTrials } from './ranking/trials.ts';

/**
 * Trains the foundation model in its sizes and the vertical models on the days before the stream, and writes them to
 * `public/models/fm` and `public/models/vm`. With `--trials` it plays the streams that `npm run evaluate-ranking` judges
 * instead, or only a part of them, so that two processes can share the work. An interrupted run goes on where it stopped.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '7' },
    impressions: { type: 'string', default: '100000' },
    days: { type: 'string', default: '14' },
    out: { type: 'string', default: 'public/models' },
    trials: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '7,8,9' },
    'stream-days': { type: 'string', default: '14' },
    only: { type: 'string', default: 'stream,funnel' },
    help: { type: 'boolean', default: false },
  },
});

function say(line: string): void {
  const { user, system } = process.cpuUsage();
  console.log(`${line}; ${Math.round((user + system) / 1e6)} s of CPU time`);
}

async function playAll(): Promise<void> {
  await startNodeEngine('wasm');
  const settings = {
    impressionsPerDay: Number(values.impressions),
    pretrainDays: Number(values.days),
    streamDays: Number(values['stream-days']),
  };
  const parts = values.only.split(',');
  for (const seed of values.seeds.split(',').map(Number)) {
    if (parts.includes('stream')) await playTrials(seed, settings, say);
    if (parts.includes('funnel')) await playFunnel(seed, settings, say);
  }
}

async function main(): Promise<void> {
  const settings = {
    seed: Number(values.seed),
    impressionsPerDay: Number(values.impressions),
    days: Number(values.days),
    sizes: FM_SIZES,
  };
  const { backend } = await startNodeEngine('wasm');
  const hash = hashOf(['tools/ranking/pretrain.ts'], settings);
  const folder = runFolder(hash);
  console.log(`run ${hash} on ${backend} in ${folder}`);
  const { fms, vms } = await pretrain(settings, folder, say);
  const { seed, impressionsPerDay, days } = settings;
  const world = { seed, impressionsPerDay, daysTrained: days };
  await write('fm', fms, world, hash);
  await write('vm', vms, world, hash);
}

async function write(
  model: string,
  trained: readonly Pretrained[],
  world: object,
  code: string,
): Promise<void> {
  const { contents, shards, tensors } = await packModels(trained);
  const folder = join(values.out, model);
  mkdirSync(folder, { recursive: true });
  shards.forEach(({ file }, i) => {
    writeFileSync(join(folder, file), contents[i] ?? new Uint8Array());
  });
  // What was measured on the last days speaks of the checkpoints after them.
  const last = trained.filter(({ name }) => !name.includes('@-'));
  const measured = Object.fromEntries(last.map(({ name, measured }) => [name, measured]));
  const manifest = {
    format: 'scoreline-ranking',
    version: 1,
    model,
    world,
    training: { code, date: new Date().toISOString().slice(0, 10) },
    measured,
    shards,
    tensors,
  };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest)}\n`);
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  console.log(`${folder}: ${trained.length} models, ${bytes} bytes`);
}

if (values.help)
  console.log(
    'npm run train-ranking -- [--seed N] [--impressions N] [--days N] [--out FOLDER]\n' +
      'npm run train-ranking -- --trials [--seeds 7,8,9] [--impressions N] [--days N] [--stream-days N] [--only stream|funnel]',
  );
else if (values.trials) await playAll();
else await main();
