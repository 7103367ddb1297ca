import { createStore } from 'zustand/vanilla';
import type { ColumnMapping } from '../../../adlog/readers/layouts.ts';
import type { LogClient, LogProgress } from '../../../workers/log-client.ts';
import type {
  Inspection,
  JudgedLog,
  LoadedLog,
  LogFailure,
  LogProblemReply,
  LogSource,
  LogStage,
} from '../../../workers/log-protocol.ts';

/** A file that waits for the visitor to say which column is what. The file itself is kept apart. */
export type Waiting = { name: string; found: Inspection; mapping: ColumnMapping };

export type LogWork = {
  name: string;
  stage: LogStage | 'inspect';
  /** Share of the stage, 0…1. */
  share: number;
  rows: number;
  stopping: boolean;
};

export type LogSettings = {
  /** Share of the rows, by time, that the model learns from. */
  share: number;
  /** Rows it learns at most. */
  maxRows: number;
  epsilon: number;
  /** Largest importance weight; Infinity clips none. */
  clip: number;
};

export type LogState = {
  waiting: Waiting | null;
  work: LogWork | null;
  log: LoadedLog | null;
  judged: JudgedLog | null;
  problem: { code: LogFailure; message: string; name: string; kept: boolean } | null;
};

/** Your log: the store says what there is to show, the functions are what a visitor can do. A failure leaves what was there. */
export function createLogSession(client: LogClient, backend = 'auto') {
  const store = createStore<LogState>(() => ({
    waiting: null,
    work: null,
    log: null,
    judged: null,
    problem: null,
  }));
  const set = (to: Partial<LogState>) => store.setState(to);
  /** The file that waits, and the one that is loaded: no business of the store. */
  let file: Blob | null = null;
  let loaded: { file: Blob; name: string } | null = null;

  function begin(name: string, stage: LogWork['stage']): boolean {
    if (store.getState().work) return false;
    set({ problem: null, work: { name, stage, share: 0, rows: 0, stopping: false } });
    return true;
  }

  function fail({ code, message }: LogProblemReply, name: string): void {
    set({ work: null, problem: { code, message, name, kept: store.getState().log !== null } });
  }

  const told = ({ stage, share, rows }: LogProgress) =>
    store.setState(({ work }) => ({ work: work && { ...work, stage, share, rows: rows || work.rows } }));

  async function loadFrom(source: LogSource, mapping: ColumnMapping | null): Promise<void> {
    if (!begin(source.name, 'read')) return;
    const answer = await client.load(source, mapping, told);
    if (!answer.ok) return fail(answer, source.name);
    loaded = source.kind === 'file' ? { file: source.file, name: source.name } : null;
    set({ work: null, waiting: null, log: answer.log, judged: null });
  }

  async function look(chosen: Blob, name: string, ask: boolean): Promise<void> {
    if (!begin(name, 'inspect')) return;
    const answer = await client.inspect(chosen, null);
    if (!answer.ok) return fail(answer, name);
    file = chosen;
    const { found } = answer;
    set({ work: null });
    // A known layout without a leak needs no questions.
    if (found.layout && found.leaks.length === 0 && !ask)
      return loadFrom({ kind: 'file', file: chosen, name }, found.mapping);
    set({ waiting: { name, found, mapping: found.mapping } });
  }

  return {
    store,
    /** A file that was chosen, dropped or pasted. */
    open: (chosen: Blob, name: string) => look(chosen, name, false),
    openSimulated: (url: string, name: string) => loadFrom({ kind: 'simulated', url, name }, null),
    /** Opens the column mapper for the log that is loaded. */
    async remap(): Promise<void> {
      const mapping = store.getState().log?.mapping;
      if (!loaded) return;
      await look(loaded.file, loaded.name, true);
      if (mapping) await this.map(mapping);
    },
    canRemap: () => loaded !== null,
    /** Another mapping of the file that waits; the warnings follow it. */
    async map(mapping: ColumnMapping): Promise<void> {
      const { waiting } = store.getState();
      if (!waiting || !file) return;
      set({ waiting: { ...waiting, mapping } });
      const answer = await client.inspect(file, mapping);
      const now = store.getState().waiting;
      if (answer.ok && now?.mapping === mapping)
        set({ waiting: { ...now, found: { ...now.found, leaks: answer.found.leaks } } });
    },
    async load(): Promise<void> {
      const { waiting } = store.getState();
      if (waiting && file) await loadFrom({ kind: 'file', file, name: waiting.name }, waiting.mapping);
    },
    forget: () => set({ waiting: null }),
    async judge(settings: LogSettings): Promise<void> {
      const { log } = store.getState();
      if (!log || !begin(log.name, 'train')) return;
      const answer = await client.judge({ ...settings, backend }, told);
      if (!answer.ok) return fail(answer, log.name);
      set({ work: null, judged: answer.judged });
    },
    /** Another ε or clip: the scores are there, only the sums are made anew. */
    async revalue({ epsilon, clip }: Pick<LogSettings, 'epsilon' | 'clip'>): Promise<void> {
      const shown = store.getState().judged?.policies;
      if (!shown || (shown.epsilon === epsilon && shown.clip === clip)) return;
      const answer = await client.policies(epsilon, clip);
      if (!answer.ok) return;
      store.setState(({ judged }) => ({ judged: judged && { ...judged, policies: answer.policies } }));
    },
    stop(): void {
      store.setState(({ work }) => ({ work: work && { ...work, stopping: true } }));
      client.cancel();
    },
    dismissProblem: () => set({ problem: null }),
    problem(code: LogFailure, name: string): void {
      fail({ ok: false, code, message: '' }, name);
    },
    dispose: () => client.dispose(),
  };
}

export type LogSession = ReturnType<typeof createLogSession>;
