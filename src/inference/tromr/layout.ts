import { STEP_BRANCHES, STEP_SIZES } from '../../notation/steps.ts';

export const RHYTHMS = STEP_SIZES[0] ?? 0;

/** Branches after the rhythm, and the room that each has in a row of decoder scores: that of the largest. */
export const SMALL_BRANCHES = STEP_BRANCHES.length - 1;
export const SMALL_ROOM = Math.max(...STEP_SIZES.slice(1));

/**
 * A row of decoder scores: the rhythm classes, then each further branch in equal room, so that one arg-max reads them
 * all. The table of embeddings has the same rows, followed by one for each column of the staff image.
 */
export const SCORES = RHYTHMS + SMALL_BRANCHES * SMALL_ROOM;

/** Where each branch begins in a row of decoder scores. */
export const SCORE_OFFSETS: readonly number[] = STEP_SIZES.map((_, branch) =>
  branch === 0 ? 0 : RHYTHMS + (branch - 1) * SMALL_ROOM,
);

/** The CTC branch's own class, appended to the rhythms. */
export const BLANK = RHYTHMS;

/** Classes of one slot of the CTC branch: those of a step and the blank. */
export const FRAME = STEP_SIZES.reduce((sum, size) => sum + size, 0) + 1;

/** Where each branch begins in a frame of the CTC branch. */
export const FRAME_OFFSETS: readonly number[] = STEP_SIZES.map(
  (_, branch) => STEP_SIZES.slice(0, branch).reduce((sum, size) => sum + size, 0) + (branch === 0 ? 0 : 1),
);
