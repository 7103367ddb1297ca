import {
  add,
  argMax,
  cast,
  concat,
  gather,
  matMul,
  ones,
  type Rank,
  reshape,
  slice,
  split,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tensor2d,
  tensor4d,
  tensorScatterUpdate,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { attend, HIDDEN, joinHeads, splitHeads, splitParts } from '../engine/attention.ts';
import { layerNorm, linear } from '../engine/layers.ts';
import { at, pair, triple } from '../engine/tuples.ts';
import { applyFeedForward } from './encoder.ts';
import { BEGIN } from './grammar.ts';
import { RHYTHMS, SCORE_OFFSETS, SCORES, SMALL_BRANCHES, SMALL_ROOM } from './layout.ts';
import type { Parameters } from './parameters.ts';

/** Where the ids of a step begin in the table of embeddings: those of its branches, then its column. */
export const ROW_OFFSETS: readonly number[] = [...SCORE_OFFSETS, SCORES];

/** How many rows of the table of embeddings make the input of a step. */
export const INPUTS = ROW_OFFSETS.length;

/** Rows of the table of embeddings for a step that was seen at `column`. */
export function inputRows(step: readonly number[], column: number): number[] {
  return ROW_OFFSETS.map((offset, index) => offset + (step[index] ?? column));
}

/** The input of the first step: `begin`, at the first column. */
export const BEGIN_ROWS: readonly number[] = inputRows([BEGIN, ...Array(SMALL_BRANCHES).fill(0)], 0);

type KeysValues = { keys: Tensor4D; values: Tensor4D };

/** What the decoder looks at: each block's keys and values [batch, heads, columns, depth] of a batch of staves. */
export type Sight = { blocks: KeysValues[]; mask: Tensor4D };

/**
 * What the decoder has said: each block's keys and values [batch, heads, room, depth], zero where nothing was said yet,
 * and the rows of the last step [batch, INPUTS], int32. The room never changes.
 */
export type Past = { blocks: KeysValues[]; rows: Tensor2D };

/** Keys and values for memory [batch, columns, width], once for all steps. The mask is passed on. */
export function lookAt({ decoder }: Parameters, memory: Tensor3D, mask: Tensor4D, heads: number): Sight {
  return tidy(() => ({
    mask,
    blocks: decoder.blocks.map(({ cross }) => {
      const [keys, values] = pair(splitParts(linear(memory, cross.keysValues), 2, heads));
      return { keys, values };
    }),
  }));
}

/** Before the first step; `room` steps can follow. */
export function silence({ blocks, mask }: Sight, room: number): Past {
  const batch = mask.shape[0];
  return {
    blocks: blocks.map(({ keys: { shape } }) => ({
      keys: zeros<Rank.R4>([batch, shape[1], room, shape[3]]),
      values: zeros<Rank.R4>([batch, shape[1], room, shape[3]]),
    })),
    rows: tensor2d(
      Array.from({ length: batch }, () => [...BEGIN_ROWS]),
      [batch, INPUTS],
      'int32',
    ),
  };
}

/**
 * One greedy step of all staves: the past with step `time` (0 = first) written in, and a report
 * [batch, SCORES + columns + INPUTS]: the scores of all branches, the weights of the last block's guided head on the
 * columns, and the rows chosen. The caller owns the new tensors and still owns the old.
 */
export function step(
  model: Parameters,
  sight: Sight,
  past: Past,
  time: number,
): { past: Past; report: Tensor2D } {
  return tidy(() => {
    const [batch, heads, room] = past.blocks[0]?.keys.shape ?? [0, 0, 0];
    const place = placeOf(batch * heads, time);
    const causal = causalRow(time, room);
    const blocks: KeysValues[] = [];
    const position = slice(model.decoder.stepPositions, [time, 0], [1, -1]);
    let x: Tensor3D = add(embed(model, past.rows), position);
    let look: Tensor4D | undefined;
    for (const [index, block] of model.decoder.blocks.entries()) {
      const [q, k, v] = triple(split<Tensor3D>(linear(layerNorm(x, block.norm), block.qkv), 3, 2));
      const before = at(past.blocks, index);
      const now = { keys: write(before.keys, k, place), values: write(before.values, v, place) };
      blocks.push(now);
      const said = attend(oneEach(q, heads), now.keys, now.values, causal);
      x = add(x, linear(reshape(said.values, x.shape), block.out));
      const seen = attend(
        oneEach(linear(layerNorm(x, block.cross.norm), block.cross.query), heads),
        at(sight.blocks, index).keys,
        at(sight.blocks, index).values,
        sight.mask,
      );
      look = seen.weights;
      x = add(x, linear(reshape(seen.values, x.shape), block.cross.out));
      x = add(x, applyFeedForward(x, block.feedForward));
    }
    const scores: Tensor2D = reshape(scoresOf(model, x), [batch, SCORES]);
    const weights = guided(look, batch);
    const rows = choose(model, scores, weights);
    return {
      past: { blocks, rows },
      report: concat<Tensor2D>([scores, weights, cast(rows, 'float32')], 1),
    };
  });
}

/**
 * All steps at once, each told what to have said before: rows [batch, steps, INPUTS] -> scores [batch, steps, SCORES]
 * and the weights of the last block's guided head [batch, steps, columns].
 */
export function follow(
  model: Parameters,
  sight: Sight,
  rows: Tensor3D,
): { scores: Tensor3D; looks: Tensor3D } {
  return tidy(() => {
    const [batch, steps] = rows.shape;
    const heads = at(sight.blocks, 0).keys.shape[1];
    const causal = causalSquare(steps);
    const flat: Tensor2D = reshape(rows, [batch * steps, INPUTS]);
    const positions = slice(model.decoder.stepPositions, [0, 0], [steps, -1]);
    let x: Tensor3D = add(reshape(embed(model, flat), [batch, steps, -1]), positions);
    let look: Tensor4D | undefined;
    for (const [index, block] of model.decoder.blocks.entries()) {
      const [q, k, v] = triple(splitParts(linear(layerNorm(x, block.norm), block.qkv), 3, heads));
      x = add(x, linear(joinHeads(attend(q, k, v, causal).values), block.out));
      const { keys, values } = at(sight.blocks, index);
      const query = splitHeads(linear(layerNorm(x, block.cross.norm), block.cross.query), heads);
      const seen = attend(query, keys, values, sight.mask);
      look = seen.weights;
      x = add(x, linear(joinHeads(seen.values), block.cross.out));
      x = add(x, applyFeedForward(x, block.feedForward));
    }
    return { scores: scoresOf(model, x), looks: reshape(guided(look, batch, steps), [batch, steps, -1]) };
  });
}

/** Rows [batch, INPUTS] -> the sum of their embeddings [batch, 1, width]. */
function embed({ decoder }: Parameters, rows: Tensor2D): Tensor3D {
  const batch = rows.shape[0];
  const width = decoder.embedding.shape[1];
  const embedded = reshape(gather(decoder.embedding, reshape(rows, [-1])), [batch, INPUTS, width]);
  // A product with ones adds up the middle axis without moving it.
  return matMul(ones([batch, 1, INPUTS]), embedded);
}

function scoresOf({ decoder }: Parameters, x: Tensor3D): Tensor3D {
  return linear(layerNorm(x, decoder.norm), decoder.head);
}

/** The best class of each branch that the grammar allows, and the column looked at most: rows [batch, INPUTS]. */
function choose({ decoder }: Parameters, scores: Tensor2D, weights: Tensor2D): Tensor2D {
  const batch = scores.shape[0];
  const rhythm = argMax<Tensor1D>(slice(scores, [0, 0], [batch, RHYTHMS]), 1);
  const rest = add(slice(scores, [0, RHYTHMS], [batch, -1]), gather(decoder.grammar, rhythm));
  const small = argMax<Tensor2D>(reshape(rest, [batch, SMALL_BRANCHES, SMALL_ROOM]), 2);
  const column = argMax<Tensor1D>(weights, 1);
  const ids = concat<Tensor2D>([reshape(rhythm, [batch, 1]), small, reshape(column, [batch, 1])], 1);
  return add(ids, tensor2d([...ROW_OFFSETS], [1, INPUTS], 'int32'));
}

/** [batch, 1, heads * depth] -> [batch, heads, 1, depth]: with one step there is nothing to move. */
function oneEach(x: Tensor3D, heads: number): Tensor4D {
  return reshape(x, [x.shape[0], heads, 1, x.shape[2] / heads]);
}

/** A cache [batch, heads, room, depth] with a step's keys or values [batch, 1, heads * depth] written at its place. */
function write(cache: Tensor4D, value: Tensor3D, place: Tensor2D): Tensor4D {
  const [batch, heads, room, depth] = cache.shape;
  const rows = reshape(value, [batch * heads, depth]);
  return reshape(tensorScatterUpdate(reshape(cache, [batch * heads, room, depth]), place, rows), cache.shape);
}

/** The index of step `time` in each of `count` caches, [count, 2]. */
function placeOf(count: number, time: number): Tensor2D {
  const index = Int32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? i >> 1 : time));
  return tensor2d(index, [count, 2], 'int32');
}

function causalRow(time: number, room: number): Tensor4D {
  return tensor4d(
    Float32Array.from({ length: room }, (_, key) => (key <= time ? 0 : HIDDEN)),
    [1, 1, 1, room],
  );
}

function causalSquare(steps: number): Tensor4D {
  const mask = Float32Array.from({ length: steps * steps }, (_, i) =>
    i % steps <= Math.floor(i / steps) ? 0 : HIDDEN,
  );
  return tensor4d(mask, [1, 1, steps, steps]);
}

/** The first head of attention weights [batch, heads, steps, columns] -> [batch * steps, columns]. */
function guided(weights: Tensor4D | undefined, batch: number, steps = 1): Tensor2D {
  if (!weights) throw new Error('the decoder has no blocks');
  const columns = weights.shape[3];
  return reshape(slice(weights, [0, 0, 0, 0], [batch, 1, steps, columns]), [batch * steps, columns]);
}
