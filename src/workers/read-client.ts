import {
  type BackendWish,
  type Failure,
  type ReadOutcome,
  type ReadReply,
  type ReadRequest,
  readReply,
} from './protocol.ts';
import { parseOr } from './schema.ts';

/** What the client needs of a worker; tests put another in its place. */
export type WorkerPort = {
  postMessage(message: ReadRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

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
  let worker: WorkerPort | null = null;
  let jobs = 0;
  let pending: { job: number; settle: (outcome: ReadOutcome) => void; cancelled: boolean } | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    worker?.terminate();
    worker = null;
  }

  function ask(request: Extract<ReadRequest, { kind: 'read' }>, onTold: (told: Told) => void) {
    return new Promise<ReadOutcome>((resolve) => {
      const settle = (outcome: ReadOutcome) => {
        clearTimeout(patience);
        pending = null;
        resolve(outcome);
      };
      pending = { job: request.job, settle, cancelled: false };
      worker ??= spawn();
      let heard = false;
      const broken = (message: string) => {
        end();
        // Without a connection the worker's own script may be what is missing.
        const lost = heard || globalThis.navigator?.onLine !== false ? 'worker_lost' : 'offline';
        settle(failure(pending?.cancelled ? 'cancelled' : lost, message));
      };
      worker.onmessage = ({ data }) => {
        const reply = parseOr(readReply, data);
        if (!reply) return broken('the reading worker sent a message that cannot be understood');
        heard = true;
        if (reply.job !== request.job) return;
        if (reply.kind === 'finished') settle(reply.outcome);
        else onTold(reply);
      };
      worker.onerror = (event) => broken(event.message ?? '');
      worker.postMessage(request);
    });
  }

  return {
    async read(photo, onTold) {
      if (pending) return failure('busy', '');
      const outcome = await ask({ kind: 'read', job: ++jobs, ...photo }, onTold);
      if (outcome.ok || outcome.code !== 'device_lost' || photo.backend === 'wasm') return outcome;
      end();
      return ask({ kind: 'read', job: ++jobs, ...photo, backend: 'wasm' }, onTold);
    },
    cancel() {
      if (!pending) return;
      const { job, settle } = pending;
      pending.cancelled = true;
      worker?.postMessage({ kind: 'cancel', job });
      clearTimeout(patience);
      patience = setTimeout(() => {
        end();
        settle(failure('cancelled', ''));
      }, PATIENCE);
    },
    dispose() {
      end();
      pending?.settle(failure('cancelled', ''));
    },
  };
}

function failure(code: Failure['code'], message: string): Failure {
  return { ok: false, code, detail: '', message };
}

export function spawnReadWorker(): WorkerPort {
  return new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module', name: 'read' });
}
