/** The funnel worker: fetches the shipped models, scores the sample's requests, and answers Pass on and Look in turn. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { ArchiveError } from '../adlog/archive.ts';
import { unpackLogs } from '../adlog/pack.ts';
import { startEngine } from '../inference/engine/engine.ts';
import { cacheStorage, fetchSource } from '../inference/engine/fetch-source.ts';
import { FormatError } from '../inference/engine/parse.ts';
import { WeightsError } from '../inference/engine/weight-files.ts';
import { loadFunnelModels } from '../inference/ranking/funnel-weights.ts';
import { type Funnel, openFunnel } from './funnel-desk.ts';
import {
  type FunnelFailure,
  type FunnelReply,
  type FunnelRequest,
  funnelRequest,
} from './funnel-protocol.ts';
import { parseOr } from './schema.ts';

class SampleMissing extends Error {
  override name = 'SampleMissing';
}

let funnel: Promise<{ funnel: Funnel; backend: string; days: number }> | null = null;
/** Each answer waits for the one before. */
let turn: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const request = parseOr(funnelRequest, data);
  if (!request) return;
  turn = turn.then(async () => {
    const reply = await answer(request).catch((error: unknown): FunnelReply => {
      const { code, message } = explain(error);
      return { kind: 'failed', job: request.job, code, message };
    });
    self.postMessage(reply);
  });
};

async function answer(request: FunnelRequest): Promise<FunnelReply> {
  const { job } = request;
  if (request.kind === 'open') {
    funnel ??= open(request);
    const opened = await funnel.catch((error: unknown) => {
      // The next one tries again.
      funnel = null;
      throw error;
    });
    const { requests, candidates } = opened.funnel;
    const sample = { backend: opened.backend, requests, candidates, days: opened.days, seed: SEED };
    return { kind: 'opened', job, sample };
  }
  if (!funnel) throw new Error('nothing is open');
  const { funnel: open_ } = await funnel;
  if (request.kind === 'pass-on') return { kind: 'passed-on', job, figures: open_.passOn(request.lambda) };
  if (request.kind === 'replay')
    return { kind: 'replayed', job, figures: open_.replay(request.lambda, request.cut) };
  const { index, ranker, changes } = request;
  return { kind: 'looked', job, request: await open_.look(index, ranker, changes) };
}

/** Seed of the shipped days. */
const SEED = 7;

async function open({ job, models, sample, backend }: Extract<FunnelRequest, { kind: 'open' }>) {
  const tell = (share: number) => {
    const progress: FunnelReply = { kind: 'progress', job, share };
    self.postMessage(progress);
  };
  // Many small matrices: plain WebAssembly is as fast as a GPU's queue, and gives the same figures everywhere.
  const engine = await startEngine({ force: backend === 'cpu' ? 'cpu' : 'wasm', wasmPath: wasmUrl });
  const cache = await cacheStorage();
  const [loaded, logs] = await Promise.all([
    loadFunnelModels((folder) => fetchSource(`${models}${folder}/`, cache)),
    fetchLogs(sample),
  ]);
  tell(0.2);
  return {
    funnel: await openFunnel(logs, loaded, (share) => tell(0.2 + 0.8 * share)),
    backend: engine.backend,
    days: logs.length,
  };
}

async function fetchLogs(url: string) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) throw new SampleMissing(`${url} could not be fetched`);
  return unpackLogs(new Uint8Array(await response.arrayBuffer()));
}

function explain(error: unknown): { code: FunnelFailure; message: string } {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof SampleMissing || error instanceof ArchiveError)
    return { code: 'sample-missing', message };
  if (error instanceof WeightsError) {
    const arrived = error.problem === 'corrupt' || error.problem === 'unsuitable';
    return { code: arrived ? 'weights-damaged' : 'weights-missing', message };
  }
  if (error instanceof FormatError) return { code: 'weights-damaged', message };
  if (error instanceof RangeError && /allocation|memory/i.test(message))
    return { code: 'out-of-memory', message };
  return { code: 'failed', message };
}
