/** Runs of the Teach view: finished ones that were shipped, and those that this page trains. */
import type { TeachSettings } from '../../inference/ranking/teach-run.ts';
import type { DayFigures } from '../../inference/ranking/teach-summary.ts';
import { dayFigures, teachSettings } from '../../workers/rank-protocol.ts';
import { boolean, list, object, type Parser, parseOr, string } from '../../workers/schema.ts';
import { runKey } from './settings.ts';

export type RunSource = { kind: 'before'; date: string; command: string } | { kind: 'here'; backend: string };

export type Run = {
  key: string;
  settings: TeachSettings;
  source: RunSource;
  /** Finished days, the first one first. */
  days: readonly DayFigures[];
};

/** The list of finished runs, each in a file of its own. */
export type FinishedRuns = {
  date: string;
  command: string;
  /** Whether they began with the weights that are shipped, as runs here then do too. */
  shipped: boolean;
  runs: { file: string; settings: TeachSettings }[];
};

export const finishedRuns: Parser<FinishedRuns> = object<FinishedRuns>({
  date: string,
  command: string,
  shipped: boolean,
  runs: list(object<FinishedRuns['runs'][number]>({ file: string, settings: teachSettings })),
});

/** A run as the device keeps it. */
export type KeptRun = { settings: TeachSettings; backend: string; days: DayFigures[] };

export const keptRun: Parser<KeptRun> = object<KeptRun>({
  settings: teachSettings,
  backend: string,
  days: list(dayFigures),
});

/** A run that an earlier visit kept on the device; null where there is none that can be read. */
export function asKeptRun(kept: unknown): Run | null {
  const found = kept === null ? null : parseOr(keptRun, kept);
  if (!found?.days.length) return null;
  const { settings, backend, days } = found;
  return { key: runKey(settings), settings, source: { kind: 'here', backend }, days };
}

const finishedDays = object<{ days: DayFigures[] }>({ days: list(dayFigures) });

export type Library = {
  /** Keys of the finished runs. */
  readonly keys: ReadonlySet<string>;
  readonly shipped: boolean;
  /** Null where there is no such run or it cannot be fetched. */
  load(key: string): Promise<Run | null>;
};

/** The library in the folder `base` (ending in `/`); null where there is none. */
export async function openLibrary(base: string, fetcher: typeof fetch = fetch): Promise<Library | null> {
  const json = (file: string): Promise<unknown> =>
    fetcher(base + file)
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
  const found = parseOr(finishedRuns, await json('runs.json'));
  if (!found) return null;
  const byKey = new Map(found.runs.map((run) => [runKey(run.settings), run]));
  return {
    keys: new Set(byKey.keys()),
    shipped: found.shipped,
    async load(key) {
      const run = byKey.get(key);
      const content = run && parseOr(finishedDays, await json(run.file));
      if (!run || !content) return null;
      const source = { kind: 'before', date: found.date, command: found.command } as const;
      return { key, settings: run.settings, source, days: content.days };
    },
  };
}

/** The run with a day more, or with the day in place of an earlier version of it. */
export function withDay(run: Run, day: DayFigures): Run {
  return { ...run, days: [...run.days.filter((known) => known.day < day.day), day] };
}
