import { candidateSource, type EncodedRows, impressionSource } from '../../adlog/features.ts';
import type { DayLog } from '../../adlog/schema.ts';
import { FUNNEL, type WorldSettings } from '../../adlog/settings.ts';
import { simulateDay } from '../../adlog/simulate.ts';
import { createWorld } from '../../adlog/world.ts';
import { EARLY_MODELS, type EarlyModelName, type ScoredRequest } from '../../funnel/scored-request.ts';
import { earlyNetworks, encodeEarly } from './early-stage.ts';
import { encodeFinal, estimateFinal, FINAL_NETWORK } from './final-stage.ts';
import { createFunnelModels, type FunnelModels } from './funnel-models.ts';
import {
  type Head,
  type LoggedValues,
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
/**
 * The same for the twins. Their targets have no noise, but are small: without such weights the tables would hardly move.
 */
const TWIN_WEIGHTS: Readonly<Record<Task, number>> = { click: 70, conversion: 45, 'cross-out': 30 };
/** Weight of the logged total values in the final stage's loss. */
const VALUE_WEIGHT = 1;

export const EARLY_RATES: MultiTaskRates = { rows: 0.5, dense: 0.01 };
export const FINAL_RATES: MultiTaskRates = { rows: 0.15, dense: 0.004 };
/** One in so many of the impressions without an event is learnt, with that weight: clicks and cross-outs carry the signal. */
const NEGATIVES_EVERY = 8;
/** Impressions of a batch; candidates of the time come on top. */
const BATCH = 128;
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
  lambda: number,
  { early = EARLY_MODELS, onProgress, signal }: LearnOptions = {},
): Promise<void> {
  const labels = labelsOf(log);
  const passes = 1 + early.reduce((sum, name) => sum + earlyNetworks(name).length, 0);
  let done = 0;
  const advance = (share: number) => {
    signal?.throwIfAborted();
    onProgress?.((done + share) / passes);
  };
  const source = impressionSource(log);
  const finalRows = encodeFinal(source, log.impressions.count, labels.rows);
  const scores = loggedScores(log, lambda);
  await learnRows(FINAL_NETWORK, models.final, FINAL_RATES, [finalRows], labels, scores, advance);
  done++;
  const followed = await followFinal(models, log, scores);
  const sides = encodeEarly(source, log.impressions.count, labels.rows);
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

/** Labels of the impressions that are learnt from. */
interface DayLabels {
  /** Rows in the day's impressions. */
  readonly rows: Int32Array;
  /** What each stands for: 1 where something happened, NEGATIVES_EVERY where nothing did. */
  readonly weight: Float32Array;
  readonly slots: Float32Array;
  readonly click: Uint8Array;
  readonly conversion: Uint8Array;
  readonly 'cross-out': Uint8Array;
}

/** Every click and cross-out, and one in so many of the other impressions, which then counts for all of them. */
function labelsOf({ impressions }: DayLog): DayLabels {
  const { count, click, conversion, crossOut, domain, position } = impressions;
  const happened = (row: number) => click[row] === 1 || crossOut[row] === 1;
  const kept: number[] = [];
  for (let row = 0; row < count; row++) if (happened(row) || row % NEGATIVES_EVERY === 0) kept.push(row);
  const rows = Int32Array.from(kept);
  const bytes = (column: Uint8Array) => Uint8Array.from(rows, (row) => column[row] ?? 0);
  return {
    rows,
    weight: Float32Array.from(rows, (row) => (happened(row) ? 1 : NEGATIVES_EVERY)),
    slots: slotColumns(bytes(domain), bytes(position), rows.length),
    click: bytes(click),
    conversion: bytes(conversion),
    'cross-out': bytes(crossOut),
  };
}

/** The day's logged candidates, beside the impressions of the time. */
interface LoggedCandidates {
  readonly sides: readonly EncodedRows[];
  /** Inverse inclusion probability, one on average. */
  readonly weight: Float32Array;
  /** What heads that follow the final stage are to say. */
  readonly estimates?: Readonly<Record<Task, Float32Array>>;
  /** The score of the time: what the log's own final stage made of each. */
  readonly values?: LoggedValues;
}

/** Candidates as the final stage learns from them: without their logged scores it would know winners alone. */
function loggedScores({ candidates, ads, ...log }: DayLog, lambda: number): LoggedCandidates {
  const { count, ad, inclusion, policyValue } = candidates;
  const ofAd = (read: (id: number) => number) =>
    Float32Array.from({ length: count }, (_, i) => read(ad[i] ?? 0));
  const weight = Float32Array.from(
    { length: count },
    (_, i) => 1 / ((inclusion[i] ?? 1) * MEAN_INVERSE_INCLUSION),
  );
  return {
    sides: [encodeFinal(candidateSource({ candidates, ads, ...log }, candidates), count)],
    weight,
    values: {
      bid: ofAd((id) => ads.bid[id] ?? 0),
      conversionBilled: ofAd((id) => ads.conversionBilled[id] ?? 0),
      lambda,
      value: policyValue.slice(0, count),
      weight: weight.map((w) => VALUE_WEIGHT * w),
    },
  };
}

/** Candidates as early models learn from them: with what the final stage, trained to the end of the day, says of each. */
async function followFinal(
  models: FunnelModels,
  log: DayLog,
  scores: LoggedCandidates,
): Promise<LoggedCandidates> {
  const { count } = log.candidates;
  const [rows] = scores.sides;
  if (!rows) throw new RangeError('The candidates were not encoded for the final stage.');
  const estimates = {
    click: new Float32Array(count),
    conversion: new Float32Array(count),
    'cross-out': new Float32Array(count),
  };
  for (let start = 0; start < count; start += CHUNK) {
    const part = await estimateFinal(
      models.final,
      takeRows(rows, range(start, Math.min(count, start + CHUNK))),
    );
    estimates.click.set(part.pClick, start);
    estimates.conversion.set(part.pConversion, start);
    estimates['cross-out'].set(part.pCrossOut, start);
  }
  const sides = encodeEarly(candidateSource(log, log.candidates), count);
  return { sides, weight: scores.weight, estimates };
}

/** One pass of a network over the rows of a day; heads that follow the final stage learn from the candidates of the time. */
async function learnRows(
  network: Network,
  parameters: MultiTaskParameters,
  rates: MultiTaskRates,
  sides: readonly EncodedRows[],
  labels: DayLabels,
  logged: LoggedCandidates,
  advance: (share: number) => void,
): Promise<void> {
  const candidates = logged.values || network.heads.some(({ learns }) => learns === 'final stage');
  const steps = Math.ceil(labels.rows.length / BATCH);
  for (let s = 0; s < steps; s++) {
    const rows = range((s * labels.rows.length) / steps, ((s + 1) * labels.rows.length) / steps);
    const own = labelBatch(network.heads, sides, labels, rows);
    const count = candidates ? logged.weight.length : 0;
    const beside = range((s * count) / steps, ((s + 1) * count) / steps);
    const both = beside.length > 0 ? joinBatches(own, candidateBatch(network.heads, logged, beside)) : own;
    const batch = withoutIdleRows(both, network.heads.length);
    if (batch) await learnBatch(network, parameters, batch, rates);
    advance((s + 1) / steps);
  }
}

function range(from: number, to: number): number[] {
  const [start, end] = [Math.floor(from), Math.floor(to)];
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Impressions with their labels, for the heads that learn labels. */
function labelBatch(
  heads: readonly Head[],
  sides: readonly EncodedRows[],
  labels: DayLabels,
  rows: readonly number[],
): MultiTaskBatch {
  const targets = new Float32Array(rows.length * heads.length);
  const weights = new Float32Array(rows.length * heads.length);
  rows.forEach((row, i) => {
    heads.forEach(({ task, learns }, h) => {
      // Whether an impression would have converted is seen after a click only.
      if (learns !== 'labels' || (task === 'conversion' && labels.click[row] === 0)) return;
      targets[i * heads.length + h] = labels[task][row] ?? 0;
      weights[i * heads.length + h] = TASK_WEIGHTS[task] * (labels.weight[row] ?? 1);
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

/** Candidates with what the final stage says of them, for the heads that follow it, or with their logged values. */
function candidateBatch(
  heads: readonly Head[],
  logged: LoggedCandidates,
  rows: readonly number[],
): MultiTaskBatch {
  const targets = new Float32Array(rows.length * heads.length);
  const weights = new Float32Array(rows.length * heads.length);
  const { estimates, values } = logged;
  rows.forEach((row, i) => {
    heads.forEach(({ task, learns }, h) => {
      if (learns !== 'final stage' || !estimates) return;
      targets[i * heads.length + h] = estimates[task][row] ?? 0;
      weights[i * heads.length + h] = TWIN_WEIGHTS[task] * (logged.weight[row] ?? 0);
    });
  });
  const pick = (column: Float32Array) => Float32Array.from(rows, (row) => column[row] ?? 0);
  return {
    sides: logged.sides.map((side) => takeRows(side, rows)),
    slots: new Float32Array(rows.length * SLOT_COLUMNS),
    targets,
    weights,
    ...(values && {
      values: {
        lambda: values.lambda,
        bid: pick(values.bid),
        conversionBilled: pick(values.conversionBilled),
        value: pick(values.value),
        weight: pick(values.weight),
      },
    }),
  };
}

/** One batch after the other; values are unknown (weight 0) in the first. */
function joinBatches(a: MultiTaskBatch, b: MultiTaskBatch): MultiTaskBatch {
  const before = new Float32Array(a.slots.length / SLOT_COLUMNS);
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
    ...(b.values && {
      values: {
        ...b.values,
        bid: joined(before, b.values.bid),
        conversionBilled: joined(before, b.values.conversionBilled),
        value: joined(before, b.values.value),
        weight: joined(before, b.values.weight),
      },
    }),
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
  /** Days of the world to play, and the first of them that is learnt (its first where absent). */
  readonly days: number;
  readonly learnFrom?: number;
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
  {
    world: worldSettings,
    seed,
    days,
    learnFrom = 0,
    judgeFrom = days,
    fullEvery = 500,
  }: FunnelTrainingSettings,
  { onDay, onProgress, signal, from }: FunnelTrainingHooks = {},
): Promise<{ models: FunnelModels; requests: ScoredRequest[] }> {
  const world = createWorld(worldSettings);
  const models = from?.models ?? createFunnelModels(seed);
  const requests: ScoredRequest[] = [];
  for (let day = 0; day < days; day++) {
    const judged = day >= judgeFrom;
    const log = simulateDay(world, { fullEvery: judged ? fullEvery : 0 });
    if (judged) requests.push(...(await scoreRequests(log, models)));
    if (day < Math.max(learnFrom, from?.day ?? 0)) continue;
    await learnFunnelDay(models, log, worldSettings.lambda, {
      ...(signal && { signal }),
      onProgress: (share) => onProgress?.((day + share) / days),
    });
    await onDay?.(day, models);
  }
  return { models, requests };
}
