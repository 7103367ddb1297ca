/** The ranking worker: trains a student under its teacher, day after day, and tells the page. One run at a time. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { STREAM_DAYS } from '../adlog/settings.ts';
import { type Engine, startEngine } from '../inference/engine/engine.ts';
import { cacheStorage, fetchSource } from '../inference/engine/fetch-source.ts';
import { isLost } from '../inference/engine/loss.ts';
import { FormatError } from '../inference/engine/parse.ts';
import { WeightsError } from '../inference/engine/weights.ts';
import { shippedModels } from '../inference/ranking/shipped-models.ts';
import {
  createMemory,
  type ShippedModels,
  startTeach,
  type TeachState,
  teachDay,
} from '../inference/ranking/teach.ts';
import type { UserSums } from '../inference/ranking/teach-run.ts';
import { addDay, NO_USERS } from '../inference/ranking/teach-summary.ts';
import { createGate, type Gate } from './rank-gate.ts';
import { databaseKeeper, NO_KEEPER, type RunKeeper } from './rank-keeper.ts';
import {
  type RankFailure,
  type RankProblem,
  type RankReply,
  type RankRequest,
  rankRequest,
  type TrainOutcome,
} from './rank-protocol.ts';
import { type RunTold, trainRun } from './rank-run.ts';
import { number, object, parseOr } from './schema.ts';

type TrainRequest = Extract<RankRequest, { kind: 'train' }>;

let current: { job: number; abort: AbortController; gate: Gate } | null = null;
let engine: Promise<Engine> | null = null;
/** What earlier runs leave to later ones: a teacher serves many students. It is dropped when it has grown large. */
let memory = createMemory();
const REMEMBERED_DAYS = 2 * STREAM_DAYS;
let keeper: RunKeeper<Running> | null = null;

/** A run at the border of a day, with what users contributed to its days. */
type Running = { teach: TeachState; users: UserSums };

/** Why a run ends early. */
class Stopped extends Error {}
class DeviceLost extends Error {}

function post(reply: RankReply): void {
  self.postMessage(reply);
}

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const request = parseOr(rankRequest, data);
  if (!request) return refuse(data);
  if (request.kind === 'train') return void serve(request);
  if (current?.job !== request.job) return;
  if (request.kind === 'stop') current.abort.abort(new Stopped());
  else current.gate[request.kind]();
};

/** Who asks for what cannot be understood (an older page in a newer worker) hears so instead of waiting. */
function refuse(data: unknown): void {
  const asked = parseOr(object<{ job: number }>({ job: number }), data);
  if (asked) post({ kind: 'finished', job: asked.job, outcome: problem('engine_failed', 'not understood') });
}

async function serve(request: TrainRequest): Promise<void> {
  const { job } = request;
  if (current) return post({ kind: 'finished', job, outcome: problem('busy') });
  const abort = new AbortController();
  const gate = createGate(request.step);
  current = { job, abort, gate };
  const outcome = await train(request, gate, abort).catch(explain);
  current = null;
  post({ kind: 'finished', job, outcome });
}

async function train(
  { job, settings, models, backend, keep }: TrainRequest,
  gate: Gate,
  abort: AbortController,
): Promise<TrainOutcome> {
  engine ??= startEngine({ force: backend === 'auto' ? undefined : backend, wasmPath: wasmUrl });
  const running = await engine;
  post({ kind: 'engine', job, backend: running.backend, reason: running.reason });
  if (memory.teacherDays.size > REMEMBERED_DAYS) memory = createMemory();
  keeper ??= keep ? databaseKeeper<Running>() : NO_KEEPER;
  const shipped = await (models ? shippedFrom(models) : undefined);
  const ports = { memory, ...(shipped ? { shipped } : {}) };
  const run = trainRun<Running>(settings, {
    start: async (hooks) => ({ teach: await startTeach(settings, ports, hooks), users: NO_USERS }),
    play: async ({ teach, users: before }, hooks) => {
      const { state, day } = await teachDay(teach, ports, hooks);
      const { users, figures } = addDay(before, day);
      return { state: { teach: state, users }, day: figures };
    },
    keeper,
    gate,
    signal: abort.signal,
    backend: running.backend,
    tell: (told: RunTold) => post({ ...told, job }),
  });
  await Promise.race([run, lossOf(running, abort)]).catch(async (error: unknown) => {
    throw await causeOf(error, running);
  });
  return { ok: true };
}

/** Why a run failed, where that is the loss of the device. */
async function causeOf(error: unknown, running: Engine): Promise<unknown> {
  if (error instanceof Stopped || error instanceof DeviceLost) return error;
  return (await isLost(running)) ? new DeviceLost(String(running.lost.reason)) : error;
}

let loaded: Promise<ShippedModels> | null = null;

/** The trained weights that a run starts from; a download that failed is tried anew by the next run. */
function shippedFrom(models: string): Promise<ShippedModels> {
  loaded ??= cacheStorage()
    .then((cache) =>
      shippedModels({ fm: fetchSource(`${models}fm/`, cache), vm: fetchSource(`${models}vm/`, cache) }),
    )
    .catch((error: unknown) => {
      loaded = null;
      throw error;
    });
  return loaded;
}

/** Fails when the device goes away: what waits for it would wait for ever. */
function lossOf({ lost }: Engine, abort: AbortController): Promise<never> {
  return new Promise((_, reject) => {
    const give = () => {
      const error = new DeviceLost(String(lost.reason));
      abort.abort(error);
      reject(error);
    };
    if (lost.aborted) give();
    else lost.addEventListener('abort', give, { once: true });
  });
}

function problem(code: RankFailure, message = ''): RankProblem {
  return { ok: false, code, message };
}

function explain(error: unknown): RankProblem {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof Stopped) return problem('cancelled');
  if (error instanceof DeviceLost) return problem('device_lost', error.message);
  if (error instanceof WeightsError) {
    const arrived = error.problem === 'corrupt' || error.problem === 'unsuitable';
    return problem(arrived ? 'weights_damaged' : 'weights_missing', message);
  }
  if (error instanceof FormatError) return problem('weights_damaged', message);
  if (error instanceof RangeError && /allocation|memory/i.test(message))
    return problem('out_of_memory', message);
  return problem('engine_failed', message);
}
