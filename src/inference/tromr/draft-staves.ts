import { concat, dispose, pad, slice, type Tensor3D, tidy, zeros } from '@tensorflow/tfjs-core';
import type { GreyImage } from '../../page/image.ts';
import { type EncoderBatch, encoderBatches, type Shapes } from './batches.ts';
import { type Frames, framesOf } from './ctc.ts';
import { readDraft } from './draft.ts';
import { draftScores, encode } from './encoder.ts';
import type { ReadStep } from './hypothesis.ts';
import { columnMask, columnsOf, inkOf } from './ink.ts';
import { FRAME } from './layout.ts';
import type { Reader } from './reader.ts';

/** A staff that the encoder has seen: its memory [1, columns, width] on the device, and what CTC reads from it. */
export type DraftedStaff = { memory: Tensor3D; filled: number; frames: Frames; draft: ReadStep[] };

export type DraftOptions = {
  shapes: Shapes;
  onDraft?: (staff: number, draft: ReadStep[]) => void;
  /** Awaited after every batch, told how many staves are done; it may throw to stop. */
  onTurn?: (done: number) => Promise<void>;
};

/** Encodes and drafts staff images (128 rows, at most the model's width). The caller owns the memories. */
export async function draftStaves(
  reader: Reader,
  images: readonly GreyImage[],
  { shapes, onDraft, onTurn }: DraftOptions,
): Promise<DraftedStaff[]> {
  const drafted: DraftedStaff[] = [];
  const batches = encoderBatches(
    images.map(({ width }) => width),
    shapes,
  );
  let done = 0;
  try {
    for (const batch of batches) {
      const staves = await draftBatch(reader, images, batch, shapes.encoded);
      staves.forEach((staff, index) => {
        const place = batch.members[index] ?? 0;
        drafted[place] = staff;
        onDraft?.(place, staff.draft);
      });
      done += batch.members.length;
      await onTurn?.(done);
    }
  } catch (error) {
    disposeDrafts(Object.values(drafted));
    throw error;
  }
  return drafted;
}

/** Frees what drafts hold on the device. */
export function disposeDrafts(drafted: readonly DraftedStaff[]): void {
  for (const { memory } of drafted) dispose(memory);
}

async function draftBatch(
  { model, manifest: { dimensions } }: Reader,
  images: readonly GreyImage[],
  { width, members }: EncoderBatch,
  size: number,
): Promise<DraftedStaff[]> {
  const chosen = members.map((index) => images[index]).filter((image) => image !== undefined);
  const filled = chosen.map((image) => columnsOf(image.width));
  const columns = columnsOf(width);
  const { memories, scores } = tidy(() => {
    const mask = columnMask(filled, columns, size);
    const memory = encode(model, inkOf(chosen, width, size), mask, dimensions.heads);
    return {
      memories: chosen.map((_, index) => slice(memory, [index, 0, 0], [1, -1, -1])),
      scores: draftScores(model, memory),
    };
  });
  const values = await scores.data<'float32'>();
  dispose(scores);
  return memories.map((memory, index) => {
    const start = index * columns * dimensions.slots * FRAME;
    const count = (filled[index] ?? 0) * dimensions.slots;
    const frames = framesOf(values, start, count);
    return {
      memory,
      filled: filled[index] ?? 0,
      frames,
      draft: readDraft(values, start, frames, dimensions.slots),
    };
  });
}

/** Memories side by side as one batch [size, columns, width], zeros where they are narrower or fewer. */
export function joinMemories(memories: readonly Tensor3D[], columns: number, size: number): Tensor3D {
  return tidy(() => {
    const width = memories[0]?.shape[2] ?? 0;
    const rows = memories.map((memory) =>
      pad(memory, [
        [0, 0],
        [0, columns - memory.shape[1]],
        [0, 0],
      ]),
    );
    if (size > rows.length) rows.push(zeros([size - rows.length, columns, width]));
    return concat(rows, 0);
  });
}
