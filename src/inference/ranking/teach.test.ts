import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startNodeEngine } from '../../../tools/node-engine.ts';
import { DEFAULT_SETTINGS } from '../../adlog/settings.ts';
import { createWorld } from '../../adlog/world.ts';
import { createFm } from './fm.ts';
import { createMemory, startTeach, type TeachMemory, type TeachState, teachDay } from './teach.ts';
import { DEFAULT_TEACH_SETTINGS, type TeachDay, type TeachSettings, USER_SUMS } from './teach-run.ts';
import { createVm } from './vm.ts';

const SETTINGS: TeachSettings = {
  ...DEFAULT_TEACH_SETTINGS,
  impressionsPerDay: 1500,
  streamDays: 2,
  teacher: { size: 'small', delay: 0, refresh: 1, outage: { from: 1, to: 2 } },
};

/** What a warm-up would leave, untrained: the stream starts on the first day of the world. */
function memoryOfBeginners(): TeachMemory {
  const made = createMemory();
  const world = createWorld({ ...DEFAULT_SETTINGS, impressionsPerDay: 1500 });
  made.worlds.set('7/1500', { state: world.state, levels: Array.from({ length: 14 }, () => 0) });
  made.teachers.set('7/1500/14/small', { live: createFm('small', 7).parameters, checkpoints: new Map() });
  made.students.set('7/1500/14/feed', createVm(7).parameters);
  return made;
}

describe('a run of the stream', { timeout: 120_000 }, () => {
  const ports = { memory: memoryOfBeginners() };
  let start: TeachState;
  let first: { state: TeachState; day: TeachDay };
  beforeAll(async () => {
    await startNodeEngine('wasm');
    start = await startTeach(SETTINGS, ports);
    first = await teachDay(start, ports);
  }, 120_000);

  it('judges all models on the same rows', () => {
    const { day } = first;
    expect(day.day).toBe(0);
    for (const { expected } of Object.values(day.models)) expect(expected.weight).toBe(day.rows);
    const labels = Object.values(day.models).map(({ expected }) => expected.label);
    expect(new Set(labels).size).toBe(1);
    expect(day.models.oracle.expected.crossEntropy).toBeLessThan(day.models.alone.expected.crossEntropy);
  });

  it('gives sums by user that add up to the day', () => {
    const { users, models } = first.day;
    const width = USER_SUMS.length;
    const total = (column: number) =>
      users.sums.reduce((sum, value, i) => sum + (i % width === column ? value : 0), 0);
    expect(total(0)).toBe(first.day.rows);
    expect(total(USER_SUMS.indexOf('student'))).toBeCloseTo(models.student.expected.crossEntropy, 6);
  });

  it('counts one call for every example, however many students hold it', () => {
    const { students, rows, calls } = first.day.ledger;
    const of = (name: string) => students.find(({ student }) => student === name);
    expect(of('feed')).toMatchObject({ rows: first.day.rows, shared: first.day.rows });
    expect(calls).toBe(of('early stage')?.rows);
    expect(rows).toBeGreaterThan(calls);
  });

  it('plays the same day again from the same state, with no tensor left behind', async () => {
    const { numTensors } = memory();
    const again = await teachDay(start, { memory: memoryOfBeginners() });
    expect(again.day.models).toEqual(first.day.models);
    expect(memory().numTensors).toBe(numTensors);
  });

  it('goes on from a copy, and a broken teacher says one thing for all', async () => {
    const second = await teachDay(structuredClone(first.state), ports);
    expect(second.day.day).toBe(1);
    expect(second.day.broken).toBe(true);
    const predictions = second.day.teacherCurve.map(({ prediction }) => prediction);
    expect(Math.max(...predictions) - Math.min(...predictions)).toBeLessThan(1e-6);
    expect(second.day.checkpoint).toBe(1);
  });

  it('publishes checkpoints within the day, and lets each serve from its time on', async () => {
    const hourly = { ...SETTINGS, teacher: { ...SETTINGS.teacher, delay: 0.25, refresh: 0.25 } };
    const begun = await startTeach({ ...hourly, streamDays: 1 }, ports);
    const { state, day } = await teachDay(begun, ports);
    expect([...state.checkpoints.keys()]).toEqual([0.75]);
    // The first rows of the day find the oldest checkpoint that there is.
    expect(day.checkpoint).toBe(0);
    // At midnight's checkpoint it would have said the same of its rows as with a whole day between two.
    expect(day.rows).toBe(first.day.rows);
    expect(day.models.served).not.toEqual(first.day.models.served);
    expect(day.models.alone).toEqual(first.day.models.alone);
  });

  it('keeps the checkpoints that can still serve, and no others', async () => {
    const stale: TeachState = {
      ...start,
      settings: { ...SETTINGS, teacher: { ...SETTINGS.teacher, delay: 1 } },
    };
    const { state } = await teachDay({ ...stale, checkpoints: new Map([[-1, start.live]]) }, ports);
    expect([...state.checkpoints.keys()]).toEqual([0]);
    // With no delay tomorrow's own one takes over at midnight.
    expect(first.state.checkpoints.size).toBe(0);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const stopped = teachDay(start, ports, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('stop')),
    });
    await expect(stopped).rejects.toThrow('stop');
  });
});
