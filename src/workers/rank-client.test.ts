import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dayOf, SETTINGS } from '../inference/ranking/testing/rank-days.ts';
import { createRankClient, type RankPort, type TrainTold } from './rank-client.ts';
import { type RankRequest, rankReply, rankRequest } from './rank-protocol.ts';
import { parseOr } from './schema.ts';

/** A worker in the test's hands: it keeps what it is asked, and says what the test makes it say. */
class FakeWorker implements RankPort {
  asked: RankRequest[] = [];
  ended = false;
  onmessage: RankPort['onmessage'] = null;
  onerror: RankPort['onerror'] = null;
  postMessage(message: RankRequest): void {
    this.asked.push(rankRequest(structuredClone(message)));
  }
  terminate(): void {
    this.ended = true;
  }
  say(reply: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data: structuredClone(reply) }));
  }
}

const run = { settings: SETTINGS, models: 'models/', backend: 'auto', step: false, keep: true } as const;

function setUp() {
  const workers: FakeWorker[] = [];
  const client = createRankClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

const lost = (job: number) => ({
  kind: 'finished',
  job,
  outcome: { ok: false, code: 'device_lost', message: 'reset' },
});

describe('the page’s side of the ranking worker', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('tells the days of a run and drops those of another', async () => {
    const { client, workers } = setUp();
    const told: TrainTold[] = [];
    const training = client.train(run, (what) => told.push(what));
    workers[0]?.say({ kind: 'day', job: 7, day: dayOf(0) });
    workers[0]?.say({ kind: 'day', job: 1, day: dayOf(1) });
    workers[0]?.say({ kind: 'finished', job: 1, outcome: { ok: true } });
    expect(await training).toEqual({ ok: true });
    expect(told).toEqual([{ kind: 'day', job: 1, day: dayOf(1) }]);
  });

  it('passes pause, step and resume on to the run, and nothing when there is none', async () => {
    const { client, workers } = setUp();
    client.pause();
    void client.train(run, () => {});
    client.pause();
    client.step();
    client.resume();
    expect(workers[0]?.asked.slice(1)).toEqual([
      { kind: 'pause', job: 1 },
      { kind: 'step', job: 1 },
      { kind: 'resume', job: 1 },
    ]);
    expect(await client.train(run, () => {})).toMatchObject({ code: 'busy' });
  });

  it('takes a run up without the GPU when that goes away, in a new worker, once', async () => {
    const { client, workers } = setUp();
    const told: TrainTold[] = [];
    const training = client.train(run, (what) => told.push(what));
    workers[0]?.say(lost(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(workers[0]?.ended).toBe(true);
    expect(told.at(-1)).toEqual({ kind: 'replay', lost: 'gpu', message: 'reset' });
    expect(workers[1]?.asked).toEqual([{ kind: 'train', job: 2, ...run, backend: 'wasm' }]);
    workers[1]?.say(lost(2));
    expect(await training).toMatchObject({ code: 'device_lost' });
    expect(workers).toHaveLength(2);
  });

  it('takes a paused run up paused when its worker breaks or talks nonsense', async () => {
    const { client, workers } = setUp();
    const told: TrainTold[] = [];
    void client.train(run, (what) => told.push(what));
    workers[0]?.say({ kind: 'paused', job: 1, day: 3 });
    workers[0]?.say({ kind: 'day', job: 1, day: { day: 'Monday' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(told.at(-1)).toMatchObject({ kind: 'replay', lost: 'worker' });
    expect(workers[1]?.asked.at(-1)).toEqual({ kind: 'pause', job: 2 });
  });

  it('ends a worker that does not stop in time', async () => {
    const { client, workers } = setUp();
    const training = client.train(run, () => {});
    client.stop();
    expect(workers[0]?.asked.at(-1)).toEqual({ kind: 'stop', job: 1 });
    await vi.advanceTimersByTimeAsync(4000);
    expect(await training).toMatchObject({ code: 'cancelled' });
    expect(workers[0]?.ended).toBe(true);
  });
});

describe('what page and ranking worker say to each other', () => {
  it('keeps a day whole, figures that do not exist among it', () => {
    const day = dayOf(2, { leak: { teacher: Number.NaN, oneHead: Number.NaN }, adapted: null });
    expect(rankReply({ kind: 'day', job: 1, day })).toEqual({ kind: 'day', job: 1, day });
    // A file of finished runs is JSON, which has no NaN.
    const read = rankReply({ kind: 'day', job: 1, day: JSON.parse(JSON.stringify(day)) });
    expect(read).toEqual({ kind: 'day', job: 1, day });
  });

  it('refuses what it does not know', () => {
    expect(parseOr(rankRequest, { kind: 'train', job: 1, ...run, settings: { seed: 1 } })).toBeNull();
    expect(parseOr(rankRequest, { kind: 'explode', job: 1 })).toBeNull();
    expect(
      parseOr(rankReply, { kind: 'finished', job: 1, outcome: { ok: false, code: 'tired' } }),
    ).toBeNull();
  });
});
