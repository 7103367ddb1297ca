import type { ColumnMapping } from '../adlog/readers/layouts.ts';
import {
  type Inspection,
  type JudgedLog,
  type LoadedLog,
  type LogFailure,
  type LogProblemReply,
  type LogReply,
  type LogRequest,
  type LogSource,
  type LogStage,
  logReply,
  type Policies,
} from './log-protocol.ts';
import { parseOr } from './schema.ts';

export type LogPort = {
  postMessage(message: LogRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

export type LogProgress = { stage: LogStage; share: number; rows: number };
export type JudgeSettings = {
  share: number;
  maxRows: number;
  epsilon: number;
  clip: number;
  backend: string;
};
type Outcome<T> = ({ ok: true } & T) | LogProblemReply;

/** The page's side of the log worker. Nothing rejects; one job at a time, a second one is answered `busy`. */
export type LogClient = {
  inspect(file: Blob, mapping: ColumnMapping | null): Promise<Outcome<{ found: Inspection }>>;
  load(
    source: LogSource,
    mapping: ColumnMapping | null,
    told: (progress: LogProgress) => void,
  ): Promise<Outcome<{ log: LoadedLog }>>;
  judge(
    settings: JudgeSettings,
    told: (progress: LogProgress) => void,
  ): Promise<Outcome<{ judged: JudgedLog }>>;
  policies(epsilon: number, clip: number): Promise<Outcome<{ policies: Policies }>>;
  cancel(): void;
  dispose(): void;
};

/** A worker that does not stop within this time after it was asked to is ended, and the log in it is lost, ms. */
const PATIENCE = 4000;

type Asked = Exclude<LogRequest, { kind: 'cancel' }>;
/** A request before it is given its number. */
type Question = Asked extends infer R ? (R extends Asked ? Omit<R, 'job'> : never) : never;

export function createLogClient(spawn: () => LogPort): LogClient {
  let worker: LogPort | null = null;
  let jobs = 0;
  let pending: { job: number; settle: (reply: LogReply) => void; cancelled: boolean } | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    worker?.terminate();
    worker = null;
  }

  function ask(question: Question, told?: (progress: LogProgress) => void): Promise<LogReply> {
    if (pending) return Promise.resolve(failure(0, 'busy', ''));
    const job = ++jobs;
    return new Promise((resolve) => {
      const settle = (reply: LogReply) => {
        clearTimeout(patience);
        pending = null;
        resolve(reply);
      };
      pending = { job, settle, cancelled: false };
      worker ??= spawn();
      const broken = (message: string) => {
        end();
        settle(failure(job, pending?.cancelled ? 'cancelled' : 'worker-lost', message));
      };
      worker.onmessage = ({ data }) => {
        const reply = parseOr(logReply, data);
        if (!reply) return broken('the log worker sent a message that cannot be understood');
        if (reply.job !== job) return;
        if (reply.kind === 'progress') told?.(reply);
        else settle(reply);
      };
      worker.onerror = (event) => broken(event.message ?? '');
      worker.postMessage({ ...question, job });
    });
  }

  return {
    async inspect(file, mapping) {
      const reply = await ask({ kind: 'inspect', file, mapping });
      return reply.kind === 'inspected' ? { ok: true, found: reply.found } : unexpected(reply);
    },
    async load(source, mapping, told) {
      const reply = await ask({ kind: 'load', source, mapping }, told);
      return reply.kind === 'loaded' ? { ok: true, log: reply.log } : unexpected(reply);
    },
    async judge(settings, told) {
      const reply = await ask({ kind: 'judge', ...settings }, told);
      return reply.kind === 'judged' ? { ok: true, judged: reply.judged } : unexpected(reply);
    },
    async policies(epsilon, clip) {
      const reply = await ask({ kind: 'policies', epsilon, clip });
      return reply.kind === 'valued' ? { ok: true, policies: reply.policies } : unexpected(reply);
    },
    cancel() {
      if (!pending) return;
      const { job, settle } = pending;
      pending.cancelled = true;
      worker?.postMessage({ kind: 'cancel', job });
      clearTimeout(patience);
      patience = setTimeout(() => {
        end();
        settle(failure(job, 'cancelled', ''));
      }, PATIENCE);
    },
    dispose() {
      end();
      pending?.settle(failure(0, 'cancelled', ''));
    },
  };
}

function failure(job: number, code: LogFailure, message: string): LogReply {
  return { kind: 'failed', job, code, message };
}

function unexpected(reply: LogReply): LogProblemReply {
  return reply.kind === 'failed'
    ? { ok: false, code: reply.code, message: reply.message }
    : { ok: false, code: 'failed', message: `the log worker answered ${reply.kind}` };
}

export function spawnLogWorker(): LogPort {
  return new Worker(new URL('./log.worker.ts', import.meta.url), { type: 'module', name: 'log' });
}
