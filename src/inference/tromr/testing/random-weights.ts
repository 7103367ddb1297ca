import { createHash } from 'node:crypto';
import { STEP_SIZES } from '../../../notation/steps.ts';
import { STAFF_GEOMETRY } from '../../../page/geometry.ts';
import type { TensorEntry, WeightSource } from '../../engine/weights.ts';
import { FRAME } from '../layout.ts';

export type Sizes = {
  stem: [number, number, number, number];
  width: number;
  heads: number;
  encoder_layers: number;
  encoder_hidden: number;
  decoder_layers: number;
  decoder_hidden: number;
  columns: number;
  steps: number;
  slots: number;
};

/** As large as the shipped model. */
export const FULL: Sizes = {
  stem: [24, 48, 96, 128],
  width: 256,
  heads: 4,
  encoder_layers: 3,
  encoder_hidden: 512,
  decoder_layers: 2,
  decoder_hidden: 320,
  columns: 160,
  steps: 256,
  slots: 4,
};

export const TINY: Sizes = {
  ...FULL,
  stem: [4, 4, 4, 8],
  width: 16,
  heads: 2,
  encoder_layers: 1,
  encoder_hidden: 16,
  decoder_hidden: 16,
  steps: 24,
};

/** Weights of the right shapes and sensible sizes that mean nothing, the same for the same seed. */
export function randomWeights(sizes: Sizes, seed = 1): WeightSource {
  const entries: TensorEntry[] = [];
  const values: number[] = [];
  const random = lcg(seed);
  const put = (name: string, shape: number[], scale: number, centre = 0) => {
    entries.push({ name, shape, shard: 0, offset: 2 * values.length });
    const size = shape.reduce((product, side) => product * side, 1);
    for (let i = 0; i < size; i++)
      values.push(float16Bits(centre + scale * (random() + random() + random() - 1.5)));
  };
  const linear = (name: string, from: number, to: number) => {
    put(`${name}.weight`, [from, to], 2 / Math.sqrt(from));
    put(`${name}.bias`, [to], 0.1);
  };
  const norm = (name: string) => {
    put(`${name}.weight`, [sizes.width], 0.1, 1);
    put(`${name}.bias`, [sizes.width], 0.1);
  };
  const convolution = (name: string, from: number, to: number) => {
    put(`${name}.weight`, [3, 3, from, to], 2 / Math.sqrt(9 * from));
    put(`${name}.bias`, [to], 0.1);
  };
  const { stem, width } = sizes;
  const classes = STEP_SIZES.reduce((sum, size) => sum + size, 0);
  convolution('stem.c1', 1, stem[0]);
  for (const index of [2, 3, 4] as const) {
    const [from, to] = [stem[index - 2] ?? 0, stem[index - 1] ?? 0];
    convolution(`stem.c${index}`, from, to);
    convolution(`stem.r${index}a`, to, to);
    convolution(`stem.r${index}b`, to, to);
  }
  linear('stem.out', 8 * stem[3], width);
  put('column_positions', [sizes.columns, width], 0.5);
  put('step_positions', [sizes.steps, width], 0.5);
  for (let i = 0; i < sizes.encoder_layers; i++) {
    norm(`encoder.${i}.norm1`);
    linear(`encoder.${i}.qkv`, width, 3 * width);
    linear(`encoder.${i}.out`, width, width);
    norm(`encoder.${i}.norm2`);
    linear(`encoder.${i}.up`, width, sizes.encoder_hidden);
    linear(`encoder.${i}.down`, sizes.encoder_hidden, width);
  }
  norm('encoder_norm');
  linear('draft_head', width, sizes.slots * FRAME);
  put('embed.weight', [classes, width], 0.3);
  for (let i = 0; i < sizes.decoder_layers; i++) {
    for (const name of ['norm1', 'norm2', 'norm3']) norm(`decoder.${i}.${name}`);
    linear(`decoder.${i}.qkv`, width, 3 * width);
    linear(`decoder.${i}.out`, width, width);
    linear(`decoder.${i}.q`, width, width);
    linear(`decoder.${i}.kv`, width, 2 * width);
    linear(`decoder.${i}.cross`, width, width);
    linear(`decoder.${i}.up`, width, sizes.decoder_hidden);
    linear(`decoder.${i}.down`, sizes.decoder_hidden, width);
  }
  norm('decoder_norm');
  linear('head', width, classes + 2);

  const bytes = new Uint8Array(Uint16Array.from(values).buffer);
  const shard = {
    file: 'weights.bin',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const manifest = {
    dimensions: sizes,
    staff: STAFF_GEOMETRY,
    shards: [shard],
    tensors: entries.map((entry) => ({ ...entry, dtype: 'float16' })),
  };
  return { manifest: async () => manifest, shard: async () => bytes };
}

function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The half-precision number next to a normal one below 65504, as its bits. */
export function float16Bits(value: number): number {
  const size = Math.abs(value);
  if (size < 2 ** -14) return 0;
  const exponent = Math.floor(Math.log2(size));
  const fraction = Math.round((size / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) | (((exponent + 15) << 10) + fraction);
}
