import { candidateSource, type EncodedRows, impressionSource } from '../../adlog/features.ts';
import type { DayLog } from '../../adlog/schema.ts';
import { FUNNEL, type WorldSettings } from '../../adlog/settings.ts';
import { simulateDay } from '../../adlog/simulate.ts';
import { createWorld } from '../../adlog/world.ts';
import {
  EARLY_MODELS,
  type EarlyModelName,
  type Estimates,
  type ScoredRequest,
} from '../../funnel/scored-request.ts';
import { earlyNetworks, encodeEarly } from './early-stage.ts';
import { encodeFinal, estimateFinal, FINAL_NETWORK } from './final-stage.ts';
import { createFunnelModels, type FunnelModels } from './funnel-models.ts';
import {
  type Head,
  learnBatch,
  type MultiTaskBatch,
  type MultiTaskParameters,
  type MultiTaskRates,
  type Network,
  SLOT_COLUMNS,
  slotColumns,
  type Task,
  takeRows,
  withoutIdleRows,
} from './multi-task.ts';
import { scoreRequests } from './pass-on.ts';

/**
 * Weight of each task's loss, the same for every model. Losses of rare events are small by their entropy alone; these bring
 * the three of them to about one size.
 */
const TASK_WEIGHTS: Readonly<Record<Task, number>> = { click: 1, conversion: 1, 'cross-out': 6 };
/** Weight of the twins beside the labels. */
const TWIN_WEIGHT = 1;

export const EARLY_RATES: MultiTaskRates = { rows: 0.05, dense: 0.0015 };
export const FINAL_RATES: MultiTaskRates = { rows: 0.05, dense: 0.0015 };
const BATCH = 512;
/** Candidates that the final stage scores at once. */
const CHUNK = 4000;

/** Every candidate stands for so many of its request on average: inverse inclusion is divided by it. */
const MEAN_INVERSE_INCLUSION = FUNNEL.retrieved / (FUNNEL.loggedSurvivors + FUNNEL.loggedDropped);

export interface LearnOptions {
  /** Early models that learn; all where absent. */
  readonly early?: readonly EarlyModelName[];
  /** Share of the day that has been learnt. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * One pass over a day, in order of time: the final stage learns its impressions, then scores the day's logged candidates,
 * then the early models learn the same impressions, the distilled ones with those candidates beside them. Changes `models`.
 * @throws an AbortError between batches.
 */
export async function learnFunnelDay(
  models: FunnelModels,
  log: DayLog,
  { early = EARLY_MODELS, onProgress, signal }: LearnOptions = {},
): Promise<void> {
  const labels = labelsOf(log);
  const passes = 1 + early.reduce((sum, name) => sum + earlyNetworks(name).length, 0);
  let done = 0;
  const advance = (share: number) => {
    signal?.throwIfAborted();
    onProgress?.((done + share) / passes);
  };
  const finalRows = encodeFinal(impressionSource(log), log.impressions.count);
  await learnRows(FINAL_NETWORK, models.final, FINAL_RATES, [finalRows], labels, undefined, advance);
  done++;
  const followed = await followFinal(models, log);
  const sides = encodeEarly(impressionSource(log), log.impressions.count);
  for (const name of early) {
    for (const [i, { network }] of earlyNetworks(name).entries()) {
      const parameters = models.early[name].networks[i];
      if (!parameters) throw new RangeError(`The early model ${name} lacks a network.`);
      await learnRows(network, parameters, EARLY_RATES, sides, labels, followed, advance);
      done++;
    }
  }
  countConversions(models, log);
}

/** Labels of a day's impressions. */
interface DayLabels {
  readonly count: number;
  readonly slots: Float32Array;
  readonly of: (task: Task, row: number) => number;
  /** Whether the row shows the outcome of this task: conversions are seen after a click only. */
  readonly shows: (task: Task, row: number) => boolean;
}

function labelsOf({ impressions }: DayLog): DayLabels {
  const { count, click, conversion, crossOut, domain, position } = impressions;
  const columns = { click, conversion, 'cross-out': crossOut };
  return {
    count,
    slots: slotColumns(domain, position, count),
    of: (task, row) => columns[task][row] ?? 0,
    shows: (task, row) => task !== 'conversion' || click[row] === 1,
  };
}

/** The day's logged candidates with what the final stage says of them. */
interface Followed {
  readonly sides: readonly EncodedRows[];
  readonly estimates: Readonly<Record<Task, Float32Array>>;
  /** Inverse inclusion probability, one on average. */
  readonly weight: Float32Array;
}

async function followFinal(models: FunnelModels, log: DayLog): Promise<Followed> {
  const { candidates } = log;
  const source = candidateSource(log, candidates);
  const parts: Estimates[] = [];
  for (let start = 0; start < candidates.count; start += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, candidates.count - start) }, (_, i) => start + i);
    parts.push(await estimateFinal(models.final, encodeFinal(source, rows.length, rows)));
  }
  const join = (pick: (part: Estimates) => Float32Array) => {
    const all = new Float32Array(candidates.count);
    let at = 0;
    for (const part of parts) {
      all.set(pick(part), at);
      at += pick(part).length;
    }
    return all;
  };
  return {
    sides: encodeEarly(source, candidates.count),
    estimates: {
      click: join(({ pClick }) => pClick),
      conversion: join(({ pConversion }) => pConversion),
      'cross-out': join(({ pCrossOut }) => pCrossOut),
    },
    weight: Float32Array.from(
      { length: candidates.count },
      (_, i) => 1 / ((candidates.inclusion[i] ?? 1) * MEAN_INVERSE_INCLUSION),
    ),
  };
}

/** One pass of a network over the rows of a day; heads that follow the final stage learn from the candidates of the time. */
async function learnRows(
  network: Network,
  parameters: MultiTaskParameters,
  rates: MultiTaskRates,
  sides: readonly EncodedRows[],
  labels: DayLabels,
  followed: Followed | undefined,
  advance: (share: number) => void,
): Promise<void> {
  const twins = network.heads.some(({ learns }) => learns === 'final stage');
  const steps = Math.ceil(labels.count / BATCH);
  for (let s = 0; s < steps; s++) {
    const rows = range((s * labels.count) / steps, ((s + 1) * labels.count) / steps);
    let batch: MultiTaskBatch | undefined = labelBatch(network.heads, sides, labels, rows);
    if (twins && followed) {
      const count = followed.weight.length;
      const own = range((s * count) / steps, ((s + 1) * count) / steps);
      if (own.length > 0) batch = joinBatches(batch, twinBatch(network.heads, followed, own));
    }
    batch = withoutIdleRows(batch, network.heads.length);
    if (batch) await learnBatch(network, parameters, batch, rates);
    advance((s + 1) / steps);
  }
}

function range(from: number, to: number): number[] {
  const [start, end] = [Math.floor(from), Math.floor(to)];
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Impressions with their labels, for the heads that learn labels. */
export function labelBatch(
  heads: readonly Head[],
  sides: readonly EncodedRows[],
  labels: DayLabels,
  rows: readonly number[],
): MultiTaskBatch {
  const targets = new Float32Array(rows.length * heads.length);
  const weights = new Float32Array(rows.length * heads.length);
  rows.forEach((row, i) => {
    heads.forEach(({ task, learns }, h) => {
      if (learns !== 'labels' || !labels.shows(task, row)) return;
      targets[i * heads.length + h] = labels.of(task, row);
      weights[i * heads.length + h] = TASK_WEIGHTS[task];
    });
  });
  const slots = new Float32Array(rows.length * SLOT_COLUMNS);
  rows.forEach((row, i) => {
    slots.set(labels.slots.subarray(row * SLOT_COLUMNS, (row + 1) * SLOT_COLUMNS), i * SLOT_COLUMNS);
  });
  return {
    sides: sides.map((side) => takeRows(side, rows)),
    slots,
    targets,
    weights,
  };
}

/** Candidates with what the final stage says of them, for the heads that follow it. */
function twinBatch(heads: readonly Head[], followed: Followed, rows: readonly number[]): MultiTaskBatch {
  const targets = new Float32Array(rows.length * heads.length);
  const weights = new Float32Array(rows.length * heads.length);
  rows.forEach((row, i) => {
    heads.forEach(({ task, learns }, h) => {
      if (learns !== 'final stage') return;
      targets[i * heads.length + h] = followed.estimates[task][row] ?? 0;
      weights[i * heads.length + h] = TWIN_WEIGHT * TASK_WEIGHTS[task] * (followed.weight[row] ?? 0);
    });
  });
  return {
    sides: followed.sides.map((side) => takeRows(side, rows)),
    slots: new Float32Array(rows.length * SLOT_COLUMNS),
    targets,
    weights,
  };
}

function joinBatches(a: MultiTaskBatch, b: MultiTaskBatch): MultiTaskBatch {
  return {
    sides: a.sides.map((side, s) => {
      const other = b.sides[s] ?? side;
      return {
        count: side.count + other.count,
        categorical: joined(side.categorical, other.categorical),
        dense: joined(side.dense, other.dense),
      };
    }),
    slots: joined(a.slots, b.slots),
    targets: joined(a.targets, b.targets),
    weights: joined(a.weights, b.weights),
  };
}

function joined<T extends Float32Array | Int32Array>(a: T, b: T): T {
  const both =
    a.constructor === Int32Array
      ? new Int32Array(a.length + b.length)
      : new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both as T;
}

function countConversions({ counts }: FunnelModels, { impressions }: DayLog): void {
  for (let i = 0; i < impressions.count; i++) {
    const at = impressions.domain[i] ?? 0;
    counts.clicks[at] = (counts.clicks[at] ?? 0) + (impressions.click[i] ?? 0);
    counts.conversions[at] = (counts.conversions[at] ?? 0) + (impressions.conversion[i] ?? 0);
  }
}

export interface FunnelTrainingSettings {
  readonly world: WorldSettings;
  /** Seed of the weights. */
  readonly seed: number;
  /** Days of the world to learn, from its first. */
  readonly days: number;
  /** Days from this one on are judged before they are learnt; none where absent. */
  readonly judgeFrom?: number;
  /** Log all candidates of one request in so many on the judged days. */
  readonly fullEvery?: number;
}

export interface FunnelTrainingHooks {
  /** After each day, with the models as they stand: a structured clone of them is a checkpoint. */
  readonly onDay?: (day: number, models: FunnelModels) => void | Promise<void>;
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  /** Models that have already learnt the days before `day`. */
  readonly from?: { readonly day: number; readonly models: FunnelModels };
}

/** Trains every model of the funnel on a world's stream; requests of judged days are scored by models that have not seen them. */
export async function trainFunnelModels(
  { world: worldSettings, seed, days, judgeFrom = days, fullEvery = 500 }: FunnelTrainingSettings,
  { onDay, onProgress, signal, from }: FunnelTrainingHooks = {},
): Promise<{ models: FunnelModels; requests: ScoredRequest[] }> {
  const world = createWorld(worldSettings);
  const models = from?.models ?? createFunnelModels(seed);
  const requests: ScoredRequest[] = [];
  for (let day = 0; day < days; day++) {
    const judged = day >= judgeFrom;
    const log = simulateDay(world, { fullEvery: judged ? fullEvery : 0 });
    if (judged) requests.push(...(await scoreRequests(log, models)));
    if (from && day < from.day) continue;
    await learnFunnelDay(models, log, {
      ...(signal && { signal }),
      onProgress: (share) => onProgress?.((day + share) / days),
    });
    await onDay?.(day, models);
  }
  return { models, requests };
}
