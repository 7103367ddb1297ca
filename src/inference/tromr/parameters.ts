import { dispose, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Convolution, Linear, Norm } from '../engine/layers.ts';
import { WeightsError } from '../engine/weights.ts';
import { allowed, type Grammar } from './grammar.ts';
import { embeddingTable, grammarTable, scoreHead } from './tables.ts';

export type FeedForward = { norm: Norm; up: Linear; down: Linear };

export type EncoderBlock = { norm: Norm; qkv: Linear; out: Linear; feedForward: FeedForward };

export type DecoderBlock = EncoderBlock & {
  /** Attention to the encoder's columns. */
  cross: { norm: Norm; query: Linear; keysValues: Linear; out: Linear };
};

/** A stage of the stem: a convolution that halves the image, then a residual pair (none in the first). */
export type StemStage = { entry: Convolution; residual?: [Convolution, Convolution] };

/** The weights of TrOMR in small, with the decoder's tables laid out as `layout.ts` says. All float32. */
export type Parameters = {
  stem: { stages: StemStage[]; out: Linear };
  columnPositions: Tensor2D;
  encoder: { blocks: EncoderBlock[]; norm: Norm };
  draft: Linear;
  decoder: {
    /** [SCORES + columns, width]: what was said, then where it was seen. */
    embedding: Tensor2D;
    stepPositions: Tensor2D;
    blocks: DecoderBlock[];
    norm: Norm;
    /** width -> SCORES; what the grammar never allows is HIDDEN by the bias. */
    head: Linear;
    /** [RHYTHMS, SCORES - RHYTHMS]: 0 or HIDDEN for each value of the other branches beside each rhythm. */
    grammar: Tensor2D;
  };
};

/**
 * Takes the named tensors over into the structure that the model's functions read. Those that are laid out anew are
 * disposed of.
 * @throws WeightsError if one is missing or of another rank.
 */
export function parameters(weights: ReadonlyMap<string, Tensor>, grammar: Grammar = allowed): Parameters {
  const get = <T extends Tensor>(name: string, hasRank: (x: Tensor) => x is T): T => {
    const found = weights.get(name);
    if (!found || !hasRank(found)) throw new WeightsError('unsuitable', `the weights lack a proper ${name}`);
    return found;
  };
  const linear = (name: string): Linear => ({
    weight: get(`${name}.weight`, isMatrix),
    bias: get(`${name}.bias`, isVector),
  });
  const norm = (name: string): Norm => ({
    weight: get(`${name}.weight`, isVector),
    bias: get(`${name}.bias`, isVector),
  });
  const convolution = (name: string): Convolution => ({
    weight: get(`${name}.weight`, isKernel),
    bias: get(`${name}.bias`, isVector),
  });
  const block = (name: string, last: string): EncoderBlock => ({
    norm: norm(`${name}.norm1`),
    qkv: linear(`${name}.qkv`),
    out: linear(`${name}.out`),
    feedForward: { norm: norm(`${name}.${last}`), up: linear(`${name}.up`), down: linear(`${name}.down`) },
  });
  const decoderBlock = (name: string): DecoderBlock => ({
    ...block(name, 'norm3'),
    cross: {
      norm: norm(`${name}.norm2`),
      query: linear(`${name}.q`),
      keysValues: linear(`${name}.kv`),
      out: linear(`${name}.cross`),
    },
  });
  const blocks = <T>(prefix: string, make: (name: string) => T): T[] => {
    const made: T[] = [];
    while (weights.has(`${prefix}.${made.length}.qkv.weight`)) made.push(make(`${prefix}.${made.length}`));
    return made;
  };
  const stage = (index: number): StemStage => ({
    entry: convolution(`stem.c${index}`),
    residual: [convolution(`stem.r${index}a`), convolution(`stem.r${index}b`)],
  });
  const columnPositions = get('column_positions', isMatrix);
  return {
    stem: {
      stages: [{ entry: convolution('stem.c1') }, stage(2), stage(3), stage(4)],
      out: linear('stem.out'),
    },
    columnPositions,
    encoder: {
      blocks: blocks('encoder', (name) => block(name, 'norm2')),
      norm: norm('encoder_norm'),
    },
    draft: linear('draft_head'),
    decoder: {
      embedding: embeddingTable(get('embed.weight', isMatrix), columnPositions),
      stepPositions: get('step_positions', isMatrix),
      blocks: blocks('decoder', decoderBlock),
      norm: norm('decoder_norm'),
      head: scoreHead(linear('head'), grammar),
      grammar: grammarTable(grammar),
    },
  };
}

const isVector = (x: Tensor): x is Tensor1D => x.rank === 1;
const isMatrix = (x: Tensor): x is Tensor2D => x.rank === 2;
const isKernel = (x: Tensor): x is Tensor4D => x.rank === 4;

/** Frees every tensor of the parameters. */
export function disposeParameters(parameters: Parameters): void {
  dispose(parameters);
}
