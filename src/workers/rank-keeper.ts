import { type DBSchema, openDB } from 'idb';
import type { TeachSettings } from '../inference/ranking/teach-run.ts';
import type { DayFigures } from '../inference/ranking/teach-summary.ts';

/** Days of a run and the place to go on from, kept on the device: closing the page loses the day in progress at most. */
export type KeptRun<State> = {
  settings: TeachSettings;
  backend: string;
  days: readonly DayFigures[];
  state: State;
};

/** One run is kept: the one that was trained last. */
export type RunKeeper<State> = {
  load(): Promise<KeptRun<State> | null>;
  save(run: KeptRun<State>): Promise<void>;
};

interface KeptRuns extends DBSchema {
  runs: { key: string; value: KeptRun<unknown> };
}

const LAST = 'last';

/** Keeps in IndexedDB; where there is none (private windows) nothing is kept and nothing fails. */
export function databaseKeeper<State>(name = 'scoreline-rank'): RunKeeper<State> {
  const database = openDB<KeptRuns>(name, 1, {
    upgrade: (db) => {
      db.createObjectStore('runs');
    },
  }).catch(() => null);
  return {
    async load() {
      const kept = await (await database)?.get('runs', LAST).catch(() => null);
      // Only this function's twin wrote there, under this version of the database.
      return (kept as KeptRun<State> | null | undefined) ?? null;
    },
    async save(run) {
      // A full disk is no reason to fail: the run goes on, and could not be taken up.
      await (await database)?.put('runs', run, LAST).catch(() => undefined);
    },
  };
}
