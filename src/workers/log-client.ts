import type { ColumnMapping } from '../adlog/readers/layouts.ts';
import { createJobs, type Port } from './jobs.ts';
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

export type LogPort = Port<LogRequest>;

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

const ANSWERS = ['inspected', 'loaded', 'judged', 'valued', 'failed'] as const;

export function createLogClient(spawn: () => LogPort): LogClient {
  const jobs = createJobs(spawn, logReply);

  async function ask(question: Question, told?: (progress: LogProgress) => void) {
    if (jobs.isBusy) return failure('busy', '');
    const ending = await jobs.ask((job) => ({ ...question, job }), ANSWERS, told);
    return ending.kind === 'answered'
      ? ending.reply
      : failure(ending.stopped ? 'cancelled' : 'worker-lost', ending.message);
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
    cancel: () => jobs.stop((job) => ({ kind: 'cancel', job }), PATIENCE),
    dispose: () => jobs.end(),
  };
}

function failure(code: LogFailure, message: string): LogReply {
  return { kind: 'failed', job: 0, code, message };
}

function unexpected(reply: LogReply): LogProblemReply {
  return reply.kind === 'failed'
    ? { ok: false, code: reply.code, message: reply.message }
    : { ok: false, code: 'failed', message: `the log worker answered ${reply.kind}` };
}

export function spawnLogWorker(): LogPort {
  return new Worker(new URL('./log.worker.ts', import.meta.url), { type: 'module', name: 'log' });
}
