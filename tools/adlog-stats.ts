import { parseArgs } from 'node:util';
import { compareWithPublished, withinTolerance } from '../src/adlog/published.ts';
import type { DayLog } from '../src/adlog/schema.ts';
import { DEFAULT_SETTINGS } from '../src/adlog/settings.ts';
import { simulateDay } from '../src/adlog/simulate.ts';
import { summarise } from '../src/adlog/summary.ts';
import { createWorld } from '../src/adlog/world.ts';

/** Prints the simulator's summary statistics beside the published ones, and its speed in impressions for a CPU second. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(DEFAULT_SETTINGS.seed) },
    days: { type: 'string', default: '3' },
    impressions: { type: 'string', default: String(DEFAULT_SETTINGS.impressionsPerDay) },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function number(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} must be a whole number from 1.`);
  return value;
}

function show(value: number, unit: string): string {
  if (unit === 'share') return `${(100 * value).toFixed(3)} %`;
  return value.toFixed(2);
}

function main(): void {
  const settings = {
    ...DEFAULT_SETTINGS,
    seed: number(values.seed, 'seed'),
    impressionsPerDay: number(values.impressions, 'impressions'),
  };
  const world = createWorld(settings);
  const logs: DayLog[] = [];
  const before = process.cpuUsage();
  for (let day = 0; day < number(values.days, 'days'); day++) logs.push(simulateDay(world));
  const spent = process.cpuUsage(before);
  const summary = summarise(logs);
  const rows = compareWithPublished(summary);
  const speed = summary.impressions / ((spent.user + spent.system) / 1e6);
  if (values.json) {
    console.log(JSON.stringify({ settings, speed, summary, rows }, null, 2));
    return;
  }
  console.log(`seed ${settings.seed}, ${summary.days} days, ${summary.impressions} impressions`);
  for (const row of rows) {
    const mark = withinTolerance(row) ? ' ' : '!';
    const ours = show(row.ours, row.unit).padStart(10);
    console.log(
      `${mark} ${row.figure.padEnd(38)} ${ours} ${show(row.published, row.unit).padStart(10)}   ${row.source}`,
    );
  }
  const effects = summary.positionEffect.map((slots) => slots.map((ratio) => ratio.toFixed(2)).join(' '));
  console.log(`  click rate of slots 2 and 3 over slot 1 (feed, reels, stories): ${effects.join(', ')}`);
  console.log(`  top ad of a day: ${show(summary.topAdShare, 'share')} of its impressions`);
  console.log(`  ${Math.round(speed)} impressions a second of CPU time, full funnel`);
}

if (values.help) console.log('npm run adlog-stats -- [--seed N] [--days N] [--impressions N] [--json]');
else main();
