import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReadReply, ReadRequest } from './protocol.ts';
import { createReadClient, type Told, type WorkerPort } from './read-client.ts';

/** A worker in the test's hands: it keeps what it is asked, and says what the test makes it say. */
class FakeWorker implements WorkerPort {
  asked: ReadRequest[] = [];
  ended = false;
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  postMessage(message: ReadRequest): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(reply: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data: reply }));
  }
}

const photo = { photo: new Blob(['x']), name: 'page.jpg', models: 'models/', backend: 'auto' } as const;

function setUp() {
  const workers: FakeWorker[] = [];
  const client = createReadClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

function finished(job: number, code: 'not_music' | 'device_lost' | 'cancelled'): ReadReply {
  return { kind: 'finished', job, outcome: { ok: false, code, detail: '', message: '' } };
}

describe('the page’s side of the reading worker', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('starts a worker for the first photo and keeps it for the next', async () => {
    const { client, workers } = setUp();
    for (const job of [1, 2]) {
      const reading = client.read(photo, () => {});
      workers[0]?.say(finished(job, 'not_music'));
      expect(await reading).toMatchObject({ ok: false, code: 'not_music' });
    }
    expect(workers).toHaveLength(1);
  });

  it('tells what belongs to this photo and drops what belongs to another', async () => {
    const { client, workers } = setUp();
    const told: Told[] = [];
    const reading = client.read(photo, (what) => told.push(what));
    workers[0]?.say({ kind: 'opened', job: 99, width: 1, height: 1 });
    workers[0]?.say({ kind: 'opened', job: 1, width: 2, height: 3 });
    workers[0]?.say(finished(1, 'not_music'));
    await reading;
    expect(told).toEqual([{ kind: 'opened', job: 1, width: 2, height: 3 }]);
  });

  it('answers busy instead of queueing a second photo', async () => {
    const { client } = setUp();
    void client.read(photo, () => {});
    expect(await client.read(photo, () => {})).toMatchObject({ code: 'busy' });
  });

  it('reads once more without the GPU when the device is lost, in a new worker', async () => {
    const { client, workers } = setUp();
    const reading = client.read(photo, () => {});
    workers[0]?.say(finished(1, 'device_lost'));
    await vi.advanceTimersByTimeAsync(0);
    expect(workers[0]?.ended).toBe(true);
    expect(workers[1]?.asked[0]).toMatchObject({ kind: 'read', backend: 'wasm' });
    workers[1]?.say(finished(2, 'device_lost'));
    expect(await reading).toMatchObject({ code: 'device_lost' });
    expect(workers).toHaveLength(2);
  });

  it('ends a worker that does not stop in time, and answers that it was cancelled', async () => {
    const { client, workers } = setUp();
    const reading = client.read(photo, () => {});
    client.cancel();
    expect(workers[0]?.asked.at(-1)).toEqual({ kind: 'cancel', job: 1 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await reading).toMatchObject({ code: 'cancelled' });
    expect(workers[0]?.ended).toBe(true);
  });

  it('survives a worker that breaks or talks nonsense', async () => {
    const { client, workers } = setUp();
    const first = client.read(photo, () => {});
    workers[0]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
    expect(await first).toMatchObject({ code: 'worker_lost', message: 'out of memory' });
    const second = client.read(photo, () => {});
    workers[1]?.say({ kind: 'nonsense' });
    expect(await second).toMatchObject({ code: 'worker_lost' });
  });
});
