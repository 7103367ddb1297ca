import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packLogs } from '../src/adlog/pack.ts';
import type { DayLog } from '../src/adlog/schema.ts';
import { DEFAULT_SETTINGS, WARM_UP_DAYS } from '../src/adlog/settings.ts';
import { simulateDay } from '../src/adlog/simulate.ts';
import { createWorld } from '../src/adlog/world.ts';

/** Writes the slice of the simulated log that is shipped: by default the first three days of the stream. */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'public/samples/adlogs' },
    seed: { type: 'string', default: String(DEFAULT_SETTINGS.seed) },
    from: { type: 'string', default: String(WARM_UP_DAYS) },
    days: { type: 'string', default: '3' },
    full: { type: 'string', default: '2500' },
  },
});

const settings = { ...DEFAULT_SETTINGS, seed: Number(values.seed) };
const [from, days] = [Number(values.from), Number(values.days)];
const world = createWorld(settings);
const logs: DayLog[] = [];
for (let day = 0; day < from + days; day++) {
  const log = simulateDay(world, { fullEvery: day < from ? 0 : Number(values.full) });
  if (day >= from) logs.push(log);
  console.log(`day ${day}`);
}
const packed = packLogs(logs);
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'slice.bin'), packed);
writeFileSync(
  join(values.out, 'slice.json'),
  `${JSON.stringify({ file: 'slice.bin', bytes: packed.length, settings, from, days, licence: 'Apache-2.0', source: 'simulated by tools/pack-adlog.ts' }, null, 2)}\n`,
);
console.log(`${join(values.out, 'slice.bin')}: ${packed.length} bytes`);
