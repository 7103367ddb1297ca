import type { SystemReading } from '../inference/tromr/reading.ts';
import { createJobs, type Port } from './jobs.ts';
import { type Arrangement, type EngraveRequest, engraveReply, type ScoreFormat } from './protocol.ts';

export type { ScoreFormat };

export type EngravePort = Port<EngraveRequest>;

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

/** The page's side of the engraving worker, which is started when first needed and anew after it broke. */
export function createEngraveClient(spawn: () => EngravePort): EngraveClient {
  const jobs = createJobs(spawn, engraveReply);

  async function ask(message: (job: number) => EngraveRequest) {
    const ending = await jobs.ask(message, ['engraved', 'written', 'failed']);
    if (ending.kind === 'broken') throw new Error(ending.message);
    if (ending.reply.kind === 'failed') throw new Error(ending.reply.message);
    return ending.reply;
  }

  return {
    async engrave(pages, width, transpose) {
      const reply = await ask((job) => ({ kind: 'engrave', job, pages, width, transpose }));
      return reply.kind === 'engraved' ? reply.lines : [];
    },
    async write(pages, format, title, arrangement) {
      const reply = await ask((job) => ({ kind: 'write', job, pages, format, title, arrangement }));
      if (reply.kind !== 'written') throw new Error('the engraving worker answered something else');
      return reply.file;
    },
    dispose: () => jobs.end('the page was left'),
  };
}

export function spawnEngraveWorker(): EngravePort {
  return new Worker(new URL('./engrave.worker.ts', import.meta.url), { type: 'module', name: 'engrave' });
}
