import {
  add,
  relu,
  reshape,
  slice,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { attend, joinHeads, splitParts } from '../engine/attention.ts';
import { convolution, gelu, layerNorm, linear } from '../engine/layers.ts';
import { triple } from '../engine/tuples.ts';
import type { FeedForward, Parameters } from './parameters.ts';

/** Ink [batch, 128, width, 1], 0 = paper … 1 = ink -> the last stage [batch, 8, width / 8, channels]. */
export function stem({ stem: { stages } }: Parameters, ink: Tensor4D): Tensor4D {
  return tidy(() => {
    let x = ink;
    stages.forEach(({ entry, residual }, index) => {
      // The last stage halves the rows but keeps the columns.
      x = convolution(x, entry, [2, index === stages.length - 1 ? 1 : 2]);
      if (!residual) return;
      const inner = convolution(convolution(x, residual[0]), residual[1], [1, 1], 'linear');
      x = relu(add(x, inner));
    });
    return x;
  });
}

/**
 * Ink [batch, 128, width, 1] -> memory [batch, columns, model width] with columns = width / 8. Its positions are in it.
 * @param mask [batch, 1, 1, columns], HIDDEN on columns beyond a staff's end, else 0
 */
export function encode(model: Parameters, ink: Tensor4D, mask: Tensor4D, heads: number): Tensor3D {
  return tidy(() => {
    const last = stem(model, ink);
    const [batch, rows, columns, channels] = last.shape;
    const perColumn: Tensor3D = reshape(transpose(last, [0, 2, 1, 3]), [batch, columns, rows * channels]);
    const positions: Tensor2D = slice(model.columnPositions, [0, 0], [columns, -1]);
    let x: Tensor3D = add(linear(perColumn, model.stem.out), positions);
    for (const { norm, qkv, out, feedForward } of model.encoder.blocks) {
      const [q, k, v] = triple(splitParts(linear(layerNorm(x, norm), qkv), 3, heads));
      x = add(x, linear(joinHeads(attend(q, k, v, mask).values), out));
      x = add(x, applyFeedForward(x, feedForward));
    }
    return add(layerNorm(x, model.encoder.norm), positions);
  });
}

/** What a feed-forward block adds to x [batch, time, width]. */
export function applyFeedForward(x: Tensor3D, { norm, up, down }: FeedForward): Tensor3D {
  return linear(gelu(linear(layerNorm(x, norm), up)), down);
}

/** The draft's scores (logits) [batch, columns, slots * FRAME] of a memory. */
export function draftScores({ draft }: Parameters, memory: Tensor3D): Tensor3D {
  return linear(memory, draft);
}
