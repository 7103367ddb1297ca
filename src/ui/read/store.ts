import { createStore } from 'zustand/vanilla';
import type { Stage } from '../../inference/tromr/reading.ts';
import type { Edits } from '../../notation/edit/commands.ts';
import type { Failure, ReadPage } from '../../workers/protocol.ts';
import { AS_IT_COMES, type Playback } from '../sound/playback.ts';
import type { StaffState, SymbolPlace } from './staves.ts';

/** A page of a piece: while it is read what is known so far, then its `reading`. Its picture is kept apart, by `id`. */
export type Page = {
  id: string;
  /** Of the upright photo, px; null until it is opened. */
  size: { width: number; height: number } | null;
  rotation: 0 | 90 | 180 | 270;
  /** As the reader says them; the edits are not in them. */
  staves: readonly StaffState[];
  reading: ReadPage | null;
  /** Its own clock: milliseconds from its turn to its last symbol. */
  took: number;
};

/** What is on the desk. Its score is what was read of its pages, with its edits done (`edited.ts`). */
export type Piece = {
  id: string;
  name: string;
  pages: readonly Page[];
  edits: Edits;
};

export const STEPS = ['photo', 'geometry', 'draft', 'reading', 'score'] as const;
export type Step = (typeof STEPS)[number];

export type Work = {
  /** The page that is read. */
  page: string;
  step: Step;
  /** Share of the step that is done, 0…1; null where it is not known. */
  share: number | null;
  startedAt: number;
  /** Bytes of the weights while they are fetched. */
  weights: { done: number; total: number } | null;
  /** The visitor asked to stop. */
  stopping: boolean;
};

/** `kept`: something that was read before is still there. `facts` are for a report. */
export type Problem = Omit<Failure, 'ok'> & {
  name: string;
  kept: boolean;
  facts: Readonly<Record<string, string | number>>;
};

/** The engraved score, one SVG a line of it. */
export type Engraving =
  | { state: 'none' }
  | { state: 'engraving'; lines: readonly string[] }
  | { state: 'ready'; lines: readonly string[] }
  | { state: 'failed' };

export type ReadState = {
  piece: Piece | null;
  /** The page whose photo is on the desk. */
  shownPage: string | null;
  work: Work | null;
  problem: Problem | null;
  engine: { backend: string; reason: string } | null;
  selected: SymbolPlace | null;
  engraving: Engraving;
  /** Semitones by which the piece is heard, engraved and written higher than it was read. */
  transpose: number;
  /** How it is played. */
  playback: Playback;
  /** Why pieces are not kept on this device; null while they are. */
  notKept: 'blocked' | 'full' | null;
};

export type ReadStore = ReturnType<typeof createReadStore>;

export const EMPTY_DESK: Pick<
  ReadState,
  'piece' | 'shownPage' | 'selected' | 'engraving' | 'transpose' | 'playback'
> = {
  piece: null,
  shownPage: null,
  selected: null,
  engraving: { state: 'none' },
  transpose: 0,
  playback: AS_IT_COMES,
};

export function createReadStore() {
  return createStore<ReadState>(() => ({
    ...EMPTY_DESK,
    work: null,
    problem: null,
    engine: null,
    notKept: null,
  }));
}

/** A page read to its end. */
export function pageOf(
  id: string,
  reading: ReadPage,
  took: number,
  drafts: readonly StaffState[] = [],
): Page {
  const staves = reading.systems.flatMap((system) => system.staves);
  return {
    id,
    reading,
    took,
    size: reading.photo,
    rotation: reading.rotation,
    staves: staves.map(({ box, lines, tokens }, i) => ({
      place: { box, lines },
      draft: drafts[i]?.draft ?? [],
      firm: tokens,
      complete: true,
    })),
  };
}

/** The page whose photo is on the desk. */
export function pageShown({ piece, shownPage }: Pick<ReadState, 'piece' | 'shownPage'>): Page | null {
  return piece?.pages.find(({ id }) => id === shownPage) ?? piece?.pages[0] ?? null;
}

/** Whether there is anything of a piece to engrave, to write or to keep. */
export function isRead(piece: Piece | null): piece is Piece {
  return piece?.pages.some(({ reading }) => reading !== null) ?? false;
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
