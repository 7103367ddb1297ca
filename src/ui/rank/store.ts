import { createStore } from 'zustand/vanilla';
import type { RankFailure, TrainPhase } from '../../workers/rank-protocol.ts';
import type { Run } from './runs.ts';

/** Training that is going on in the worker. */
export type Work = {
  key: string;
  /** `pausing`: the day in progress is played to its end first. */
  state: 'running' | 'pausing' | 'paused' | 'stopping';
  phase: TrainPhase;
  /** Day in progress; days before 0 are before the stream. */
  day: number;
  /** Share of the phase, 0…1. */
  share: number;
  /** Impressions a second over the last day; null before one is over. */
  pace: number | null;
};

/** A day that is done again without the GPU, or in a new worker. */
export type Replay = { key: string; day: number; lost: 'gpu' | 'worker' };

export type TeachState = {
  runs: Readonly<Record<string, Run>>;
  /** Whether the list of finished runs is there. */
  library: 'loading' | 'ready' | 'missing';
  /** Keys of finished runs that can be fetched. */
  finished: ReadonlySet<string>;
  /** The run that was shown last: it stays, in quiet ink, while another has no day yet. */
  lastShown: string | null;
  work: Work | null;
  replay: Replay | null;
  problem: { code: RankFailure; message: string } | null;
  engine: { backend: string; reason: string } | null;
};

export type TeachStore = ReturnType<typeof createTeachStore>;

export function createTeachStore() {
  return createStore<TeachState>(() => ({
    runs: {},
    library: 'loading',
    finished: new Set<string>(),
    lastShown: null,
    work: null,
    replay: null,
    problem: null,
    engine: null,
  }));
}
