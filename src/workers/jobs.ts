import { type Parser, parseOr } from './schema.ts';

/** What a client needs of a worker; tests put another in its place. */
export type Port<Message> = {
  postMessage(message: Message): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

/**
 * How a job ended: with the worker's last word on it, or without one because the worker broke or was ended. `stopped`: the
 * page had asked for that. `heard`: the worker had said something before.
 */
export type Ending<Last> =
  | { kind: 'answered'; reply: Last }
  | { kind: 'broken'; stopped: boolean; heard: boolean; message: string };

export type Jobs<Message, Reply extends { kind: string; job: number }> = {
  readonly isBusy: boolean;
  /**
   * Gives the worker a job, started if need be, and settles with the first reply of these kinds. Others are told. Never rejects.
   */
  ask<K extends Reply['kind']>(
    message: (job: number) => Message,
    last: readonly K[],
    onTold?: (told: Exclude<Reply, { kind: K }>) => void,
  ): Promise<Ending<Extract<Reply, { kind: K }>>>;
  /** Says something about the job that was given last, if it is not over. */
  tell(message: (job: number) => Message): void;
  /** Asks the worker to stop that job; if it has not within `patience` ms, the worker is ended. */
  stop(message: (job: number) => Message, patience: number): void;
  /** Ends the worker, and all jobs as stopped. The next job starts another one. */
  end(message?: string): void;
};

type Waiting<Reply> = {
  stopping: boolean;
  hear: (reply: Reply) => void;
  settle: (ending: { kind: 'broken'; stopped: boolean; heard: boolean; message: string }) => void;
};

/** The page's side of a worker: jobs by number, replies parsed, and an end for all of them when the worker breaks. */
export function createJobs<Message, Reply extends { kind: string; job: number }>(
  spawn: () => Port<Message>,
  parse: Parser<Reply>,
): Jobs<Message, Reply> {
  let worker: Port<Message> | null = null;
  let jobs = 0;
  let heard = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<number, Waiting<Reply>>();

  function end(message: string, stopped: boolean): void {
    clearTimeout(patience);
    worker?.terminate();
    worker = null;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { stopping, settle } of left)
      settle({ kind: 'broken', stopped: stopped || stopping, heard, message });
  }

  function start(): Port<Message> {
    const started = spawn();
    heard = false;
    started.onmessage = ({ data }) => {
      const reply = parseOr(parse, data);
      if (!reply) return end('the worker sent a message that cannot be understood', false);
      heard = true;
      waiting.get(reply.job)?.hear(reply);
    };
    started.onerror = (event) => end(event.message || 'the worker broke', false);
    return started;
  }

  const current = () => [...waiting.keys()].at(-1);

  return {
    get isBusy() {
      return waiting.size > 0;
    },
    ask<K extends Reply['kind']>(
      message: (job: number) => Message,
      last: readonly K[],
      onTold?: (told: Exclude<Reply, { kind: K }>) => void,
    ) {
      type Last = Extract<Reply, { kind: K }>;
      const isLast = (reply: Reply): reply is Last => last.some((kind) => kind === reply.kind);
      const isTold = (reply: Reply): reply is Exclude<Reply, { kind: K }> => !isLast(reply);
      const job = ++jobs;
      return new Promise<Ending<Last>>((resolve) => {
        waiting.set(job, {
          stopping: false,
          settle: resolve,
          hear(reply) {
            if (isTold(reply)) return onTold?.(reply);
            if (!isLast(reply)) return;
            waiting.delete(job);
            if (waiting.size === 0) clearTimeout(patience);
            resolve({ kind: 'answered', reply });
          },
        });
        worker ??= start();
        worker.postMessage(message(job));
      });
    },
    tell(message) {
      const job = current();
      if (job !== undefined) worker?.postMessage(message(job));
    },
    stop(message, within) {
      const job = current();
      const one = job === undefined ? undefined : waiting.get(job);
      if (job === undefined || !one) return;
      one.stopping = true;
      worker?.postMessage(message(job));
      clearTimeout(patience);
      patience = setTimeout(() => end('', true), within);
    },
    end: (message = '') => end(message, true),
  };
}
