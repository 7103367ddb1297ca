/**
 * npm run rank-samples [-- --impressions N] [--only NAME,…] [--out FOLDER]: plays the runs that the Rank room shows at
 * once, by the code that the page itself trains with, and writes them to public/samples/rank. Runs that are there
 * already with the same settings are kept, so that an interrupted run goes on; --anew plays them all again.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NO_DISTILLATION } from '../src/inference/ranking/distillation.ts';
import { shippedModels } from '../src/inference/ranking/shipped-models.ts';
import { createMemory, playDays, type ShippedModels } from '../src/inference/ranking/teach.ts';
import { DEFAULT_TEACH_SETTINGS, EXFM, type TeachSettings } from '../src/inference/ranking/teach-run.ts';
import type { DayFigures } from '../src/inference/ranking/teach-summary.ts';
import { INITIAL_CONTROLS } from '../src/ui/rank/controls.ts';
import { type FinishedRuns, finishedRuns } from '../src/ui/rank/runs.ts';
import { OUTAGE, runKey } from '../src/ui/rank/settings.ts';
import { parseOr } from '../src/workers/schema.ts';
import { folderSource, startNodeEngine } from './node-engine.ts';

const AUXILIARY = { ...EXFM, alpha: 1, beta: 1, adapter: false };
const { teacher } = DEFAULT_TEACH_SETTINGS;

/** What differs from the settings that the page opens with; the most wanted ones first. */
const RUNS: Record<string, Partial<TeachSettings>> = {
  exfm: {},
  'one-head': { distillation: { ...NO_DISTILLATION, mode: 'one head', w: 1 } },
  'one-head-delay-4': {
    teacher: { ...teacher, delay: 4 },
    distillation: { ...NO_DISTILLATION, mode: 'one head', w: 1 },
  },
  'delay-4': { teacher: { ...teacher, delay: 4 } },
  none: { distillation: NO_DISTILLATION },
  auxiliary: { distillation: AUXILIARY },
  small: { teacher: { ...teacher, size: 'small' } },
  outage: { teacher: { ...teacher, outage: OUTAGE } },
  large: { teacher: { ...teacher, size: 'large' } },
  gradient: { distillation: { ...AUXILIARY, beta: EXFM.beta } },
  label: { distillation: { ...AUXILIARY, beta: EXFM.beta, alpha: EXFM.alpha } },
};

const { values } = parseArgs({
  options: {
    impressions: { type: 'string', default: INITIAL_CONTROLS.rows },
    only: { type: 'string', default: Object.keys(RUNS).join(',') },
    out: { type: 'string', default: 'public/samples/rank' },
    anew: { type: 'boolean', default: false },
  },
});

const COMMAND = 'npm run rank-samples';

/** Six figures: more than is shown, and half the bytes. */
function short(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}

/** The weights that are shipped, if they are there: the page starts from them too. */
async function shipped(): Promise<ShippedModels | undefined> {
  const folders = { fm: 'public/models/fm', vm: 'public/models/vm' };
  if (!Object.values(folders).every((folder) => existsSync(join(folder, 'manifest.json')))) return undefined;
  return shippedModels({ fm: folderSource(folders.fm), vm: folderSource(folders.vm) });
}

function readIndex(file: string): FinishedRuns | null {
  return existsSync(file) ? parseOr(finishedRuns, JSON.parse(readFileSync(file, 'utf8'))) : null;
}

const { reason } = await startNodeEngine('wasm');
console.log(reason);
const models = await shipped();
const ports = { memory: createMemory(), ...(models ? { shipped: models } : {}) };
mkdirSync(values.out, { recursive: true });
const indexFile = join(values.out, 'runs.json');
let runs = values.anew ? [] : (readIndex(indexFile)?.runs ?? []);
for (const name of values.only.split(',')) {
  const change = RUNS[name];
  if (!change) throw new Error(`There is no run “${name}”; there are ${Object.keys(RUNS).join(', ')}.`);
  const settings = { ...DEFAULT_TEACH_SETTINGS, impressionsPerDay: Number(values.impressions), ...change };
  const file = `${name}.json`;
  const known = runs.find((run) => run.file === file);
  if (known && runKey(known.settings) === runKey(settings)) continue;
  const days: DayFigures[] = [];
  for await (const day of playDays(settings, ports)) days.push(day);
  writeFileSync(join(values.out, file), `${JSON.stringify({ days }, short)}\n`);
  runs = [...runs.filter((run) => run.file !== file), { file, settings }];
  const index: FinishedRuns = {
    date: new Date().toISOString().slice(0, 10),
    command: COMMAND,
    shipped: models !== undefined,
    runs,
  };
  writeFileSync(indexFile, `${JSON.stringify(index)}\n`);
  const { user, system } = process.cpuUsage();
  const { relative } = days.at(-1)?.soFar ?? {};
  console.log(
    `${name}: NE ${relative?.value.toFixed(3)} % (${relative?.low.toFixed(3)} to ${relative?.high.toFixed(3)}) ` +
      `of the student alone; ${Math.round((user + system) / 1e6)} s of CPU time`,
  );
}
