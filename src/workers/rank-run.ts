import type { TeachProgress, TeachSettings } from '../inference/ranking/teach-run.ts';
import type { DayFigures } from '../inference/ranking/teach-summary.ts';
import type { Gate } from './rank-gate.ts';
import type { RunKeeper } from './rank-keeper.ts';
import type { RankReply } from './rank-protocol.ts';

type Told<K extends RankReply['kind']> = Omit<Extract<RankReply, { kind: K }>, 'job'>;
export type RunTold = Told<'kept'> | Told<'progress'> | Told<'day'> | Told<'paused'> | Told<'resumed'>;

export type Hooks = { signal: AbortSignal; onProgress: (progress: TeachProgress) => void };

/** What a run is made of; the worker has the real ones, tests their own. */
export type RunPorts<State> = {
  start(hooks: Hooks): Promise<State>;
  /** Plays the next day; the state that it is given stays as it is. */
  play(state: State, hooks: Hooks): Promise<{ state: State; day: DayFigures }>;
  keeper: RunKeeper<State>;
  gate: Gate;
  signal: AbortSignal;
  backend: string;
  tell(told: RunTold): void;
};

/** Least time between two tellings of progress, ms. */
const QUIET = 100;

/**
 * Trains the run of these settings, day after day, and tells each. A run of equal settings that was kept is taken up
 * where it stood. @throws the signal's reason
 */
export async function trainRun<State>(
  settings: TeachSettings,
  { start, play, keeper, gate, signal, backend, tell }: RunPorts<State>,
): Promise<void> {
  let last = 0;
  const onProgress = ({ phase, day, share }: TeachProgress) => {
    const now = performance.now();
    if (now - last < QUIET && share < 1) return;
    last = now;
    tell({ kind: 'progress', phase, day, share });
  };
  const hooks = { signal, onProgress };
  const kept = await keeper.load();
  const goesOn = kept !== null && isPartOf(kept.settings, settings) && kept.days.length < settings.streamDays;
  let days = goesOn ? kept.days : [];
  if (goesOn) tell({ kind: 'kept', days: [...days] });
  let state = goesOn ? kept.state : await start(hooks);
  while (days.length < settings.streamDays) {
    if (gate.isClosed) {
      await gate.pass(signal, () => tell({ kind: 'paused', day: days.length }));
      signal.throwIfAborted();
      tell({ kind: 'resumed' });
    }
    const played = await play(state, hooks);
    state = played.state;
    days = [...days, played.day];
    // Kept first: a day that the page shows is not lost when the page is closed.
    await keeper.save({ settings, backend, days, state });
    tell({ kind: 'day', day: played.day });
    gate.dayOver();
  }
}

/** Whether the days of a run are days of the other one too: all is equal but their number. */
function isPartOf(kept: TeachSettings, wanted: TeachSettings): boolean {
  const text = (settings: TeachSettings) => JSON.stringify(sorted({ ...settings, streamDays: 0 }));
  return text(kept) === text(wanted);
}

/** The same object with its fields in alphabetical order, all the way down. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
