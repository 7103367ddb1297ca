import { createStore } from 'zustand/vanilla';
import type { Stage } from '../../inference/tromr/reading.ts';
import type { Failure, ReadPage } from '../../workers/protocol.ts';
import type { StaffState, SymbolPlace } from './staves.ts';

/** A page on the desk: while it is read what is known so far, then `page`. Its picture is kept apart, by `id`. */
export type Piece = {
  id: number;
  name: string;
  /** Of the upright photo, px; null until it is opened. */
  size: { width: number; height: number } | null;
  rotation: 0 | 90 | 180 | 270;
  staves: readonly StaffState[];
  page: ReadPage | null;
  /** Its own clock: milliseconds from the choice of the photo to the last symbol. */
  took: number;
};

export const STEPS = ['photo', 'geometry', 'draft', 'reading', 'score'] as const;
export type Step = (typeof STEPS)[number];

export type Work = {
  step: Step;
  /** Share of the step that is done, 0…1; null where it is not known. */
  share: number | null;
  startedAt: number;
  /** Bytes of the weights while they are fetched. */
  weights: { done: number; total: number } | null;
  /** The visitor asked to stop. */
  stopping: boolean;
};

export type Problem = Omit<Failure, 'ok'> & { name: string; kept: boolean };

/** The engraved score, one SVG a line of it. */
export type Engraving =
  | { state: 'none' }
  | { state: 'engraving'; lines: readonly string[] }
  | { state: 'ready'; lines: readonly string[] }
  | { state: 'failed' };

export type ReadState = {
  piece: Piece | null;
  work: Work | null;
  problem: Problem | null;
  engine: { backend: string; reason: string } | null;
  selected: SymbolPlace | null;
  engraving: Engraving;
};

export type ReadStore = ReturnType<typeof createReadStore>;

export function createReadStore() {
  return createStore<ReadState>(() => ({
    piece: null,
    work: null,
    problem: null,
    engine: null,
    selected: null,
    engraving: { state: 'none' },
  }));
}

const STEP_OF_STAGE: Record<Stage, Step> = {
  geometry: 'geometry',
  draft: 'draft',
  reading: 'reading',
  notation: 'score',
};

export function stepOf(stage: Stage): Step {
  return STEP_OF_STAGE[stage];
}
