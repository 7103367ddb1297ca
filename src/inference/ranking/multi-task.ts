import {
  add,
  concat,
  matMul,
  mean,
  mul,
  type Scalar,
  scalar,
  sigmoid,
  softplus,
  sub,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { denseWidth, type EncodedRows, type FeatureList } from '../../adlog/features.ts';
import { createRng } from '../../adlog/random.ts';
import { DOMAINS, FUNNEL } from '../../adlog/settings.ts';
import type { Weights } from './dcn.ts';
import { registerGradients } from './gradients.ts';
import { adagradRows, adamStep } from './optimise.ts';
import {
  createTable,
  createWeight,
  type DenseWeight,
  type EmbeddingTable,
  gatherRows,
  tableRows,
} from './parameters.ts';
import { column, download, upload } from './tensors.ts';

registerGradients();

export const TASKS = ['click', 'conversion', 'cross-out'] as const;
export type Task = (typeof TASKS)[number];

/** Rates that a head says before it has learnt anything: of impressions, and of candidates. Conversions are given a click. */
export const PRIORS: Readonly<Record<Head['learns'], Readonly<Record<Task, number>>>> = {
  labels: { click: 0.0134, conversion: 0.047, 'cross-out': 0.0015 },
  'final stage': { click: 0.002, conversion: 0.0033, 'cross-out': 0.03 },
};

/** A head learns labels of impressions, or follows what the final stage says of candidates (its distilled twin). */
export interface Head {
  readonly task: Task;
  readonly learns: 'labels' | 'final stage';
}

export function headName({ task, learns }: Head): string {
  return learns === 'labels' ? task : `${task} twin`;
}

/** Embedded rows [batch, fields · dim] and numbers [batch, width] of one side of the inputs. */
export interface SideInput {
  readonly embedded: Tensor2D;
  readonly dense: Tensor2D;
}

/** A network of several heads, without its weights. */
export interface Network {
  /** What goes into it: one list for a network that sees everything at once, two for two towers. */
  readonly sides: readonly FeatureList[];
  readonly dim: number;
  readonly heads: readonly Head[];
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Logits [batch, 1] of each head. */
  readonly logits: (weights: Weights, inputs: readonly SideInput[]) => Tensor2D[];
}

/** Weights in plain arrays with their moments: a table of embedding rows for each side, and the dense weights. */
export interface MultiTaskParameters {
  readonly tables: readonly EmbeddingTable[];
  readonly dense: Readonly<Record<string, DenseWeight>>;
  steps: number;
}

/** Learning rates of Adagrad (embedding rows) and Adam (the rest). */
export interface MultiTaskRates {
  readonly rows: number;
  readonly dense: number;
}

/** Rows with what each head is to say of them; targets and weights [count, heads], row-major, weight 0 where it learns nothing. */
export interface MultiTaskBatch {
  readonly sides: readonly EncodedRows[];
  /** Slot of the impression by domain, [count, SLOT_COLUMNS]: see `slotColumns`. */
  readonly slots: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array;
  /** Total values that heads are to agree with together, where they are known. */
  readonly values?: LoggedValues;
}

/** Total values that a model's three label heads are to agree with together; one element a row. */
export interface LoggedValues {
  readonly bid: Float32Array;
  /** 1 where the advertiser pays for conversions. */
  readonly conversionBilled: Float32Array;
  readonly lambda: number;
  /** Total value for a thousand impressions. */
  readonly value: Float32Array;
  /** 0 where the value of a row is not known. */
  readonly weight: Float32Array;
}

/** Total values are told apart on this scale: sigmoid(value / scale). Far below zero it makes no difference how far. */
export const VALUE_SCALE = 20;

const LOWER_SLOTS = FUNNEL.slots - 1;
export const SLOT_COLUMNS = DOMAINS.length * LOWER_SLOTS;
const SLOT_WEIGHT = 'slot/weight';

/**
 * A click head has an offset for each lower slot of each domain, learnt beside the features and left out when ranking: the
 * first slot is what all candidates are judged in. One column a domain and lower slot; all zero for the first.
 */
export function slotColumns(
  domain: ArrayLike<number>,
  position: ArrayLike<number>,
  count: number,
): Float32Array {
  const columns = new Float32Array(count * SLOT_COLUMNS);
  for (let i = 0; i < count; i++) {
    const slot = position[i] ?? 0;
    if (slot > 0 && slot <= LOWER_SLOTS)
      columns[i * SLOT_COLUMNS + (domain[i] ?? 0) * LOWER_SLOTS + slot - 1] = 1;
  }
  return columns;
}

/** Only clicks depend on the slot, and only impressions have one. */
function seesSlots({ task, learns }: Head): boolean {
  return task === 'click' && learns === 'labels';
}

export function createMultiTask(network: Network, seed: number): MultiTaskParameters {
  const rng = createRng(seed, 93);
  const tables = network.sides.map((side) => createTable(side, network.dim, rng));
  const dense: Record<string, DenseWeight> = Object.fromEntries(
    Object.entries(network.shapes).map(([name, shape]) => [name, createWeight(shape, rng)]),
  );
  for (const head of network.heads) {
    const prior = PRIORS[head.learns][head.task];
    dense[`${headName(head)}/out/bias`]?.value.fill(Math.log(prior / (1 - prior)));
  }
  if (network.heads.some(seesSlots)) {
    const slots = createWeight([SLOT_COLUMNS, 1], rng);
    slots.value.fill(0);
    dense[SLOT_WEIGHT] = slots;
  }
  return { tables, dense, steps: 0 };
}

/** Probabilities of each head for each row in the first slot: one array a head. */
export async function predictHeads(
  network: Network,
  parameters: MultiTaskParameters,
  sides: readonly EncodedRows[],
  heads: readonly Head[],
): Promise<Float32Array[]> {
  const gathered = sides.map((rows, s) => gather(parameters, s, rows).values);
  const wanted = heads.map((head) => network.heads.findIndex((own) => headName(own) === headName(head)));
  const outputs = tidy(() => {
    const weights = upload(parameters.dense);
    const inputs = sides.map((rows, s) => sideInput(gathered[s] ?? new Float32Array(), rows));
    const logits = network.logits(weights, inputs);
    return wanted.map((at) => {
      const logit = logits[at];
      if (!logit) throw new RangeError('The network lacks a head that was asked for.');
      return sigmoid(logit);
    });
  });
  return Promise.all(outputs.map(download));
}

/** Learns a batch: the weighted logistic losses of all heads, summed over heads, averaged over rows. */
export async function learnBatch(
  network: Network,
  parameters: MultiTaskParameters,
  batch: MultiTaskBatch,
  rates: MultiTaskRates,
): Promise<void> {
  const { tables, dense } = parameters;
  parameters.steps++;
  const count = batch.sides[0]?.count ?? 0;
  const gathered = batch.sides.map((rows, s) => gather(parameters, s, rows));
  const names = Object.keys(dense);
  const gradients = tidy(() => {
    const weights = upload(dense);
    const inputs = batch.sides.map((rows, s) => sideInput(gathered[s]?.values ?? new Float32Array(), rows));
    const shape: [number, number] = [count, network.heads.length];
    const targets = tensor2d(batch.targets, shape);
    const factors = tensor2d(
      batch.weights.map((weight) => weight * network.heads.length),
      shape,
    );
    const slots = tensor2d(batch.slots, [count, SLOT_COLUMNS]);
    const loss = valueAndGrads((...values: Tensor[]) => {
      const embedded = values.slice(0, inputs.length) as Tensor2D[];
      const held = Object.fromEntries(names.map((name, i) => [name, values[inputs.length + i] as Tensor]));
      const sides = inputs.map(({ dense: numbers }, s) => ({
        embedded: embedded[s] as Tensor2D,
        dense: numbers,
      }));
      const logits = network.logits(held, sides).map((logit, h) => {
        const head = network.heads[h];
        if (!head || !seesSlots(head)) return logit;
        return add(logit, matMul(slots, held[SLOT_WEIGHT] as Tensor2D)) as Tensor2D;
      });
      const z = logits.length === 1 && logits[0] ? logits[0] : concat(logits, 1);
      const loss = mean(mul(factors, sub(softplus(z), mul(targets, z))));
      return batch.values ? add(loss, valueLoss(network.heads, logits, batch.values)) : loss;
    });
    const values = names.map((name) => weights[name] as Tensor);
    return loss([...inputs.map(({ embedded }) => embedded), ...values]).grads;
  });
  const downloaded = await Promise.all(gradients.map(download));
  names.forEach((name, i) => {
    const [weight, gradient] = [dense[name], downloaded[batch.sides.length + i]];
    if (weight && gradient) adamStep(weight, gradient, rates.dense, parameters.steps);
  });
  gathered.forEach(({ rows }, s) => {
    const [table, gradient] = [tables[s], downloaded[s]];
    // Rows see few examples of a batch: their gradient is that of the sum, not of the mean.
    if (table && gradient)
      adagradRows(
        table,
        rows,
        gradient.map((g) => g * count),
        rates.rows,
      );
  });
}

/**
 * Logistic loss between model and log of sigmoid(total value / scale), the value being
 * 1000·bid·pClick·[pConversion if billed on conversions] − 1000·λ·pCrossOut.
 */
export function valueLoss(heads: readonly Head[], logits: readonly Tensor2D[], values: LoggedValues): Scalar {
  const probability = (task: Task): Tensor2D => {
    const logit = logits[heads.findIndex((head) => head.task === task && head.learns === 'labels')];
    if (!logit) throw new RangeError(`Total values need a head for ${task}.`);
    return sigmoid(logit);
  };
  const perClick = column(values.bid.map((bid) => (1000 * bid) / VALUE_SCALE));
  const billed = column(values.conversionBilled);
  const free = column(values.conversionBilled.map((on) => 1 - on));
  const conversion = add(free, mul(billed, probability('conversion')));
  const gains = mul(mul(perClick, probability('click')), conversion);
  const losses = mul(scalar((1000 * values.lambda) / VALUE_SCALE), probability('cross-out'));
  const z = sub(gains, losses);
  const target = column(values.value.map((value) => 1 / (1 + Math.exp(-value / VALUE_SCALE))));
  return mean(mul(column(values.weight), sub(softplus(z), mul(target, z))));
}

/** The rows of a batch that some head learns from; undefined where there are none. */
export function withoutIdleRows(batch: MultiTaskBatch, heads: number): MultiTaskBatch | undefined {
  const count = batch.sides[0]?.count ?? 0;
  const kept: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let h = 0; h < heads; h++) {
      if (batch.weights[i * heads + h] !== 0 || batch.values) {
        kept.push(i);
        break;
      }
    }
  }
  if (kept.length === 0) return undefined;
  if (kept.length === count) return batch;
  return {
    sides: batch.sides.map((side) => takeRows(side, kept)),
    slots: take(batch.slots, SLOT_COLUMNS, kept),
    targets: take(batch.targets, heads, kept),
    weights: take(batch.weights, heads, kept),
  };
}

/** Some rows of encoded rows, in the given order. */
export function takeRows({ count, categorical, dense }: EncodedRows, rows: ArrayLike<number>): EncodedRows {
  return {
    count: rows.length,
    categorical: take(categorical, categorical.length / Math.max(1, count), rows),
    dense: take(dense, dense.length / Math.max(1, count), rows),
  };
}

function take<T extends Int32Array | Float32Array>(values: T, width: number, rows: ArrayLike<number>): T {
  const out = values.slice(0, rows.length * width) as T;
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * width;
    for (let k = 0; k < width; k++) out[i * width + k] = values[from + k] ?? 0;
  }
  return out;
}

function gather({ tables }: MultiTaskParameters, s: number, encoded: EncodedRows) {
  const table = tables[s];
  if (!table) throw new RangeError(`There is no table of side ${s}.`);
  const rows = tableRows(table, encoded.categorical);
  return { rows, values: gatherRows(table, rows) };
}

function sideInput(gathered: Float32Array, { count, dense }: EncodedRows): SideInput {
  return {
    embedded: tensor2d(gathered, [count, gathered.length / count]),
    dense: tensor2d(dense, [count, dense.length / count]),
  };
}

/** Widths of the inputs of a side: its embeddings and its numbers. */
export function sideWidths(side: FeatureList, dim: number): { embedded: number; dense: number } {
  return { embedded: side.categorical.length * dim, dense: denseWidth(side) };
}

/** The weight of this name as a matrix or a vector. @throws RangeError where there is none. */
export function weightOf<T extends Tensor>(weights: Weights, name: string): T {
  const weight = weights[name];
  if (!weight) throw new RangeError(`The weights lack ${name}.`);
  return weight as T;
}
