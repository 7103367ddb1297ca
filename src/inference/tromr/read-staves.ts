import { dispose, tidy } from '@tensorflow/tfjs-core';
import { at } from '../engine/tuples.ts';
import { decoderBatches, type Shapes, sizeFor } from './batches.ts';
import { lookAt } from './decoder.ts';
import { type DraftedStaff, joinMemories } from './draft-staves.ts';
import { decoderLogP } from './follow-drafts.ts';
import { readGreedily } from './greedy.ts';
import type { Hypothesis, ReadStep } from './hypothesis.ts';
import { columnMask } from './ink.ts';
import { agree, blend, type Candidates, scored } from './joint.ts';
import { pool } from './pool.ts';
import type { Reader } from './reader.ts';

/** What a staff says by the branch that scores better, and what both said. */
export type ReadSteps = { steps: ReadStep[]; source: 'draft' | 'reading'; candidates: Candidates };

export type ReadingOptions = {
  shapes: Shapes;
  /** Decoder steps between two looks at what the device has chosen. */
  every: number;
  /** The reading so far; with a `winner` the final word, which may be the draft's. */
  onSteps?: (staff: number, steps: ReadStep[], winner?: ReadSteps['source']) => void;
  /** Awaited between pieces of work, told how many staves are done; it may throw to stop. */
  onTurn?: (done: number) => Promise<void>;
};

/** Reads drafted staves with the decoder, and of each takes draft or reading, whichever scores better. */
export async function readDrafted(
  reader: Reader,
  drafted: readonly DraftedStaff[],
  options: ReadingOptions,
): Promise<ReadSteps[]> {
  const results: ReadSteps[] = [];
  const lengths = drafted.map(({ draft }) => draft.length);
  let done = 0;
  for (const members of decoderBatches(lengths, options.shapes)) {
    const staves = members.map((index) => at(drafted, index));
    const read = await readBatch(reader, staves, members, options, done);
    read.forEach((result, index) => {
      const staff = at(members, index);
      results[staff] = result;
      options.onSteps?.(staff, result.steps, result.source);
    });
    done += members.length;
    await options.onTurn?.(done);
  }
  return results;
}

async function readBatch(
  { model, manifest }: Reader,
  staves: readonly DraftedStaff[],
  members: readonly number[],
  { shapes, every, onSteps, onTurn }: ReadingOptions,
  before: number,
): Promise<ReadSteps[]> {
  const { dimensions, ctcShare, mixingShare } = manifest;
  const size = sizeFor(staves.length, shapes.decoded);
  const columns = Math.max(...staves.map(({ memory }) => memory.shape[1]));
  const sight = tidy(() => {
    const memory = joinMemories(
      staves.map((staff) => staff.memory),
      columns,
      size,
    );
    const mask = columnMask(
      staves.map(({ filled }) => filled),
      columns,
      size,
    );
    return lookAt(model, memory, mask, dimensions.heads);
  });
  try {
    const ended = new Set<number>();
    const onLook = async () => onTurn?.(before + ended.size);
    const readings = await readGreedily(model, sight, staves.length, {
      room: dimensions.steps,
      every,
      sizes: shapes.decoded,
      onSteps: (staff, steps, done) => {
        if (done) ended.add(staff);
        onSteps?.(at(members, staff), steps);
      },
      onLook,
    });
    const pooled = staves.map(({ draft }, index) => pool(draft, at(readings, index).steps));
    const disputed = pooled.flatMap(({ draft, reading }, index) =>
      agree(draft, reading) ? [] : [{ index, steps: draft }],
    );
    const drafts = new Map<number, Hypothesis>();
    for (let i = 0; i < disputed.length; i += shapes.followed) {
      const some = disputed.slice(i, i + shapes.followed);
      const logP = await decoderLogP(model, sight, some, shapes.followed);
      some.forEach(({ index, steps }, k) => {
        drafts.set(index, { steps, logP: at(logP, k) });
      });
      await onLook();
    }
    return staves.map(({ frames }, index) => {
      const draft = drafts.get(index);
      const candidates: Candidates = {
        reading: scored(frames, { ...at(readings, index), steps: at(pooled, index).reading }),
        ...(draft && { draft: scored(frames, draft) }),
      };
      return { ...blend(frames, candidates, ctcShare, mixingShare), candidates };
    });
  } finally {
    dispose(sight);
  }
}
