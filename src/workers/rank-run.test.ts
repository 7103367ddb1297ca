import { describe, expect, it } from 'vitest';
import { dayOf, SETTINGS } from '../inference/ranking/testing/rank-days.ts';
import { createGate } from './rank-gate.ts';
import type { KeptRun, RunKeeper } from './rank-keeper.ts';
import { type RunPorts, type RunTold, trainRun } from './rank-run.ts';

const THREE_DAYS = { ...SETTINGS, streamDays: 3 };

/** A run whose state is the number of days that it has played. */
function setUp(kept: KeptRun<number> | null = null) {
  const told: RunTold[] = [];
  const abort = new AbortController();
  let saved = kept;
  let starts = 0;
  const keeper: RunKeeper<number> = {
    load: async () => saved,
    save: async (run) => {
      saved = run;
    },
  };
  const gate = createGate(false);
  const ports: RunPorts<number> = {
    start: async () => {
      starts++;
      return 0;
    },
    play: async (state, { signal }) => {
      signal.throwIfAborted();
      return { state: state + 1, day: dayOf(state) };
    },
    keeper,
    gate,
    signal: abort.signal,
    backend: 'wasm',
    tell: (what) => told.push(what),
  };
  return { ports, gate, abort, told, saved: () => saved, starts: () => starts };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a run in the worker', () => {
  it('tells each day once it is kept, with the place to go on from', async () => {
    const { ports, told, saved } = setUp();
    const tell = (what: RunTold) => {
      if (what.kind === 'day') expect(saved()?.days.at(-1)).toEqual(what.day);
      told.push(what);
    };
    await trainRun(THREE_DAYS, { ...ports, tell });
    expect(told.map((what) => (what.kind === 'day' ? what.day.day : what.kind))).toEqual([0, 1, 2]);
    expect(saved()).toMatchObject({ settings: THREE_DAYS, state: 3 });
  });

  it('goes on from the border of the day that was lost', async () => {
    const kept = { settings: SETTINGS, backend: 'webgpu', days: [dayOf(0), dayOf(1)], state: 2 };
    const { ports, told, starts } = setUp(kept);
    await trainRun(THREE_DAYS, ports);
    expect(starts()).toBe(0);
    expect(told).toEqual([
      { kind: 'kept', days: [dayOf(0), dayOf(1)] },
      { kind: 'day', day: dayOf(2) },
    ]);
  });

  it('starts anew where another run, or a finished one, was kept', async () => {
    const days = [dayOf(0), dayOf(1), dayOf(2)];
    const other = { settings: { ...SETTINGS, seed: 8 }, backend: 'wasm', days: days.slice(1), state: 2 };
    for (const kept of [other, { settings: THREE_DAYS, backend: 'wasm', days, state: 3 }]) {
      const { ports, told, starts } = setUp(kept);
      await trainRun(THREE_DAYS, ports);
      expect(starts()).toBe(1);
      expect(told).toHaveLength(3);
    }
  });

  it('stands still between days while it is paused, and stops when it is given up', async () => {
    const { ports, gate, told, abort } = setUp();
    gate.pause();
    const running = trainRun(THREE_DAYS, ports);
    await settle();
    expect(told).toEqual([{ kind: 'paused', day: 0 }]);
    gate.step();
    await settle();
    expect(told.slice(1)).toEqual([
      { kind: 'resumed' },
      { kind: 'day', day: dayOf(0) },
      { kind: 'paused', day: 1 },
    ]);
    abort.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });
});
