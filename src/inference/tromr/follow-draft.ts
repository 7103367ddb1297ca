import { dispose, slice, type Tensor4D, tensor3d, tidy } from '@tensorflow/tfjs-core';
import { BEGIN_ROWS, follow, INPUTS, inputRows, type Sight } from './decoder.ts';
import { END } from './grammar.ts';
import type { ReadStep } from './hypothesis.ts';
import { logProbability } from './judge.ts';
import { SCORE_OFFSETS, SCORES } from './layout.ts';
import type { Parameters } from './parameters.ts';

/** Lengths that are computed are multiples of this, so that the device sees few shapes. */
const LENGTHS = 64;

/**
 * What the decoder thinks of another's reading of staff `index` of a batch: the log probability of saying these steps at
 * these places, and then the end; -Infinity if they are more than the decoder has positions for.
 */
export async function decoderLogP(
  model: Parameters,
  sight: Sight,
  index: number,
  steps: readonly ReadStep[],
): Promise<number> {
  if (steps.length >= model.decoder.stepPositions.shape[0]) return Number.NEGATIVE_INFINITY;
  const inputs = [BEGIN_ROWS, ...steps.map(({ step, column }) => inputRows(step, Math.floor(column)))];
  const length = Math.min(Math.ceil(inputs.length / LENGTHS) * LENGTHS, model.decoder.stepPositions.shape[0]);
  const rows = Int32Array.from({ length: length * INPUTS }, (_, i) => {
    const input = inputs[Math.floor(i / INPUTS)] ?? BEGIN_ROWS;
    return input[i % INPUTS] ?? 0;
  });
  const scores = tidy(() => {
    const one = (x: Tensor4D): Tensor4D => slice(x, [index, 0, 0, 0], [1, -1, -1, -1]);
    const alone: Sight = {
      mask: one(sight.mask),
      blocks: sight.blocks.map(({ keys, values }) => ({ keys: one(keys), values: one(values) })),
    };
    return follow(model, alone, tensor3d(rows, [1, length, INPUTS], 'int32')).scores;
  });
  const values = await scores.data<'float32'>();
  dispose(scores);
  const said = [...steps.map(({ step }) => step), [END]];
  return said.reduce(
    (sum, step, time) =>
      sum + logProbability({ scores: values, start: time * SCORES, offsets: SCORE_OFFSETS }, step),
    0,
  );
}
