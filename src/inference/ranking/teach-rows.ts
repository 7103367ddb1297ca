import { impressionSource } from '../../adlog/features.ts';
import type { DayLog } from '../../adlog/schema.ts';
import { DEFAULT_SETTINGS, DOMAINS, type Domain, type WorldSettings } from '../../adlog/settings.ts';
import { simulateDay } from '../../adlog/simulate.ts';
import type { World } from '../../adlog/world.ts';
import { type Join, joinExamples } from './das.ts';
import { createBreath, type StreamRows } from './stream.ts';
import type { TeachSettings } from './teach-run.ts';

/** Which rows of a day go to whom. */

/** A day's rows of the five students that the FM teaches, joined by id. */
export function joinStudents(log: DayLog): Join {
  const { impressions, candidates } = log;
  const idsOf = (rows: Int32Array) => rows.map((row) => impressions.id[row] ?? 0);
  const clicked = allRows(log).filter((row) => impressions.click[row] === 1);
  // A candidate that was shown is an impression already.
  const unseen = candidates.id.subarray(0, candidates.count).filter((_, i) => candidates.stage[i] !== 3);
  const shown = impressions.id.subarray(0, impressions.count);
  return joinExamples([
    ...DOMAINS.map((domain) => ({ student: domain as string, ids: idsOf(domainRows(log, domain)) })),
    { student: 'conversion', ids: idsOf(clicked) },
    { student: 'early stage', ids: [...shown, ...unseen] },
  ]);
}

/** The next day of a world, with messages let in before and after. @throws the signal's reason */
export async function playDay(
  world: World,
  signal: AbortSignal | undefined,
  onTick: ((share: number) => void) | undefined,
): Promise<DayLog> {
  await createBreath(signal)();
  const log = simulateDay(world, onTick ? { onTick } : {});
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
  return log;
}

/** Rows with their clicks as labels. */
export function clickRows(log: DayLog, rows: Int32Array): StreamRows {
  const labels = Float32Array.from(rows, (row) => log.impressions.click[row] ?? 0);
  return { source: impressionSource(log), rows, labels };
}

export function allRows(log: DayLog): Int32Array {
  return Int32Array.from({ length: log.impressions.count }, (_, row) => row);
}

export function domainRows(log: DayLog, domain: Domain): Int32Array {
  const wanted = DOMAINS.indexOf(domain);
  return allRows(log).filter((row) => log.impressions.domain[row] === wanted);
}

export function domainsOf({ domain }: TeachSettings): readonly Domain[] {
  return domain === 'all' ? DOMAINS : [domain];
}

export function worldSettings(
  { seed, impressionsPerDay }: TeachSettings,
  drift: WorldSettings['drift'],
): WorldSettings {
  return { ...DEFAULT_SETTINGS, seed, impressionsPerDay, drift };
}

/** What each remembered thing depends on. */
export function keysOf({ seed, impressionsPerDay, pretrainDays, drift, teacher }: TeachSettings) {
  const world = `${seed}/${impressionsPerDay}`;
  const size = `${world}/${pretrainDays}/${teacher.size}`;
  return {
    world,
    teacher: size,
    teacherDay: (day: number) => `${size}/${JSON.stringify(drift)}/${day}`,
    student: (domain: Domain) => `${world}/${pretrainDays}/${domain}`,
  };
}
