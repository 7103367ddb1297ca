import { describe, expect, it } from 'vitest';
import { createGate } from './rank-gate.ts';

const never = new AbortController().signal;

/** Lets all that is settled be heard. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the gate of a run', () => {
  it('is open at first', async () => {
    await createGate(false).pass(never, () => expect.unreachable());
  });

  it('holds a paused run until it is resumed, and says once that it does', async () => {
    const gate = createGate(false);
    let told = 0;
    let passed = false;
    gate.pause();
    void gate.pass(never, () => told++).then(() => (passed = true));
    await settle();
    expect([told, passed]).toEqual([1, false]);
    gate.resume();
    await settle();
    expect([told, passed]).toEqual([1, true]);
  });

  it('lets one day pass at a step', async () => {
    const gate = createGate(true);
    await gate.pass(never, () => expect.unreachable());
    gate.dayOver();
    expect(gate.isClosed).toBe(true);
    gate.step();
    expect(gate.isClosed).toBe(false);
    gate.dayOver();
    expect(gate.isClosed).toBe(true);
    gate.resume();
    gate.dayOver();
    expect(gate.isClosed).toBe(false);
  });

  it('lets a run that is given up go', async () => {
    const gate = createGate(false);
    const abort = new AbortController();
    gate.pause();
    const passing = gate.pass(abort.signal, () => {});
    abort.abort();
    await passing;
  });
});
