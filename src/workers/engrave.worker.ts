/** The engraving worker: turns a reading into a score, engraves it with Verovio, and writes files of it. */
import { VerovioToolkit } from 'verovio/esm';
import moduleUrl from 'verovio/wasm?url';
import { engraveLines } from './engrave-lines.ts';
import { type EngraveReply, type EngraveRequest, engraveRequest } from './protocol.ts';
import { parseOr } from './schema.ts';
import { musicXmlOf, writeScore } from './write-score.ts';

let toolkit: Promise<VerovioToolkit> | null = null;

/** Verovio is served unmodified as a file of its own, and only fetched for the first score. */
async function startVerovio(): Promise<VerovioToolkit> {
  const { default: createModule }: { default: () => Promise<object> } = await import(
    /* @vite-ignore */ new URL(moduleUrl, import.meta.url).href
  );
  return new VerovioToolkit(await createModule());
}

self.onmessage = async ({ data }: MessageEvent<unknown>) => {
  const request = parseOr(engraveRequest, data);
  if (request) self.postMessage(await serve(request));
};

async function serve(request: EngraveRequest): Promise<EngraveReply> {
  const { job } = request;
  try {
    if (request.kind === 'write') {
      const { pages, format, title, arrangement } = request;
      return { kind: 'written', job, file: writeScore(pages, format, title, arrangement) };
    }
    return { kind: 'engraved', job, lines: await engrave(request) };
  } catch (error) {
    return { kind: 'failed', job, message: error instanceof Error ? error.message : String(error) };
  }
}

async function engrave({
  pages,
  width,
  transpose,
}: Extract<EngraveRequest, { kind: 'engrave' }>): Promise<string[]> {
  toolkit ??= startVerovio();
  return engraveLines(await toolkit, musicXmlOf(pages, transpose), width);
}
