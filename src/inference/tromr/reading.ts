import type { ReadToken } from '../../notation/read-token.ts';

export type { Alternative, ReadToken } from '../../notation/read-token.ts';

/** Where a staff lies on the upright photo: [x, y, width, height], and its five lines from the top as polylines. */
export type StaffPlace = { box: [number, number, number, number]; lines: [number, number][][] };

/** A system: its staves from the top, and the first and last index of the staves that each brace joins. */
export type SystemPlace = { staves: StaffPlace[]; braces: [number, number][] };

/** An octave line (8va, 8vb) that was seen and not read: where it begins and ends on the upright photo, px. */
export type OctaveLine = { side: 'above' | 'below'; from: [number, number]; to: [number, number] };

/** What the reader says about one staff; `source` is the branch whose hypothesis won. */
export type StaffReading = StaffPlace & {
  tokens: ReadToken[];
  source: 'draft' | 'reading';
  /** Left out where none was looked for, as in readings of before. */
  octaveLines?: OctaveLine[] | undefined;
};

export type SystemReading = { staves: StaffReading[]; braces: [number, number][] };

export const STAGES = ['geometry', 'draft', 'reading', 'notation'] as const;
export type Stage = (typeof STAGES)[number];

/** A page read to the end: plain data that can be posted, stored and written as it is. */
export type PageResult = {
  /** Size of the upright photo, px. */
  photo: { width: number; height: number };
  /** Degrees clockwise by which the photo was turned to stand upright. */
  rotation: 0 | 90 | 180 | 270;
  backend: string;
  /** Why this backend, in one sentence. */
  reason: string;
  timings: Record<Stage, number>;
  systems: SystemReading[];
};

/** What is told while a page is read. Staves are counted from the top of the page, through all systems. */
export type ReadingEvent =
  | { kind: 'progress'; stage: Stage; done: number; total: number }
  | {
      kind: 'page';
      rotation: 0 | 90 | 180 | 270;
      photo: { width: number; height: number };
      systems: SystemPlace[];
    }
  /** The draft of a staff, at once and complete. */
  | { kind: 'draft'; staff: number; tokens: ReadToken[] }
  /** The firm tokens of a staff so far, from its left; with `complete` they replace the draft. */
  | { kind: 'tokens'; staff: number; tokens: ReadToken[]; complete: boolean };

export type ReadingFailure = 'not_music' | 'cancelled' | 'device_lost' | 'engine_failed';

export type RecognitionResult =
  | { ok: true; page: PageResult }
  | { ok: false; code: ReadingFailure; message: string };
