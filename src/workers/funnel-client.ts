import type { RankerName } from '../funnel/scored-request.ts';
import type { LookChange } from '../inference/ranking/look.ts';
import {
  type FunnelFailure,
  type FunnelReply,
  type FunnelRequest,
  type FunnelSample,
  funnelReply,
  type LookedRequest,
  type PassOnFigures,
  type ReplayFigures,
} from './funnel-protocol.ts';
import { createJobs, type Port } from './jobs.ts';

export type FunnelPort = Port<FunnelRequest>;

export type FunnelProblem = { ok: false; code: FunnelFailure; message: string };
type Outcome<T> = ({ ok: true } & T) | FunnelProblem;

/** The page's side of the funnel worker. Nothing rejects; questions are answered in turn. */
export type FunnelClient = {
  open(
    where: { models: string; sample: string; backend: string },
    onProgress: (share: number) => void,
  ): Promise<Outcome<{ sample: FunnelSample }>>;
  passOn(lambda: number): Promise<Outcome<{ figures: PassOnFigures }>>;
  replay(lambda: number, cut: number): Promise<Outcome<{ figures: ReplayFigures }>>;
  look(
    index: number,
    ranker: RankerName,
    changes: readonly LookChange[],
  ): Promise<Outcome<{ request: LookedRequest }>>;
  dispose(): void;
};

/** A request before it is given its number. */
type Question = FunnelRequest extends infer R ? (R extends FunnelRequest ? Omit<R, 'job'> : never) : never;

const ANSWERS = ['opened', 'passed-on', 'replayed', 'looked', 'failed'] as const;

export function createFunnelClient(spawn: () => FunnelPort): FunnelClient {
  const jobs = createJobs(spawn, funnelReply);

  async function ask(question: Question, onProgress?: (share: number) => void): Promise<FunnelReply> {
    const told = ({ share }: { share: number }) => onProgress?.(share);
    const ending = await jobs.ask((job) => ({ ...question, job }), ANSWERS, told);
    return ending.kind === 'answered'
      ? ending.reply
      : { kind: 'failed', job: 0, code: 'worker-lost', message: ending.message };
  }

  return {
    async open(where, onProgress) {
      const reply = await ask({ kind: 'open', ...where }, onProgress);
      return reply.kind === 'opened' ? { ok: true, sample: reply.sample } : unexpected(reply);
    },
    async passOn(lambda) {
      const reply = await ask({ kind: 'pass-on', lambda });
      return reply.kind === 'passed-on' ? { ok: true, figures: reply.figures } : unexpected(reply);
    },
    async replay(lambda, cut) {
      const reply = await ask({ kind: 'replay', lambda, cut });
      return reply.kind === 'replayed' ? { ok: true, figures: reply.figures } : unexpected(reply);
    },
    async look(index, ranker, changes) {
      const reply = await ask({ kind: 'look', index, ranker, changes });
      return reply.kind === 'looked' ? { ok: true, request: reply.request } : unexpected(reply);
    },
    dispose: () => jobs.end('the page was left'),
  };
}

function unexpected(reply: FunnelReply): FunnelProblem {
  return reply.kind === 'failed'
    ? { ok: false, code: reply.code, message: reply.message }
    : { ok: false, code: 'failed', message: `the funnel worker answered ${reply.kind}` };
}

export function spawnFunnelWorker(): FunnelPort {
  return new Worker(new URL('./funnel.worker.ts', import.meta.url), { type: 'module', name: 'funnel' });
}
