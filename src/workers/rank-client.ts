import type { TeachSettings } from '../inference/ranking/teach-run.ts';
import { createJobs, type Port } from './jobs.ts';
import type { BackendWish } from './protocol.ts';
import {
  type RankProblem,
  type RankReply,
  type RankRequest,
  rankReply,
  type TrainOutcome,
} from './rank-protocol.ts';

export type RankPort = Port<RankRequest>;

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
  const jobs = createJobs(spawn, rankReply);

  async function ask(run: RunToTrain, onTold: (told: TrainTold) => void): Promise<TrainOutcome> {
    const ending = await jobs.ask((job) => ({ kind: 'train', job, ...run }), ['finished'], onTold);
    return ending.kind === 'answered'
      ? ending.reply.outcome
      : problem(ending.stopped ? 'cancelled' : 'worker_lost', ending.message);
  }

  const tell = (kind: 'pause' | 'resume' | 'step') => jobs.tell((job) => ({ kind, job }));

  return {
    async train(run, onTold) {
      if (jobs.isBusy) return problem('busy', '');
      let paused = false;
      const outcome = await ask(run, (told) => {
        if (told.kind === 'paused') paused = true;
        if (told.kind === 'resumed') paused = false;
        onTold(told);
      });
      if (outcome.ok || (outcome.code !== 'device_lost' && outcome.code !== 'worker_lost')) return outcome;
      jobs.end();
      const lost = outcome.code === 'device_lost' ? 'gpu' : 'worker';
      onTold({ kind: 'replay', lost, message: outcome.message });
      const again = ask({ ...run, backend: 'wasm', step: run.step && !paused }, onTold);
      if (paused) tell('pause');
      return again;
    },
    pause: () => tell('pause'),
    resume: () => tell('resume'),
    step: () => tell('step'),
    stop: () => jobs.stop((job) => ({ kind: 'stop', job }), PATIENCE),
    dispose: () => jobs.end(),
  };
}

function problem(code: RankProblem['code'], message: string): RankProblem {
  return { ok: false, code, message };
}

export function spawnRankWorker(): RankPort {
  return new Worker(new URL('./rank.worker.ts', import.meta.url), { type: 'module', name: 'rank' });
}
