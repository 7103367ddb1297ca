/** The log worker: reads a log that the visitor brought, trains on it and judges. The log never leaves it. One job at a time. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { createLogDesk, problem, type Told } from './log-desk.ts';
import { type LogProblemReply, type LogReply, type LogRequest, logRequest } from './log-protocol.ts';
import { parseOr } from './schema.ts';

let current: { job: number; abort: AbortController } | null = null;
let engine: Promise<{ backend: string }> | null = null;

function tell(reply: LogReply): void {
  self.postMessage(reply);
}

/** Time without a turn for messages, ms. */
const SHIFT = 40;
let rested = performance.now();

const desk = createLogDesk({
  async engine(wish) {
    engine ??= startTensors(wish);
    return (await engine).backend;
  },
  async fetchBytes(url) {
    const response = await fetch(url).catch(() => null);
    return response?.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  },
  now: () => performance.now(),
  async breathe() {
    if (performance.now() - rested < SHIFT) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    rested = performance.now();
  },
});

/** Tensors are fetched when a log is first judged, not to load one. */
async function startTensors(wish: string): Promise<{ backend: string }> {
  const { startEngine } = await import('../inference/engine/engine.ts');
  // Small steps in great number: the GPU's queue would be slower, and its sums are not the same from run to run.
  return startEngine({ force: wish === 'cpu' ? 'cpu' : 'wasm', wasmPath: wasmUrl });
}

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const request = parseOr(logRequest, data);
  if (!request) return;
  if (request.kind === 'cancel') {
    if (current?.job === request.job) current.abort.abort();
  } else void serve(request);
};

async function serve(request: Exclude<LogRequest, { kind: 'cancel' }>): Promise<void> {
  const { job } = request;
  if (current) return tell({ kind: 'failed', job, code: 'busy', message: '' });
  const abort = new AbortController();
  current = { job, abort };
  const reply = await answer(request, abort.signal).catch((error: unknown) => failed(job, explain(error)));
  current = null;
  tell(reply);
}

/** Progress is told at most this often, ms. */
const TELL_EVERY = 60;

async function answer(
  request: Exclude<LogRequest, { kind: 'cancel' }>,
  signal: AbortSignal,
): Promise<LogReply> {
  const { job } = request;
  let last = 0;
  const told: Told = (stage, share, rows) => {
    const now = performance.now();
    if (now - last < TELL_EVERY) return;
    last = now;
    tell({ kind: 'progress', job, stage, share, rows });
  };
  if (request.kind === 'inspect') {
    const found = await desk.inspect(request.file, request.mapping);
    return found.ok ? { kind: 'inspected', job, found: found.found } : failed(job, found);
  }
  if (request.kind === 'load') {
    const loaded = await desk.load(request.source, request.mapping, signal, told);
    return loaded.ok ? { kind: 'loaded', job, log: loaded.log } : failed(job, loaded);
  }
  if (request.kind === 'judge') {
    const judged = await desk.judge(request, signal, told);
    return judged.ok ? { kind: 'judged', job, judged: judged.judged } : failed(job, judged);
  }
  const valued = desk.policies(request.epsilon, request.clip);
  return valued.ok ? { kind: 'valued', job, policies: valued.policies } : failed(job, valued);
}

function failed(job: number, { code, message }: LogProblemReply): LogReply {
  return { kind: 'failed', job, code, message };
}

function explain(error: unknown): LogProblemReply {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isMemory = error instanceof RangeError && /allocation|memory|length/i.test(message);
  return problem(isMemory ? 'out-of-memory' : 'failed', message);
}
