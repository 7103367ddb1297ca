import { impressionSource } from '../../src/adlog/features.ts';
import { DEFAULT_SETTINGS } from '../../src/adlog/settings.ts';
import { simulateDay } from '../../src/adlog/simulate.ts';
import { createWorld } from '../../src/adlog/world.ts';
import { createFm, FM_BATCH } from '../../src/inference/ranking/fm.ts';
import { scoreRows, trainOnRows } from '../../src/inference/ranking/stream.ts';
import { allRows, clickRows, domainRows } from '../../src/inference/ranking/teach-rows.ts';
import { EXFM } from '../../src/inference/ranking/teach-run.ts';
import { createVm, taughtVm, VM_BATCH } from '../../src/inference/ranking/vm.ts';
import { startNodeEngine } from '../node-engine.ts';
import type { Row } from './table.ts';

/**
 * One day of the world at its full 100,000 impressions: the simulator, the foundation model's own day and that of a
 * vertical model under it (the teacher's scores, adapter and both heads among it). Times are those of the processor.
 */
export async function rankingRows(): Promise<Row[]> {
  await startNodeEngine('wasm');
  const { seed, impressionsPerDay } = DEFAULT_SETTINGS;
  const world = createWorld(DEFAULT_SETTINGS);
  // The first day compiles the code and fills the funnel.
  simulateDay(world);
  const simulated = await timed(async () => simulateDay(world));
  const log = simulated.result;
  const fm = createFm('middle', seed);
  const taught = taughtVm(createVm(seed).parameters, EXFM, seed);
  const rows = domainRows(log, 'feed');
  const learnt = await timed(() => trainOnRows(fm, clickRows(log, allRows(log)), FM_BATCH));
  const day = await timed(async () => {
    const teacher = await scoreRows(fm, impressionSource(log), rows);
    await trainOnRows(taught, { ...clickRows(log, rows), teacher }, VM_BATCH);
  });
  const perSecond = log.impressions.count / simulated.seconds;
  return [
    {
      part: 'simulator, full funnel',
      measured: `${Math.round(perSecond).toLocaleString('en')} impressions/s`,
      promise: 'at least 40,000 impressions/s',
    },
    {
      part: `VM day, ${rows.length.toLocaleString('en')} rows of feed, wasm`,
      measured: `${day.seconds.toFixed(1)} s`,
      promise: 'within 15 s',
    },
    {
      part: `FM day, ${impressionsPerDay.toLocaleString('en')} rows, middle, wasm`,
      measured: `${learnt.seconds.toFixed(1)} s`,
      promise: '',
    },
  ];
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}
