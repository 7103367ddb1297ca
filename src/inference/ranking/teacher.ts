import type { TeacherSettings } from './teach-run.ts';

/** Borders before the stream at which a checkpoint of the FM is kept: each has seen all days before its own. */
export const EARLY_CHECKPOINTS = [-7, -4, -2, -1] as const;

/**
 * Day whose checkpoint serves on `day` of the stream: the latest one published `delay` or more days ago. Checkpoints are
 * published every `refresh` days, counted from day 0; of those before the stream only some are kept, and the oldest of
 * them serves where all are too young.
 */
export function servingCheckpoint(
  day: number,
  { delay, refresh }: Pick<TeacherSettings, 'delay' | 'refresh'>,
  kept: readonly number[] = EARLY_CHECKPOINTS,
): number {
  const published = Math.floor((day - delay) / refresh) * refresh;
  if (published >= 0) return published;
  const old = kept.filter((checkpoint) => checkpoint <= published);
  return old.length > 0 ? Math.max(...old) : Math.min(0, ...kept);
}

/** Whether the FM's pipeline is broken on a day of the stream. */
export function isBroken(day: number, { outage }: Pick<TeacherSettings, 'outage'>): boolean {
  return outage !== null && day >= outage.from && day < outage.to;
}
