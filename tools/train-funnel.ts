import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { unpackLogs } from '../src/adlog/pack.ts';
import { DEFAULT_SETTINGS, WARM_UP_DAYS } from '../src/adlog/settings.ts';
import type { Interval } from '../src/funnel/bootstrap.ts';
import { cutIndex, reportPassOn, reportReplay } from '../src/funnel/pass-on.ts';
import { reportCalibration, reportWinnersCurse } from '../src/funnel/stage-calibration.ts';
import type { FunnelModels } from '../src/inference/ranking/funnel-models.ts';
import { trainFunnelModels } from '../src/inference/ranking/funnel-training.ts';
import {
  FUNNEL_FOLDERS,
  loadFunnelModels,
  packFunnelModels,
} from '../src/inference/ranking/funnel-weights.ts';
import { scoreRequests } from '../src/inference/ranking/pass-on.ts';
import { folderSource, startNodeEngine } from './node-engine.ts';

/**
 * Trains the early stages and the final stage on the days before the stream and writes them, after each day, to
 * `public/models/early-stage` and `public/models/final-stage`; then judges them, as written, on the shipped slice, whose days
 * they have not seen. `--judge` only judges what is there.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(DEFAULT_SETTINGS.seed) },
    weights: { type: 'string', default: '5' },
    from: { type: 'string', default: '0' },
    days: { type: 'string', default: String(WARM_UP_DAYS) },
    out: { type: 'string', default: 'public/models' },
    slice: { type: 'string', default: 'public/samples/adlogs/slice.bin' },
    judge: { type: 'boolean', default: false },
  },
});

const CUT = 50;
const { lambda } = DEFAULT_SETTINGS;

async function write(models: FunnelModels, training: object): Promise<void> {
  for (const folder of FUNNEL_FOLDERS) {
    const { manifest, file, bytes } = await packFunnelModels(models, folder);
    const path = join(values.out, folder);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, file), bytes);
    writeFileSync(join(path, 'manifest.json'), `${JSON.stringify({ ...manifest, training })}\n`);
  }
}

/** What the models make of the slice: figures for the manifests and the cards. */
async function judge(models: FunnelModels) {
  const logs = unpackLogs(readFileSync(values.slice));
  const scored = [];
  for (const log of logs) scored.push(...(await scoreRequests(log, models)));
  const at = cutIndex(CUT);
  const passOn = reportPassOn(scored, lambda).map(({ ranker, recall, softRecall, ndcg, regret, tau }) => ({
    ranker,
    recall: recall[at],
    recallAt100: recall[cutIndex(100)],
    softRecall: softRecall[at],
    ndcg: ndcg[at],
    regret: regret[at],
    tau,
  }));
  const replay = reportReplay(scored, { lambda, cut: CUT });
  const calibration = reportCalibration(scored).filter(({ grouping }) => grouping === 'all');
  return {
    requests: scored.length,
    cut: CUT,
    passOn,
    replay,
    calibration,
    curse: reportWinnersCurse(scored, lambda),
  };
}

function text(interval: Interval | undefined): string {
  const { value, low, high } = interval ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  return `${value.toPrecision(3)} (${low.toPrecision(3)} to ${high.toPrecision(3)})`;
}

/** Rounds every number to six significant digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, x) => (typeof x === 'number' ? Number(x.toPrecision(6)) : x)));
}

await startNodeEngine('wasm');
if (!values.judge) {
  const [seed, days, learnFrom] = [Number(values.seed), Number(values.days), Number(values.from)];
  await trainFunnelModels(
    { world: { ...DEFAULT_SETTINGS, seed }, seed: Number(values.weights), days, learnFrom },
    {
      onDay: async (day, models) => {
        await write(models, { seed, weights: Number(values.weights), days: [learnFrom, day] });
        console.log(`day ${day}; ${Math.round(process.cpuUsage().user / 1e6)} s of CPU time`);
      },
    },
  );
}
const models = await loadFunnelModels((folder) => folderSource(join(values.out, folder)));
const measured = await judge(models);
for (const folder of FUNNEL_FOLDERS) {
  const path = join(values.out, folder, 'manifest.json');
  const manifest: object = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, `${JSON.stringify({ ...manifest, measured: rounded(measured) })}\n`);
}
for (const { ranker, recall, recallAt100, softRecall, ndcg, tau } of measured.passOn)
  console.log(
    `${ranker}: recall ${text(recall)}, at 100 ${text(recallAt100)}, soft ${text(softRecall)}, NDCG ${text(ndcg)}, tau ${text(tau)}`,
  );
for (const { ranker, totalValue, revenue, clickRate, crossOutRate } of measured.replay)
  console.log(
    `${ranker}: value ${text(totalValue)}, revenue ${text(revenue)}, clicks ${text(clickRate)}, cross-outs ${text(crossOutRate)}`,
  );
for (const { model, event, calibration } of measured.calibration)
  console.log(`${model}, ${event}: calibration ${text(calibration)}`);
for (const { model, depth, clicks } of measured.curse)
  console.log(`${model}, top ${depth}: clicks over predicted ${text(clicks)}`);
