import { WARM_UP_DAYS } from '../../adlog/settings.ts';
import { type Distillation, NO_DISTILLATION } from '../../inference/ranking/distillation.ts';
import type { TeachSettings } from '../../inference/ranking/teach-run.ts';
import type { Controls } from './controls.ts';

/** The run that the controls ask for. What has no effect is brought to one value, so that equal runs have equal settings. */
export function settingsOf(controls: Controls): TeachSettings {
  const { seed, level, categories, interests, churn, mix, rows, days, fm, delay, refresh, outage } = controls;
  return {
    seed,
    impressionsPerDay: Number(rows),
    pretrainDays: WARM_UP_DAYS,
    streamDays: days,
    drift: { level, categories, interests, churn, mix },
    distillation: distillationOf(controls),
    teacher: { size: fm, delay, refresh, outage: outage ? OUTAGE : null },
    domain: controls.domain,
  };
}

/** “The FM pipeline breaks for two days”: days of the stream, the first one counted as 0. */
export const OUTAGE = { from: 5, to: 7 } as const;

function distillationOf({ teach, w, alpha, beta, label, gradient, adapter }: Controls): Distillation {
  if (teach === 'none') return NO_DISTILLATION;
  if (teach === 'one-head') return { ...NO_DISTILLATION, mode: 'one head', w };
  return {
    mode: 'auxiliary head',
    w,
    alpha: label ? alpha : 1,
    beta: gradient ? beta : 1,
    adapter,
  };
}

/** Equal for equal runs; the number of days is left out, since a longer run begins with the shorter one. */
export function runKey({ seed, drift, distillation, teacher, ...rest }: TeachSettings): string {
  const { level, categories, interests, churn, mix } = drift;
  const { mode, w, alpha, beta, adapter } = distillation;
  const { size, delay, refresh, outage } = teacher;
  return JSON.stringify([
    ...[seed, level, categories, interests, churn, mix, rest.impressionsPerDay, rest.pretrainDays],
    ...[mode, w, alpha, beta, adapter, size, delay, refresh, outage?.from, outage?.to, rest.domain],
  ]);
}
