/** The reading worker: takes a photo, lets the reader read it, and tells the page what comes. One page at a time. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { type Engine, startEngine } from '../inference/engine/engine.ts';
import { cacheStorage, fetchSource } from '../inference/engine/fetch-source.ts';
import { isLost } from '../inference/engine/loss.ts';
import { FormatError } from '../inference/engine/parse.ts';
import { WeightsError } from '../inference/engine/weights.ts';
import { loadReader, type Reader } from '../inference/tromr/reader.ts';
import { recognise } from '../inference/tromr/recognise.ts';
import { decodePhoto } from './decode-photo.ts';
import {
  type Failure,
  type ReadFailure,
  type ReadOutcome,
  type ReadReply,
  type ReadRequest,
  readRequest,
} from './protocol.ts';
import { parseOr } from './schema.ts';

let current: { job: number; abort: AbortController } | null = null;
let engine: Promise<Engine> | null = null;
let reader: Promise<Reader> | null = null;

function tell(reply: ReadReply): void {
  self.postMessage(reply);
}

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const request = parseOr(readRequest, data);
  if (request?.kind === 'read') void serve(request);
  if (request?.kind === 'cancel' && current?.job === request.job) current.abort.abort();
};

async function serve(request: Extract<ReadRequest, { kind: 'read' }>): Promise<void> {
  const { job } = request;
  if (current) return tell({ kind: 'finished', job, outcome: failure('busy') });
  const abort = new AbortController();
  current = { job, abort };
  const outcome = await read(request, abort.signal).catch(failed);
  current = null;
  tell({ kind: 'finished', job, outcome });
}

async function read(
  { job, photo, name, models, backend }: Extract<ReadRequest, { kind: 'read' }>,
  signal: AbortSignal,
): Promise<ReadOutcome> {
  const decoded = await decodePhoto(photo, name);
  if (!decoded.ok) return failure(decoded.code, decoded.detail);
  const { image } = decoded;
  tell({ kind: 'opened', job, width: image.width, height: image.height });
  if (signal.aborted) return failure('cancelled');

  engine ??= startEngine({ force: backend === 'auto' ? undefined : backend, wasmPath: wasmUrl });
  const running = await engine;
  tell({ kind: 'engine', job, backend: running.backend, reason: running.reason });
  reader ??= cacheStorage().then((cache) =>
    loadReader(fetchSource(`${models}tromr/`, cache, { signal }), (done, total) =>
      tell({ kind: 'weights', job: current?.job ?? job, done, total }),
    ),
  );
  const loaded = await reader.catch((error: unknown) => {
    // The next page tries again.
    reader = null;
    throw error;
  });
  if (signal.aborted) return failure('cancelled');

  const result = await recognise(running, loaded, image, {
    signal,
    onEvent: (event) => tell({ kind: 'event', job, event }),
  });
  if (result.ok) return { ok: true, page: result.page };
  const { code, message } = result;
  return failure(code === 'engine_failed' && ranShort(message) ? 'out_of_memory' : code, '', message);
}

function failure(code: ReadFailure, detail = '', message = ''): Failure {
  return { ok: false, code, detail, message };
}

/** A device may also go away while the weights are brought to it. */
async function failed(error: unknown): Promise<Failure> {
  const running = await engine?.catch(() => null);
  return running && (await isLost(running)) ? failure('device_lost', '', String(error)) : explain(error);
}

function explain(error: unknown): Failure {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof WeightsError) {
    if (error.problem === 'cancelled') return failure('cancelled');
    if (error.problem === 'network' && !navigator.onLine) return failure('offline', '', message);
    const arrived = error.problem === 'corrupt' || error.problem === 'unsuitable';
    return failure(arrived ? 'weights_damaged' : 'weights_missing', '', message);
  }
  if (error instanceof FormatError) return failure('weights_damaged', '', message);
  if (ranShort(message)) return failure('out_of_memory', '', message);
  return failure('engine_failed', '', message);
}

/** Whether memory was short, by the words of browsers and of WebAssembly. */
function ranShort(message: string): boolean {
  return /out of memory|allocation failed|allocation size overflow|\bOOM\b|memory access out of bounds/i.test(
    message,
  );
}
