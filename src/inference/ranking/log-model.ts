import type { EncodedRows, FeatureList } from '../../adlog/features.ts';
import { bucketOf } from '../../adlog/readers/hashing.ts';
import type { AdCatalogue } from '../../adlog/readers/log-views.ts';
import { encodeRealLog, NUMERIC_ROWS, type RealLog } from '../../adlog/readers/real-log.ts';
import { createStudent, NO_DISTILLATION, predict, type Student, step } from './student.ts';

/** A vertical model for a log that a visitor brought: every input an embedding, hashed into `buckets` rows. */
export interface LogModel {
  readonly student: Student;
  readonly buckets: number;
  readonly batch: number;
}

const SIZES = { crossLayers: 2, rank: 8, hidden: [64, 32], head: 16 } as const;
const RATES = { rows: 0.05, dense: 0.0015, level: 0.015, adapter: 0.01 };

/** Predicts the rate of `rows` to begin with. Wide logs get fewer dimensions and buckets, so that a page can hold them. */
export function createLogModel(log: RealLog, rows: ArrayLike<number>, seed: number): LogModel {
  const fields = log.categorical.length + log.numeric.length;
  const buckets = log.categorical.length > 16 ? 2 ** 12 : 2 ** 13;
  const features: FeatureList = {
    name: 'log',
    categorical: [
      ...log.categorical.map(({ name }) => field(name, buckets + 1)),
      ...log.numeric.map(({ name }) => field(name, NUMERIC_ROWS)),
    ],
    dense: [],
  };
  const student = createStudent(features, fields > 16 ? 4 : 8, SIZES, NO_DISTILLATION, seed, RATES);
  let positives = 0;
  for (let i = 0; i < rows.length; i++) positives += log.label[rows[i] ?? 0] ?? 0;
  const rate = (positives + 0.5) / (rows.length + 1);
  student.parameters.dense['serving/out/bias']?.value.fill(Math.log(rate / (1 - rate)));
  return { student, buckets, batch: Math.min(1024, Math.max(64, Math.round(rows.length / 400))) };
}

function field(name: string, rows: number): FeatureList['categorical'][number] {
  return { name, side: 'pair', rows, read: () => 0 };
}

export interface Pace {
  readonly signal: AbortSignal;
  /** Share that is done, in [0, 1]. */
  readonly onProgress: (share: number) => void;
  /** Lets other work through; called between batches. */
  readonly breathe: () => Promise<void>;
}

/** One pass over the rows in their order. Returns whether it came to its end. */
export async function trainLogModel(
  model: LogModel,
  log: RealLog,
  rows: Uint32Array,
  pace: Pace,
): Promise<boolean> {
  for (let from = 0; from < rows.length; from += model.batch) {
    if (pace.signal.aborted) return false;
    const batch = rows.subarray(from, from + model.batch);
    const labels = Float32Array.from(batch, (row) => log.label[row] ?? 0);
    await step(model.student, { rows: encode(model, log, batch), labels });
    pace.onProgress(Math.min(1, (from + batch.length) / rows.length));
    await pace.breathe();
  }
  return true;
}

/** Rows that are predicted at once. */
const CHUNK = 2048;

/** Probabilities of the rows, in their order; null where it was stopped. */
export async function predictLog(
  model: LogModel,
  log: RealLog,
  rows: Uint32Array,
  pace: Pace,
): Promise<Float32Array | null> {
  const out = new Float32Array(rows.length);
  for (let from = 0; from < rows.length; from += CHUNK) {
    if (pace.signal.aborted) return null;
    const chunk = rows.subarray(from, from + CHUNK);
    out.set(await predict(model.student, encode(model, log, chunk)), from);
    pace.onProgress(Math.min(1, (from + chunk.length) / rows.length));
    await pace.breathe();
  }
  return out;
}

/** Probabilities of every ad in the place of each row's own, row-major [rows, ads]; null where it was stopped. */
export async function scoreEveryAd(
  model: LogModel,
  log: RealLog,
  rows: Uint32Array,
  catalogue: AdCatalogue,
  pace: Pace,
): Promise<Float32Array | null> {
  const ads = catalogue.ids.length;
  const out = new Float32Array(rows.length * ads);
  const perChunk = Math.max(1, Math.floor(CHUNK / ads));
  for (let from = 0; from < rows.length; from += perChunk) {
    if (pace.signal.aborted) return null;
    const chunk = rows.subarray(from, from + perChunk);
    const exchanged = exchangeAds(encode(model, log, chunk), catalogue, model.buckets);
    out.set(await predict(model.student, exchanged), from * ads);
    pace.onProgress(Math.min(1, (from + chunk.length) / rows.length));
    await pace.breathe();
  }
  return out;
}

function encode({ buckets }: LogModel, log: RealLog, rows: Uint32Array): EncodedRows {
  return {
    count: rows.length,
    categorical: encodeRealLog(log, rows, buckets),
    dense: new Float32Array(0),
  };
}

/** Every row once for each ad, with the ad's own columns exchanged: [rows · ads, fields]. */
export function exchangeAds(rows: EncodedRows, catalogue: AdCatalogue, buckets: number): EncodedRows {
  const fields = rows.categorical.length / Math.max(1, rows.count);
  const ads = catalogue.ids.length;
  const categorical = new Int32Array(rows.count * ads * fields);
  for (let row = 0; row < rows.count; row++) {
    const own = rows.categorical.subarray(row * fields, (row + 1) * fields);
    for (let ad = 0; ad < ads; ad++) {
      const at = (row * ads + ad) * fields;
      categorical.set(own, at);
      for (const { column, hash } of catalogue.columns)
        categorical[at + column] = bucketOf(hash[ad] ?? 0, buckets);
    }
  }
  return { count: rows.count * ads, categorical, dense: new Float32Array(0) };
}
