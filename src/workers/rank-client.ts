import type { TeachSettings } from '../inference/ranking/teach-run.ts';
import type { BackendWish } from './protocol.ts';
import {
  type RankProblem,
  type RankReply,
  type RankRequest,
  rankReply,
  type TrainOutcome,
} from './rank-protocol.ts';
import { parseOr } from './schema.ts';

/** What the client needs of a worker; tests put another in its place. */
export type RankPort = {
  postMessage(message: RankRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

export type RunToTrain = {
  settings: TeachSettings;
  /** Address of the folder of models. */
  models: string;
  backend: BackendWish;
  /** Pause after one day. */
  step: boolean;
  /** Keep finished days on the device, to go on from. */
  keep: boolean;
};

/** What is told of a run; `replay` is the client's own: a day was lost with the GPU or the worker and is done again. */
export type TrainTold =
  | Exclude<RankReply, { kind: 'finished' }>
  | { kind: 'replay'; lost: 'gpu' | 'worker'; message: string };

export type RankClient = {
  /** Never rejects. One run at a time. */
  train(run: RunToTrain, onTold: (told: TrainTold) => void): Promise<TrainOutcome>;
  pause(): void;
  resume(): void;
  /** To the end of one day, from a pause. */
  step(): void;
  /** Gives the run up; its finished days stay. A worker that does not stop is ended. */
  stop(): void;
  dispose(): void;
};

/** A worker that does not stop within this time after it was asked to is ended, ms. */
const PATIENCE = 3000;

/**
 * The page's side of the ranking worker. A worker that breaks or loses its GPU is ended, and another one takes up the run
 * without the GPU: days that were over are kept, the day in progress is done again. It is done once for each run.
 */
export function createRankClient(spawn: () => RankPort): RankClient {
  let worker: RankPort | null = null;
  let jobs = 0;
  let pending: { job: number; settle: (outcome: TrainOutcome) => void; stopping: boolean } | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    worker?.terminate();
    worker = null;
  }

  function ask(run: RunToTrain, onTold: (told: TrainTold) => void): Promise<TrainOutcome> {
    return new Promise((resolve) => {
      const job = ++jobs;
      const settle = (outcome: TrainOutcome) => {
        clearTimeout(patience);
        pending = null;
        resolve(outcome);
      };
      pending = { job, settle, stopping: false };
      worker ??= spawn();
      const broken = (message: string) => {
        end();
        settle(problem(pending?.stopping ? 'cancelled' : 'worker_lost', message));
      };
      worker.onmessage = ({ data }) => {
        const reply = parseOr(rankReply, data);
        if (!reply) return broken('the ranking worker sent a message that cannot be understood');
        if (reply.job !== job) return;
        if (reply.kind === 'finished') settle(reply.outcome);
        else onTold(reply);
      };
      worker.onerror = (event) => broken(event.message ?? '');
      worker.postMessage({ kind: 'train', job, ...run });
    });
  }

  const tell = (kind: 'pause' | 'resume' | 'step') => {
    if (pending) worker?.postMessage({ kind, job: pending.job });
  };

  return {
    async train(run, onTold) {
      if (pending) return problem('busy', '');
      let paused = false;
      const outcome = await ask(run, (told) => {
        if (told.kind === 'paused') paused = true;
        if (told.kind === 'resumed') paused = false;
        onTold(told);
      });
      if (outcome.ok || (outcome.code !== 'device_lost' && outcome.code !== 'worker_lost')) return outcome;
      end();
      const lost = outcome.code === 'device_lost' ? 'gpu' : 'worker';
      onTold({ kind: 'replay', lost, message: outcome.message });
      const again = ask({ ...run, backend: 'wasm', step: run.step && !paused }, onTold);
      if (paused) tell('pause');
      return again;
    },
    pause: () => tell('pause'),
    resume: () => tell('resume'),
    step: () => tell('step'),
    stop() {
      if (!pending) return;
      const { job, settle } = pending;
      pending.stopping = true;
      worker?.postMessage({ kind: 'stop', job });
      clearTimeout(patience);
      patience = setTimeout(() => {
        end();
        settle(problem('cancelled', ''));
      }, PATIENCE);
    },
    dispose() {
      end();
      pending?.settle(problem('cancelled', ''));
    },
  };
}

function problem(code: RankProblem['code'], message: string): RankProblem {
  return { ok: false, code, message };
}

export function spawnRankWorker(): RankPort {
  return new Worker(new URL('./rank.worker.ts', import.meta.url), { type: 'module', name: 'rank' });
}
