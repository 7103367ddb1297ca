import type { TeachSettings } from '../../inference/ranking/teach-run.ts';
import type { BackendWish } from '../../workers/protocol.ts';
import type { RankClient, TrainTold } from '../../workers/rank-client.ts';
import { asKeptRun, type Library, type Run, withDay } from './runs.ts';
import { runKey } from './settings.ts';
import { createTeachStore, type TeachState, type Work } from './store.ts';

export type TeachPorts = {
  client: RankClient;
  library: Promise<Library | null>;
  /** What an earlier visit left on the device, not yet to be trusted; null where nothing may be kept there. */
  kept: Promise<unknown> | null;
  now: () => number;
  /** Address of the folder of models. */
  models: string;
  backend: BackendWish;
};

/** Runs of the Teach view: the store says what there is to show, the functions are what a visitor can do. */
export function createTeachSession({ client, library, kept, models, backend, now }: TeachPorts) {
  const store = createTeachStore();
  const set = (to: Partial<TeachState>) => store.setState(to);

  const add = (run: Run) => store.setState(({ runs }) => ({ runs: { ...runs, [run.key]: run } }));

  const ready = Promise.all([library, kept?.then(asKeptRun, () => null)]).then(([found, own]) => {
    // What was finished before stays what it is; a kept run shows where there was none.
    if (own && !found?.keys.has(own.key)) add(own);
    set(found ? { library: 'ready', finished: found.keys } : { library: 'missing' });
    return found;
  });

  const mark = (to: Partial<Work>) => store.setState(({ work }) => ({ work: work && { ...work, ...to } }));

  /** Fetches the finished run of these settings if there is one; as the `main` one it is what was shown last. */
  async function show(settings: TeachSettings, main = true): Promise<void> {
    const key = runKey(settings);
    const found = await ready;
    if (!store.getState().runs[key]) {
      const run = await found?.load(key);
      if (run && !store.getState().runs[key]) add(run);
    }
    if (main && store.getState().runs[key]?.days.length) set({ lastShown: key });
  }

  /** Trains the run of these settings here; with `step` one day of it. A finished run is trained anew. */
  async function train(settings: TeachSettings, step = false): Promise<void> {
    if (store.getState().work) return;
    const key = runKey(settings);
    set({
      problem: null,
      replay: null,
      work: { key, state: 'running', phase: 'world', day: -settings.pretrainDays, share: 0, pace: null },
    });
    const found = await ready;
    const run = { settings, models: found?.shipped ? models : '', backend, step, keep: kept !== null };
    let border = now();
    const outcome = await client.train(run, (told) => {
      store.setState((state) => afterTold(state, told, settings));
      if (told.kind === 'day') {
        const seconds = (now() - border) / 1000;
        // The first day has the warm-up in it.
        if (told.day.day > 0) mark({ pace: settings.impressionsPerDay / seconds });
      }
      if (told.kind === 'day' || told.kind === 'resumed') border = now();
    });
    set({ work: null });
    // Who stops a run knows that it stopped.
    if (!outcome.ok && outcome.code !== 'cancelled')
      set({ problem: { code: outcome.code, message: outcome.message } });
  }

  return {
    store,
    show,
    train,
    pause(): void {
      mark({ state: 'pausing' });
      client.pause();
    },
    resume(): void {
      mark({ state: 'running' });
      client.resume();
    },
    step(): void {
      mark({ state: 'running' });
      client.step();
    },
    stop(): void {
      mark({ state: 'stopping' });
      client.stop();
    },
    dismissProblem: () => set({ problem: null }),
    dismissReplay: () => set({ replay: null }),
    dispose: () => client.dispose(),
  };
}

export type TeachSession = ReturnType<typeof createTeachSession>;

/** The state after one thing that the worker told of the run of these settings. */
export function afterTold(state: TeachState, told: TrainTold, settings: TeachSettings): TeachState {
  const { work } = state;
  if (!work) return state;
  const withWork = (to: Partial<Work>): TeachState => ({ ...state, work: { ...work, ...to } });
  const withRun = (run: Run): TeachState => ({
    ...state,
    runs: { ...state.runs, [run.key]: run },
    lastShown: run.days.length ? run.key : state.lastShown,
  });
  // What was computed before gives way to what is computed here.
  const known = state.runs[work.key];
  const own: Run =
    known?.source.kind === 'here'
      ? known
      : {
          key: work.key,
          settings,
          source: { kind: 'here', backend: state.engine?.backend ?? '' },
          days: [],
        };
  switch (told.kind) {
    case 'engine':
      return { ...state, engine: { backend: told.backend, reason: told.reason } };
    case 'kept':
      return told.days.length ? withRun({ ...own, days: told.days }) : state;
    case 'progress': {
      const { phase, day, share } = told;
      return withWork({ phase, day, share });
    }
    case 'day':
      // A run starts anew with its first day.
      return withRun(withDay(told.day.day === 0 ? { ...own, days: [] } : own, told.day));
    case 'paused':
      return withWork({ state: 'paused', share: 0, day: told.day });
    case 'resumed':
      return withWork({ state: 'running' });
    case 'replay':
      return { ...state, replay: { key: work.key, day: work.day, lost: told.lost } };
  }
}
