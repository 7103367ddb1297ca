import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { TeachSettings } from '../inference/ranking/teach-run.ts';
import type { DayFigures } from '../inference/ranking/teach-summary.ts';

/** The days of a run, for the page to show. */
export type KeptDays = {
  settings: TeachSettings;
  backend: string;
  days: readonly DayFigures[];
};

/** With the place to go on from: closing the page loses the day in progress at most. */
export type KeptRun<State> = KeptDays & { state: State };

/** One run is kept: the one that was trained last. */
export type RunKeeper<State> = {
  load(): Promise<KeptRun<State> | null>;
  save(run: KeptRun<State>): Promise<void>;
};

interface KeptRuns extends DBSchema {
  days: { key: string; value: KeptDays };
  /** Large: weights and world. It is not read to show days. */
  places: { key: string; value: unknown };
}

const NAME = 'scoreline-rank';
/** Goes up whenever what is kept has another shape. */
const VERSION = 2;
const LAST = 'last';

/** Null where there is no database (private windows, an older program in another tab): nothing is kept then, and nothing fails. */
function open(): Promise<IDBPDatabase<KeptRuns> | null> {
  return new Promise((resolve) => {
    openDB<KeptRuns>(NAME, VERSION, {
      upgrade: (db) => {
        // What an earlier version of the program kept cannot be gone on from.
        for (const store of [...db.objectStoreNames]) db.deleteObjectStore(store);
        db.createObjectStore('days');
        db.createObjectStore('places');
      },
      blocked: () => resolve(null),
      // A newer program in another tab wants it: this one keeps nothing more.
      blocking: (_before, _wanted, { target }) => {
        if (target instanceof IDBDatabase) target.close();
      },
    }).then(resolve, () => resolve(null));
  });
}

export function databaseKeeper<State>(): RunKeeper<State> {
  const database = open();
  return {
    async load() {
      const db = await database;
      const kept = await db?.get('days', LAST).catch(() => undefined);
      const place = kept && (await db?.get('places', LAST).catch(() => undefined));
      // Only this function's twin wrote there, under this version of the database.
      return kept && place !== undefined ? { ...kept, state: place as State } : null;
    },
    async save({ state, ...days }) {
      // A full disk is no reason to fail: the run goes on, and could not be taken up.
      try {
        const change = (await database)?.transaction(['days', 'places'], 'readwrite');
        if (!change) return;
        await Promise.all([
          change.objectStore('days').put(days, LAST),
          change.objectStore('places').put(state, LAST),
          change.done,
        ]);
      } catch {
        // See above.
      }
    },
  };
}

/** Keeps nothing, for pages within other sites' pages. */
export const NO_KEEPER: RunKeeper<never> = { load: async () => null, save: async () => {} };

/** The days of the run that was kept last; unknown to the page's parser until it has read them. */
export async function keptDays(): Promise<unknown> {
  const db = await open();
  const kept = await db?.get('days', LAST).catch(() => undefined);
  db?.close();
  return kept ?? null;
}
