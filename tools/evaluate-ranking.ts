import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type Judgement,
  judgeEarlyStage,
  judgeWinnersCurse,
  type SeedRequests,
} from '../src/funnel/funnel-truths.ts';
import { earlyCost } from '../src/inference/ranking/early-stage.ts';
import { startNodeEngine } from './node-engine.ts';
import { keptRequests, playFunnel } from './ranking/funnel-trial.ts';
import {
  adapterDelayOf,
  FULL,
  keptTrials,
  playTrials,
  QUICK,
  trialsHash,
  type WorldTrials,
} from './ranking/trials.ts';
import {
  costOfDelay,
  type Finding,
  leakOfBias,
  orderOfModels,
  reachOfAdapter,
  type Truth,
  transferAndSaving,
} from './ranking/truths.ts';

/**
 * Judges the seven truths on finished runs of this very code (`npm run train-ranking -- --trials`), or, with
 * `--quick`, on one small world that is trained anew. Exit status 0 only if all hold, 2 where there is no such run.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '7,8,9' },
    impressions: { type: 'string' },
    'stream-days': { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const preset = values.quick ? QUICK : FULL;
  const settings = {
    ...preset,
    impressionsPerDay: Number(values.impressions ?? preset.impressionsPerDay),
    streamDays: Number(values['stream-days'] ?? preset.streamDays),
  };
  const seeds = values.quick ? [7] : values.seeds.split(',').map(Number);
  if (values.quick) await startNodeEngine('wasm');
  const worlds: WorldTrials[] = [];
  const funnels: SeedRequests[] = [];
  for (const seed of seeds) {
    const trials = values.quick
      ? await playTrials(seed, settings, console.error)
      : keptTrials(seed, settings);
    const requests = values.quick
      ? await playFunnel(seed, settings, console.error)
      : keptRequests(seed, settings);
    if (!trials || !requests) {
      console.error(
        `There is no finished run of this code for seed ${seed} (${trialsHash(settings)}): npm run train-ranking -- --trials`,
      );
      process.exitCode = 2;
      return;
    }
    worlds.push(trials);
    funnels.push({ seed, requests });
  }
  const all = worlds.map((world) => world.all);
  const level = worlds.map((world) => world.level);
  const churn = worlds.map((world) => world.churn);
  const truths = [
    orderOfModels(all),
    costOfDelay(all),
    leakOfBias(all),
    reachOfAdapter(level, churn, adapterDelayOf(settings)),
    transferAndSaving(all),
    ofJudgement(
      6,
      'The distilled multi-task early stage beats clicks only, and separate models at no more cost',
      judgeEarlyStage(funnels, (name) => earlyCost(name).candidate),
    ),
    ofJudgement(7, 'Ads chosen by arg-max are over-predicted', judgeWinnersCurse(funnels)),
  ];
  for (const truth of truths) print(truth);
  const report = { code: trialsHash(settings), settings, seeds, truths };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = truths.every(({ holds }) => holds) ? 0 : 1;
}

function ofJudgement(number: number, name: string, { claims, reported, holds }: Judgement): Truth {
  const findings = [
    ...claims.map(({ name: text, pooled, bySeed, bound, above, holds: claimed }) => ({
      text: `${text}, ${above ? 'above' : 'below'} ${bound}`,
      pooled,
      seeds: bySeed,
      holds: claimed,
    })),
    ...reported.map(({ name: text, pooled, bySeed }) => ({ text, pooled, seeds: bySeed, holds: true })),
  ];
  return { number, name, findings, holds };
}

function print({ number, name, holds, findings }: Truth): void {
  console.log(`${holds ? 'holds ' : 'FAILS '} ${number}  ${name}`);
  for (const finding of findings) console.log(`       ${finding.holds ? ' ' : '!'} ${tell(finding)}`);
}

function tell({ text, pooled, seeds, sampled }: Finding): string {
  const interval =
    pooled && pooled.low < pooled.high ? ` [${figure(pooled.low)}, ${figure(pooled.high)}]` : '';
  const value = pooled ? ` ${figure(pooled.value)}${interval}` : '';
  const labels = sampled === undefined ? '' : `; by sampled clicks ${figure(sampled)}`;
  return `${text}:${value} (seeds ${seeds.map(figure).join(', ')}${labels})`;
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}

if (values.help)
  console.log(
    'npm run evaluate-ranking -- [--quick] [--seeds 7,8,9] [--impressions N] [--stream-days N] [--json FILE]',
  );
else await main();
