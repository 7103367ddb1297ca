import { concat, dispose, slice, type Tensor4D, tensor3d, tidy } from '@tensorflow/tfjs-core';
import { at } from '../engine/tuples.ts';
import { BEGIN_ROWS, follow, INPUTS, inputRows, type Sight } from './decoder.ts';
import { END } from './grammar.ts';
import type { ReadStep } from './hypothesis.ts';
import { logProbability } from './judge.ts';
import { SCORE_OFFSETS, SCORES } from './layout.ts';
import type { Parameters } from './parameters.ts';

/** Lengths that are computed are multiples of this, so that the device sees few shapes. */
const LENGTHS = 64;

/** A reading of a staff, by its place in the batch. */
export type Followed = { index: number; steps: readonly ReadStep[] };

/**
 * What the decoder thinks of another's readings of some staves of a batch, at most `size`: the log probabilities of saying
 * each of these steps at its place, and last of the end; -Infinity beyond the decoder's positions.
 */
export async function decoderLogP(
  model: Parameters,
  sight: Sight,
  followed: readonly Followed[],
  size: number,
): Promise<number[][]> {
  const positions = model.decoder.stepPositions.shape[0];
  const inputs = followed.map(({ steps }) => [
    BEGIN_ROWS,
    ...steps.slice(0, positions - 1).map(({ step, column }) => inputRows(step, Math.floor(column))),
  ]);
  const longest = Math.max(...inputs.map((rows) => rows.length));
  const length = Math.min(Math.ceil(longest / LENGTHS) * LENGTHS, positions);
  const rows = Int32Array.from({ length: size * length * INPUTS }, (_, i) => {
    const step = Math.floor(i / INPUTS);
    const input = inputs[Math.floor(step / length)]?.[step % length] ?? BEGIN_ROWS;
    return input[i % INPUTS] ?? 0;
  });
  const staves = Array.from({ length: size }, (_, i) => followed[i]?.index ?? at(followed, 0).index);
  const scores = tidy(
    () => follow(model, pick(sight, staves), tensor3d(rows, [size, length, INPUTS], 'int32')).scores,
  );
  const values = await scores.data<'float32'>();
  dispose(scores);
  return followed.map(({ steps }, staff) =>
    [...steps.map(({ step }) => step), [END]].map((step, time) => {
      const start = (staff * length + time) * SCORES;
      const row = { scores: values, start, offsets: SCORE_OFFSETS };
      return time < positions ? logProbability(row, step) : Number.NEGATIVE_INFINITY;
    }),
  );
}

/** Some staves of a batch as one of their own. */
function pick({ mask, blocks }: Sight, staves: readonly number[]): Sight {
  const some = (x: Tensor4D): Tensor4D =>
    concat(
      staves.map((index) => slice(x, [index, 0, 0, 0], [1, -1, -1, -1])),
      0,
    );
  return {
    mask: some(mask),
    blocks: blocks.map(({ keys, values }) => ({ keys: some(keys), values: some(values) })),
  };
}
