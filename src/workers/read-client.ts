import { createJobs, type Port } from './jobs.ts';
import {
  type BackendWish,
  type Failure,
  type ReadOutcome,
  type ReadReply,
  type ReadRequest,
  readReply,
} from './protocol.ts';

export type WorkerPort = Port<ReadRequest>;

export type PhotoToRead = { photo: Blob; name: string; models: string; backend: BackendWish };
export type Told = Exclude<ReadReply, { kind: 'finished' }>;

export type ReadClient = {
  /** Never rejects. `onTold` hears of the progress of this photo alone. */
  read(photo: PhotoToRead, onTold: (told: Told) => void): Promise<ReadOutcome>;
  /** Asks the worker to stop; one that does not is ended. The pending read answers `cancelled`. */
  cancel(): void;
  dispose(): void;
};

/** A worker that does not stop within this time after it was asked to is ended, ms. */
const PATIENCE = 1500;

/**
 * The page's side of the reading worker. The worker is started when first needed and kept; it is ended when it breaks,
 * does not stop, or loses its GPU, in which case the photo is read once more, without the GPU.
 */
export function createReadClient(spawn: () => WorkerPort): ReadClient {
  const jobs = createJobs(spawn, readReply);

  async function ask(photo: PhotoToRead, onTold: (told: Told) => void): Promise<ReadOutcome> {
    const ending = await jobs.ask((job) => ({ kind: 'read', job, ...photo }), ['finished'], onTold);
    if (ending.kind === 'answered') return ending.reply.outcome;
    // Without a connection the worker's own script may be what is missing.
    const lost = ending.heard || globalThis.navigator?.onLine !== false ? 'worker_lost' : 'offline';
    return failure(ending.stopped ? 'cancelled' : lost, ending.message);
  }

  return {
    async read(photo, onTold) {
      if (jobs.isBusy) return failure('busy', '');
      const outcome = await ask(photo, onTold);
      if (outcome.ok || outcome.code !== 'device_lost' || photo.backend === 'wasm') return outcome;
      jobs.end();
      return ask({ ...photo, backend: 'wasm' }, onTold);
    },
    cancel: () => jobs.stop((job) => ({ kind: 'cancel', job }), PATIENCE),
    dispose: () => jobs.end(),
  };
}

function failure(code: Failure['code'], message: string): Failure {
  return { ok: false, code, detail: '', message };
}

export function spawnReadWorker(): WorkerPort {
  return new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module', name: 'read' });
}
