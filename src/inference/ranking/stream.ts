import { encodeRows, type FeatureSource } from '../../adlog/features.ts';
import { adapt, predict, type Student, step } from './student.ts';

/** What long work asks of its caller now and then. */
export interface Hooks {
  readonly signal?: AbortSignal;
  /** Share of the work at hand that is done, 0 … 1. */
  readonly onShare?: (share: number) => void;
}

/** Rows of a day for one model, in order of time. */
export interface StreamRows {
  readonly source: FeatureSource;
  readonly rows: Int32Array;
  /** Label of each of the rows. */
  readonly labels: Float32Array;
  /** The teacher's prediction for each of the rows. */
  readonly teacher?: Float32Array;
}

export interface StreamPredictions {
  /** Each made before the row was learnt. */
  readonly served: Float32Array;
  /** The adapter's, likewise; absent where there is no adapter or no teacher. */
  readonly adapted?: Float32Array;
}

/** Milliseconds of work after which waiting messages are heard. */
const BREATH = 30;

/** Lets messages in once in a while. @throws the signal's reason once it is aborted. */
export function createBreath(signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - last < BREATH) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    last = performance.now();
  };
}

/** One pass over the rows: predict, then train, batch by batch. */
export async function trainOnRows(
  model: Student,
  { source, rows, labels, teacher }: StreamRows,
  batch: number,
  { signal, onShare }: Hooks = {},
): Promise<StreamPredictions> {
  const served = new Float32Array(rows.length);
  const { mode, adapter } = model.distillation;
  const adapted = teacher && mode === 'auxiliary head' && adapter ? new Float32Array(rows.length) : undefined;
  const breathe = createBreath(signal);
  for (let from = 0; from < rows.length; from += batch) {
    await breathe();
    const to = Math.min(rows.length, from + batch);
    const encoded = encodeRows(model.features, source, to - from, rows.subarray(from, to));
    const taught = teacher?.subarray(from, to);
    if (adapted && taught) adapted.set(await adapt(model.adapter, taught), from);
    const own = { rows: encoded, labels: labels.slice(from, to) };
    served.set(await step(model, taught ? { ...own, teacher: taught } : own), from);
    onShare?.(to / rows.length);
  }
  return adapted ? { served, adapted } : { served };
}

/** Predictions for the rows of a source, without learning. `blind` shows the model empty features instead. */
export async function scoreRows(
  model: Student,
  source: FeatureSource,
  rows: Int32Array,
  { signal, onShare }: Hooks = {},
  blind = false,
): Promise<Float32Array> {
  const scores = new Float32Array(rows.length);
  const breathe = createBreath(signal);
  for (let from = 0; from < rows.length; from += SCORING_BATCH) {
    await breathe();
    const to = Math.min(rows.length, from + SCORING_BATCH);
    const encoded = encodeRows(model.features, source, to - from, rows.subarray(from, to));
    if (blind) {
      encoded.categorical.fill(0);
      encoded.dense.fill(0);
    }
    scores.set(await predict(model, encoded), from);
    onShare?.(to / rows.length);
  }
  return scores;
}

const SCORING_BATCH = 1024;
