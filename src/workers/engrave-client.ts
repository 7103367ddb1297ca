import type { SystemReading } from '../inference/tromr/reading.ts';
import {
  type Arrangement,
  type EngraveReply,
  type EngraveRequest,
  engraveReply,
  type ScoreFormat,
} from './protocol.ts';
import { parseOr } from './schema.ts';

export type { ScoreFormat };

export type EngravePort = {
  postMessage(message: EngraveRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

export type EngraveClient = {
  /** The score, moved by so many semitones, as one SVG a line for a pane of this width in px. @throws Error */
  engrave(pages: SystemReading[][], width: number, transpose: number): Promise<string[]>;
  /** The score as a file. @throws Error */
  write(
    pages: SystemReading[][],
    format: ScoreFormat,
    title: string,
    arrangement: Arrangement,
  ): Promise<Blob>;
  dispose(): void;
};

type Waiting = { resolve: (reply: EngraveReply) => void; reject: (error: Error) => void };

/** The page's side of the engraving worker, which is started when first needed and anew after it broke. */
export function createEngraveClient(spawn: () => EngravePort): EngraveClient {
  let worker: EngravePort | null = null;
  let jobs = 0;
  const waiting = new Map<number, Waiting>();

  function end(message: string): void {
    worker?.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  }

  function start(): EngravePort {
    const started = spawn();
    started.onmessage = ({ data }) => {
      const reply = parseOr(engraveReply, data);
      if (!reply) return end('the engraving worker sent a message that cannot be understood');
      const one = waiting.get(reply.job);
      waiting.delete(reply.job);
      if (reply.kind === 'failed') one?.reject(new Error(reply.message));
      else one?.resolve(reply);
    };
    started.onerror = (event) => end(event.message || 'the engraving worker broke');
    return started;
  }

  function ask(request: EngraveRequest): Promise<EngraveReply> {
    return new Promise((resolve, reject) => {
      waiting.set(request.job, { resolve, reject });
      worker ??= start();
      worker.postMessage(request);
    });
  }

  return {
    async engrave(pages, width, transpose) {
      const reply = await ask({ kind: 'engrave', job: ++jobs, pages, width, transpose });
      return reply.kind === 'engraved' ? reply.lines : [];
    },
    async write(pages, format, title, arrangement) {
      const reply = await ask({ kind: 'write', job: ++jobs, pages, format, title, arrangement });
      if (reply.kind !== 'written') throw new Error('the engraving worker answered something else');
      return reply.file;
    },
    dispose: () => end('the page was left'),
  };
}

export function spawnEngraveWorker(): EngravePort {
  return new Worker(new URL('./engrave.worker.ts', import.meta.url), { type: 'module', name: 'engrave' });
}
