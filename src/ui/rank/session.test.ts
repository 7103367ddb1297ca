import { describe, expect, it } from 'vitest';
import { dayOf, SETTINGS } from '../../inference/ranking/testing/rank-days.ts';
import type { RankClient, TrainTold } from '../../workers/rank-client.ts';
import type { TrainOutcome } from '../../workers/rank-protocol.ts';
import { readControls } from './controls.ts';
import { openLibrary } from './runs.ts';
import { createTeachSession } from './session.ts';
import { runKey, settingsOf } from './settings.ts';

const FILES: Record<string, unknown> = {
  'samples/runs.json': {
    date: '2026-11-24',
    command: 'npm run rank-samples',
    shipped: false,
    runs: [{ file: 'exfm.json', settings: SETTINGS }],
  },
  'samples/exfm.json': { days: [dayOf(0), dayOf(1)] },
};

const fetcher = async (url: string | URL | Request) =>
  new Response(JSON.stringify(FILES[String(url)]), { status: FILES[String(url)] ? 200 : 404 });

/** A client in the test's hands. */
function setUp(base = 'samples/', kept: unknown = null) {
  let time = 0;
  let tell: (told: TrainTold) => void = () => {};
  let finish: (outcome: TrainOutcome) => void = () => {};
  const client: RankClient = {
    train: (_, onTold) => {
      tell = onTold;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    pause() {},
    resume() {},
    step() {},
    stop() {},
    dispose() {},
  };
  const session = createTeachSession({
    client,
    library: openLibrary(base, fetcher),
    kept: Promise.resolve(kept),
    now: () => (time += 500),
    models: 'models/',
    backend: 'auto',
  });
  /** A run begins when it is known which finished runs there are. */
  const started = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { session, started, tell: (told: TrainTold) => tell(told), finish: (o: TrainOutcome) => finish(o) };
}

const key = runKey(SETTINGS);

describe('the runs of Teach', () => {
  it('show a finished run at once, marked as computed before', async () => {
    const { session } = setUp();
    await session.show(SETTINGS);
    const { runs, lastShown } = session.store.getState();
    expect(runs[key]?.source).toEqual({
      kind: 'before',
      date: '2026-11-24',
      command: 'npm run rank-samples',
    });
    expect(runs[key]?.days).toHaveLength(2);
    expect(lastShown).toBe(key);
  });

  it('go on without a library', async () => {
    const { session } = setUp('nowhere/');
    await session.show(SETTINGS);
    expect(session.store.getState()).toMatchObject({ library: 'missing', runs: {} });
  });

  it('show what an earlier visit kept, and nothing of what cannot be read', async () => {
    const settings = { ...SETTINGS, seed: 12 };
    const { session } = setUp('samples/', { settings, backend: 'wasm', days: [dayOf(0)] });
    await session.show(settings);
    expect(session.store.getState().runs[runKey(settings)]).toMatchObject({ source: { kind: 'here' } });
    const other = setUp('samples/', { settings, backend: 'wasm', days: [{ day: 'one' }] });
    await other.session.show(settings);
    expect(other.session.store.getState().runs).toEqual({});
  });

  it('give a finished run’s place to the one that is trained here, with its first day', async () => {
    const { session, started, tell, finish } = setUp();
    await session.show(SETTINGS);
    const training = session.train(SETTINGS);
    await started();
    tell({ kind: 'engine', job: 1, backend: 'wasm', reason: '' });
    tell({ kind: 'progress', job: 1, phase: 'students', day: 0, share: 0.5 });
    expect(session.store.getState().work).toMatchObject({ key, day: 0, share: 0.5, state: 'running' });
    expect(session.store.getState().runs[key]?.source.kind).toBe('before');
    tell({ kind: 'day', job: 1, day: dayOf(0) });
    expect(session.store.getState().runs[key]).toMatchObject({
      source: { kind: 'here', backend: 'wasm' },
      days: [{ day: 0 }],
    });
    finish({ ok: true });
    await training;
    expect(session.store.getState()).toMatchObject({ work: null, problem: null });
  });

  it('say that a day is replayed, and keep the days before it', async () => {
    const { session, started, tell, finish } = setUp();
    const training = session.train(SETTINGS);
    await started();
    tell({ kind: 'day', job: 1, day: dayOf(0) });
    tell({ kind: 'progress', job: 1, phase: 'students', day: 1, share: 0.2 });
    tell({ kind: 'replay', lost: 'gpu', message: '' });
    expect(session.store.getState().replay).toEqual({ key, day: 1, lost: 'gpu' });
    tell({ kind: 'kept', job: 2, days: [dayOf(0)] });
    tell({ kind: 'day', job: 2, day: dayOf(1) });
    // Half a second between two looks at the clock: 100,000 impressions in it.
    expect(session.store.getState().work?.pace).toBe(200_000);
    expect(session.store.getState().runs[key]?.days.map(({ day }) => day)).toEqual([0, 1]);
    finish({ ok: false, code: 'engine_failed', message: 'broke' });
    await training;
    expect(session.store.getState().problem).toEqual({ code: 'engine_failed', message: 'broke' });
  });
});

describe('settings of a run', () => {
  it('are equal where a control has no effect', () => {
    const keyOf = (search: string) => runKey(settingsOf(readControls(search)));
    expect(keyOf('?teach=none&w=3&adapter=off')).toBe(keyOf('?teach=none'));
    expect(keyOf('?teach=one-head&alpha=9&beta=9')).toBe(keyOf('?teach=one-head'));
    expect(keyOf('?label=off&alpha=9')).toBe(keyOf('?label=off'));
    expect(keyOf('?alpha=9')).not.toBe(keyOf(''));
    expect(keyOf('?days=3')).toBe(keyOf(''));
    expect(keyOf('?chart=auc&day=3&view=look')).toBe(keyOf(''));
  });

  it('are at first those that the inference opens with, on days that a page trains in good time', () => {
    expect(settingsOf(readControls('?rows=100000'))).toEqual(SETTINGS);
    expect(settingsOf(readControls('')).impressionsPerDay).toBe(30_000);
  });
});
