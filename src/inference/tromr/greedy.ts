import { dispose, slice, stack, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { sizeFor } from './batches.ts';
import { type Past, ROW_OFFSETS, type Sight, silence, step } from './decoder.ts';
import { END } from './grammar.ts';
import type { Hypothesis, ReadStep } from './hypothesis.ts';
import { judge, logProbability, type Row } from './judge.ts';
import { SCORE_OFFSETS, SCORES } from './layout.ts';
import type { Parameters } from './parameters.ts';

export type GreedyOptions = {
  /** Steps at most. */
  room: number;
  /** Steps between two looks at what the device has chosen. */
  every: number;
  /** Batch sizes to shrink to as staves end. */
  sizes: readonly number[];
  /** Told of every staff that went on since the last look, by its place in the batch. */
  onSteps?: (staff: number, steps: ReadStep[], ended: boolean) => void;
  /** Awaited at every look; it may throw to stop. */
  onLook?: () => Promise<void>;
};

type Reading = Hypothesis & { ended: boolean };

/**
 * Reads the first `staves` staves of a batch with the decoder, all at once, each step the best class of every branch. The
 * choice stays on the device; it is read back every few steps. `sight` stays the caller's.
 */
export async function readGreedily(
  model: Parameters,
  sight: Sight,
  staves: number,
  options: GreedyOptions,
): Promise<Hypothesis[]> {
  const readings = Array.from({ length: staves }, (): Reading => ({ steps: [], logP: [], ended: false }));
  let batch: Batch = { sight, past: silence(sight, options.room) };
  try {
    for (let time = 0; time < options.room && readings.some(({ ended }) => !ended); time += options.every) {
      const { past, reports } = run(model, batch, time, Math.min(options.every, options.room - time));
      batch = { sight: batch.sight, past };
      const size = past.rows.shape[0];
      const values = await readBack(reports);
      const width = values.length / reports.length / size;
      readings.forEach((reading, staff) => {
        if (reading.ended) return;
        for (let k = 0; k < reports.length && !reading.ended; k++) {
          takeIn(reading, values, (k * size + staff) * width, width);
        }
        options.onSteps?.(staff, reading.steps, reading.ended);
      });
      batch = shrink(batch, sight, readings, options.sizes);
      await options.onLook?.();
    }
  } finally {
    dispose(batch.past);
    if (batch.sight !== sight) dispose(batch.sight);
  }
  return readings.map(({ steps, logP, ended }) => ({
    steps,
    logP: ended ? logP : [...logP, Number.NEGATIVE_INFINITY],
  }));
}

type Batch = { sight: Sight; past: Past };

/** Some steps on the device. The batch's past is disposed of; the reports are the caller's. */
function run(model: Parameters, { sight, past }: Batch, time: number, count: number) {
  const reports: Tensor2D[] = [];
  let now = past;
  for (let k = 0; k < count; k++) {
    const next = step(model, sight, now, time + k);
    dispose(now);
    now = next.past;
    reports.push(next.report);
  }
  return { past: now, reports };
}

async function readBack(reports: Tensor2D[]): Promise<Float32Array> {
  const all = tidy(() => stack(reports));
  dispose(reports);
  const values = await all.data<'float32'>();
  dispose(all);
  return values;
}

/** Adds a step from its report to a reading. */
function takeIn(reading: Reading, report: Float32Array, start: number, width: number): void {
  const row: Row = { scores: report, start, offsets: SCORE_OFFSETS };
  const chosen = start + width - ROW_OFFSETS.length;
  const ids = ROW_OFFSETS.map((offset, index) => (report[chosen + index] ?? 0) - offset);
  const column = ids.pop() ?? 0;
  reading.logP.push(logProbability(row, ids));
  if (ids[0] === END) {
    reading.ended = true;
    return;
  }
  const looks = report.subarray(start + SCORES, chosen);
  reading.steps.push({ step: ids, column: centre(looks, column), ...judge(row, ids) });
  if (isStuck(reading.steps)) cutShort(reading);
}

/** Columns within which a decoder that is stuck hops to and fro. */
const REACH = 1.5;
/** More symbols than the largest chord of two voices holds. */
const MOST_AT_ONE_PLACE = 14;

/** Whether a reading goes round and round: it has looked at one place for longer than any music stands there. */
export function isStuck(steps: readonly { column: number }[]): boolean {
  if (steps.length < MOST_AT_ONE_PLACE) return false;
  const columns = steps.slice(-MOST_AT_ONE_PLACE).map(({ column }) => column);
  return Math.max(...columns) - Math.min(...columns) < REACH;
}

/** Ends a reading that is stuck: what it said since it got stuck but once is dropped, and the end is not its own word. */
function cutShort(reading: Reading): void {
  reading.steps.splice(1 - MOST_AT_ONE_PLACE);
  reading.logP.splice(1 - MOST_AT_ONE_PLACE);
  reading.logP.push(Number.NEGATIVE_INFINITY);
  reading.ended = true;
}

/** The centre of the weights on a column and its two neighbours, in columns. */
function centre(looks: Float32Array, column: number): number {
  let moment = 0;
  let mass = 0;
  for (let i = Math.max(0, column - 1); i <= Math.min(column + 1, looks.length - 1); i++) {
    moment += (i + 0.5) * (looks[i] ?? 0);
    mass += looks[i] ?? 0;
  }
  return mass > 0 ? moment / mass : column + 0.5;
}

/** Cuts the staves off the end of a batch that have all ended, if a smaller size holds the others. */
function shrink(batch: Batch, whole: Sight, readings: readonly Reading[], sizes: readonly number[]): Batch {
  const now = batch.past.rows.shape[0];
  const size = sizeFor(readings.findLastIndex(({ ended }) => !ended) + 1, sizes);
  if (size >= now) return batch;
  const first = (x: Tensor4D): Tensor4D => slice(x, [0, 0, 0, 0], [size, -1, -1, -1]);
  const cut = ({ keys, values }: Past['blocks'][number]) => ({ keys: first(keys), values: first(values) });
  const smaller = tidy(() => ({
    sight: { mask: first(batch.sight.mask), blocks: batch.sight.blocks.map(cut) },
    past: { rows: slice(batch.past.rows, [0, 0], [size, -1]), blocks: batch.past.blocks.map(cut) },
  }));
  dispose(batch.past);
  if (batch.sight !== whole) dispose(batch.sight);
  return smaller;
}
