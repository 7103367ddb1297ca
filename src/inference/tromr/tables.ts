import {
  add,
  concat,
  dispose,
  pad,
  reshape,
  slice,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { STEP_SIZES } from '../../notation/steps.ts';
import { HIDDEN } from '../engine/attention.ts';
import type { Linear } from '../engine/layers.ts';
import type { Grammar } from './grammar.ts';
import { RHYTHMS, SCORE_OFFSETS, SCORES, SMALL_ROOM } from './layout.ts';

/** Branches one after the other along `axis` -> each branch in its room, zeros between: SCORES along the axis. */
function spread(x: Tensor2D, axis: 0 | 1): Tensor2D {
  let start = 0;
  const parts = STEP_SIZES.map((size, branch) => {
    const free = (branch === 0 ? RHYTHMS : SMALL_ROOM) - size;
    const part =
      axis === 0 ? slice(x, [start, 0], [size, x.shape[1]]) : slice(x, [0, start], [x.shape[0], size]);
    start += size;
    return pad(
      part,
      axis === 0
        ? [
            [0, free],
            [0, 0],
          ]
        : [
            [0, 0],
            [0, free],
          ],
    );
  });
  return concat(parts, axis);
}

/** [classes, width] and [columns, width] -> the table of embeddings [SCORES + columns, width]. */
export function embeddingTable(classes: Tensor2D, columns: Tensor2D): Tensor2D {
  const table = tidy(() => concat([spread(classes, 0), columns], 0));
  dispose(classes);
  return table;
}

/** The decoder's head [width, classes and the note head] -> [width, SCORES]; never-said rhythms are HIDDEN by the bias. */
export function scoreHead({ weight, bias }: Linear, grammar: Grammar): Linear {
  const mask = new Float32Array(SCORES);
  for (let rhythm = 0; rhythm < RHYTHMS; rhythm++) if (!grammar(0, 0)[rhythm]) mask[rhythm] = HIDDEN;
  const head = tidy(() => ({
    weight: spread(weight, 1),
    bias: add<Tensor1D>(reshape(spread(reshape(bias, [1, -1]), 1), [SCORES]), tensor1d(mask)),
  }));
  dispose([weight, bias]);
  return head;
}

/** [RHYTHMS, SCORES - RHYTHMS]: what is added to the scores of the other branches beside each rhythm, 0 or HIDDEN. */
export function grammarTable(grammar: Grammar): Tensor2D {
  const width = SCORES - RHYTHMS;
  const table = new Float32Array(RHYTHMS * width).fill(HIDDEN);
  for (let rhythm = 0; rhythm < RHYTHMS; rhythm++) {
    SCORE_OFFSETS.forEach((offset, branch) => {
      if (branch === 0) return;
      grammar(rhythm, branch).forEach((fits, value) => {
        if (fits) table[rhythm * width + offset - RHYTHMS + value] = 0;
      });
    });
  }
  return tensor2d(table, [RHYTHMS, width]);
}
