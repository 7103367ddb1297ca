import { join } from 'node:path';
import type { ProbabilitySums } from '../../src/funnel/probability-metrics.ts';
import { asCount, asList, asNumber, asObject, asString } from '../../src/inference/engine/parse.ts';
import type { Ledger } from '../../src/inference/ranking/das.ts';
import { FM_SIZES, type JudgedDay } from '../../src/inference/ranking/teach-run.ts';
import { keep, recall, runFolder } from './cache.ts';
import { hashOf } from './code-hash.ts';
import { pretrain } from './pretrain.ts';
import { playTrial, TRIALS, type Trial, type TrialDay, type TrialName, type TrialSettings } from './trial.ts';

/** The trials of one world, kept under the hash of the code and of these settings. */

export interface WorldSettings {
  readonly impressionsPerDay: number;
  readonly pretrainDays: number;
  readonly streamDays: number;
}

export type WorldTrials = Readonly<Record<TrialName, Trial>>;

export const FULL: WorldSettings = { impressionsPerDay: 100_000, pretrainDays: 14, streamDays: 14 };
/** Small enough for a slow core within ten minutes. */
export const QUICK: WorldSettings = { impressionsPerDay: 25_000, pretrainDays: 14, streamDays: 5 };

/** Age of the teacher where one source of drift acts alone: young enough to leave days to judge. */
export function adapterDelayOf({ streamDays }: WorldSettings): number {
  return Math.min(4, Math.floor(streamDays / 2));
}

export function trialsHash(settings: WorldSettings): string {
  return hashOf(['tools/ranking/trial.ts', 'tools/ranking/pretrain.ts'], settings);
}

/** Plays what is not there yet of the trials of one seed. */
export async function playTrials(
  seed: number,
  settings: WorldSettings,
  say: (line: string) => void,
): Promise<WorldTrials> {
  const known = keptTrials(seed, settings);
  if (known) return known;
  const folder = runFolder(trialsHash(settings));
  const { impressionsPerDay, pretrainDays, streamDays } = settings;
  const begin = await pretrain({ seed, impressionsPerDay, days: pretrainDays, sizes: FM_SIZES }, folder, say);
  const adapterDelay = adapterDelayOf(settings);
  const trialSettings: TrialSettings = { seed, impressionsPerDay, streamDays, adapterDelay };
  const played: Partial<Record<TrialName, Trial>> = {};
  for (const name of TRIALS) {
    const file = join(folder, `seed-${seed}-trial-${name}.bin`);
    const kept = recall(file);
    const trial = kept === undefined ? await playTrial(name, begin, trialSettings, say) : asTrial(kept);
    if (kept === undefined) keep(file, trial);
    played[name] = trial;
  }
  return complete(played);
}

/** The finished trials of one seed by this very code; undefined where any is missing. */
export function keptTrials(seed: number, settings: WorldSettings): WorldTrials | undefined {
  const folder = runFolder(trialsHash(settings));
  const kept = TRIALS.map((name) => [name, recall(join(folder, `seed-${seed}-trial-${name}.bin`))] as const);
  if (kept.some(([, trial]) => trial === undefined)) return undefined;
  return complete(Object.fromEntries(kept.map(([name, trial]) => [name, asTrial(trial)])));
}

function complete({ all, level, churn }: Partial<Record<TrialName, Trial>>): WorldTrials {
  if (!all || !level || !churn) throw new Error('A trial is missing.');
  return { all, level, churn };
}

/** @throws FormatError | RangeError */
function asTrial(value: unknown): Trial {
  const { columns, days, perUser, ledgers } = asObject(value, 'trial');
  if (!(perUser instanceof Float64Array)) throw new RangeError('A kept trial lacks the sums of its users.');
  return {
    columns: asList(columns, 'columns', asString),
    days: asList(days, 'days', asDay),
    perUser,
    ledgers: asList(ledgers, 'ledgers', asLedger),
  };
}

function asDay(value: unknown, path: string): TrialDay {
  const { day, judged } = asObject(value, path);
  const entries = Object.entries(asObject(judged, `${path}.judged`));
  return {
    day: asCount(day, `${path}.day`),
    judged: Object.fromEntries(
      entries.map(([name, model]) => [name, asJudged(model, `${path}.judged.${name}`)]),
    ),
  };
}

function asJudged(value: unknown, path: string): JudgedDay {
  const { expected, sampled, auc } = asObject(value, path);
  return {
    expected: asSums(expected, `${path}.expected`),
    sampled: asSums(sampled, `${path}.sampled`),
    auc: asNumber(auc, `${path}.auc`),
  };
}

function asSums(value: unknown, path: string): ProbabilitySums {
  const { weight, label, prediction, crossEntropy } = asObject(value, path);
  return {
    weight: asNumber(weight, `${path}.weight`),
    label: asNumber(label, `${path}.label`),
    prediction: asNumber(prediction, `${path}.prediction`),
    crossEntropy: asNumber(crossEntropy, `${path}.crossEntropy`),
  };
}

function asLedger(value: unknown, path: string): Ledger {
  const { students, rows, calls, saved } = asObject(value, path);
  return {
    students: asList(students, `${path}.students`, (entry, at) => {
      const { student, rows: own, shared } = asObject(entry, at);
      return {
        student: asString(student, `${at}.student`),
        rows: asCount(own, `${at}.rows`),
        shared: asCount(shared, `${at}.shared`),
      };
    }),
    rows: asCount(rows, `${path}.rows`),
    calls: asCount(calls, `${path}.calls`),
    saved: asCount(saved, `${path}.saved`),
  };
}
