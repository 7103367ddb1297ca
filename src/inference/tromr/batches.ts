import type { Backend } from '../engine/choose.ts';

/** The shapes that a backend computes in: few and fixed, because WebGPU keeps a buffer of every size that it ever saw. */
export type Shapes = {
  /** Widths of staff images, px, ascending multiples of 64. */
  widths: readonly number[];
  /** Staves that the encoder takes at once. */
  encoded: number;
  /** Sizes of the decoder's batches, ascending; a batch shrinks to a smaller one as its staves end. */
  decoded: readonly number[];
  /** Drafts that the decoder scores at once. */
  followed: number;
};

const everyMultiple = (of: number, last: number) => Array.from({ length: last / of }, (_, i) => (i + 1) * of);

/** WebGPU is bound by dispatches: few large batches. On a CPU padding costs time and batches save little. */
export function shapesFor(backend: Backend, maxWidth: number): Shapes {
  return backend === 'webgpu'
    ? { widths: [maxWidth / 2, maxWidth], encoded: 8, decoded: [8, 32], followed: 8 }
    : {
        widths: everyMultiple(64, maxWidth),
        encoded: 2,
        decoded: [1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32],
        followed: 1,
      };
}

/** The smallest of ascending sizes that holds `wanted`, or else the largest. */
export function sizeFor(wanted: number, sizes: readonly number[]): number {
  return sizes.find((size) => size >= wanted) ?? sizes.at(-1) ?? wanted;
}

/** Indices of staves that share a width. */
export type EncoderBatch = { width: number; members: number[] };

/** Staves by their width in batches of at most `encoded`, in the order of the page as far as widths allow. */
export function encoderBatches(widths: readonly number[], shapes: Shapes): EncoderBatch[] {
  const batches: EncoderBatch[] = [];
  widths.forEach((width, index) => {
    const room = sizeFor(width, shapes.widths);
    const open = batches.find((batch) => batch.width === room && batch.members.length < shapes.encoded);
    if (open) open.members.push(index);
    else batches.push({ width: room, members: [index] });
  });
  return batches;
}

/** Staves in batches for the decoder, the longest draft first, so that a batch can shrink from its end. */
export function decoderBatches(draftLengths: readonly number[], shapes: Shapes): number[][] {
  const largest = shapes.decoded.at(-1) ?? 1;
  const order = draftLengths.map((_, index) => index);
  order.sort((a, b) => (draftLengths[b] ?? 0) - (draftLengths[a] ?? 0));
  const batches: number[][] = [];
  for (let i = 0; i < order.length; i += largest) batches.push(order.slice(i, i + largest));
  return batches;
}
