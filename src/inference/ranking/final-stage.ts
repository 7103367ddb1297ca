import { concat, type Tensor2D } from '@tensorflow/tfjs-core';
import {
  type EncodedRows,
  encodeRows,
  type FeatureSource,
  FINAL_FEATURES,
  withBuckets,
} from '../../adlog/features.ts';
import type { Estimates } from '../../funnel/scored-request.ts';
import { dcnBackbone, dcnShapes, headLogit } from './dcn.ts';
import {
  createMultiTask,
  type Head,
  headName,
  type MultiTaskParameters,
  type Network,
  predictHeads,
  sideWidths,
  TASKS,
} from './multi-task.ts';

const FINAL_DIM = 8;
const FINAL = withBuckets(FINAL_FEATURES, {
  user: 2 ** 11,
  ad: 2 ** 13,
  campaign: 2 ** 12,
  advertiser: 2 ** 11,
});
const HEADS: readonly Head[] = TASKS.map((task) => ({ task, learns: 'labels' }));
const SIZES = { crossLayers: 2, rank: 16, hidden: [96, 48], head: 16, heads: HEADS.map(headName) };
const { embedded, dense } = sideWidths(FINAL, FINAL_DIM);
const WIDTH = embedded + dense;

/** The final ranker: a DCNv2 over everything that is known when it ranks, with three heads. */
export const FINAL_NETWORK: Network = {
  sides: [FINAL],
  dim: FINAL_DIM,
  heads: HEADS,
  shapes: dcnShapes(WIDTH, SIZES),
  logits: (weights, [input]) => {
    if (!input) throw new RangeError('The final stage needs its inputs.');
    const backbone = dcnBackbone(weights, concat([input.embedded, input.dense], 1) as Tensor2D, SIZES);
    return HEADS.map((head) => headLogit(weights, headName(head), backbone));
  },
};

/** Multiply-adds for each candidate. */
export const FINAL_COST =
  SIZES.crossLayers * 2 * WIDTH * SIZES.rank +
  SIZES.hidden.reduce((sum, units, i) => sum + units * (SIZES.hidden[i - 1] ?? WIDTH), 0) +
  HEADS.length * ((WIDTH + (SIZES.hidden.at(-1) ?? 0)) * SIZES.head + SIZES.head);

export type FinalStage = MultiTaskParameters;

export function createFinalStage(seed: number): FinalStage {
  return createMultiTask(FINAL_NETWORK, seed);
}

export function encodeFinal(source: FeatureSource, count: number, rows?: ArrayLike<number>): EncodedRows {
  return encodeRows(FINAL, source, count, rows);
}

/** What the final stage says of encoded rows in the first slot. */
export async function estimateFinal(final: FinalStage, rows: EncodedRows): Promise<Estimates> {
  const [pClick, pConversion, pCrossOut] = await predictHeads(FINAL_NETWORK, final, [rows], HEADS);
  if (!pClick || !pConversion || !pCrossOut) throw new Error('The final stage lacks a head.');
  return { pClick, pConversion, pCrossOut };
}
