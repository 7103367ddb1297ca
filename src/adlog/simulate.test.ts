import { beforeAll, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint';
import type { DayLog } from './schema';
import { DEFAULT_SETTINGS, NO_DRIFT, type WorldSettings } from './settings';
import { simulateDay } from './simulate';
import { totalValue } from './value';
import { createWorld, restoreWorld, snapshotWorld } from './world';

const SMALL: WorldSettings = { ...DEFAULT_SETTINGS, users: 2000, liveAds: 700, impressionsPerDay: 6000 };

function column(log: DayLog, name: 'click' | 'pClick' | 'propensity' | 'position'): number[] {
  return Array.from(log.impressions[name].subarray(0, log.impressions.count));
}

describe('a simulated day', () => {
  const world = createWorld(SMALL);
  let log: DayLog;
  beforeAll(() => {
    log = simulateDay(world, { fullEvery: 300 });
  });

  it('shows exactly the impressions asked for, in order of time', () => {
    expect(log.impressions.count).toBe(SMALL.impressionsPerDay);
    const { time } = log.impressions;
    for (let i = 1; i < log.impressions.count; i++)
      expect(time[i] ?? 0).toBeGreaterThanOrEqual(time[i - 1] ?? 0);
    expect(time[log.impressions.count - 1]).toBeLessThan(86_400);
  });

  it('logs 24 survivors and 8 dropped candidates for one request in fifty, with their inclusion probabilities', () => {
    const { candidates } = log;
    expect(candidates.count).toBe(32 * Math.ceil(log.requests / 50));
    const wrong = candidates.inclusion.subarray(0, candidates.count).filter((p, i) => {
      return Math.abs(p - (candidates.stage[i] === 0 ? 8 / 350 : 24 / 50)) > 1e-6;
    });
    expect(wrong.length).toBe(0);
    const dropped = candidates.stage.subarray(0, candidates.count).filter((stage) => stage === 0).length;
    expect(dropped).toBe(candidates.count / 4);
  });

  it('passes 400 candidates to 50 to 5 to what is shown', () => {
    const { full } = log;
    const first = full.request[0];
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < full.count && full.request[i] === first; i++) {
      const stage = full.stage[i] ?? 0;
      counts[stage] = (counts[stage] ?? 0) + 1;
    }
    expect(counts[0]).toBe(350);
    expect((counts[1] ?? 0) + (counts[2] ?? 0) + (counts[3] ?? 0)).toBe(50);
    expect(counts[3]).toBeGreaterThanOrEqual(1);
  });

  it('gives a shown candidate the id of its impression and every other row an id of its own', () => {
    const shown = new Set(log.impressions.id.subarray(0, log.impressions.count));
    expect(shown.size).toBe(log.impressions.count);
    const { candidates } = log;
    const ids = candidates.id.subarray(0, candidates.count);
    expect(ids.filter((id, i) => shown.has(id) !== (candidates.stage[i] === 3)).length).toBe(0);
    expect(new Set(ids).size).toBe(candidates.count);
  });

  it('explores one request in fifty and says how likely each ad was', () => {
    const explored = column(log, 'propensity').filter((p) => p < 0.5).length;
    expect(explored / log.impressions.count).toBeGreaterThan(0.01);
    expect(explored / log.impressions.count).toBeLessThan(0.035);
    for (const p of column(log, 'propensity'))
      expect([0.98 + 0.02 / 50, 0.02 / 50]).toContainEqual(expect.closeTo(p, 6));
  });

  it('draws clicks with the hidden probabilities', () => {
    const expected = column(log, 'pClick').reduce((sum, p) => sum + p, 0);
    const clicks = column(log, 'click').reduce((sum, y) => sum + y, 0);
    expect(Math.abs(clicks - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('ranks by the total value of the truth, up to the final stage’s error', () => {
    const { full, ads } = log;
    let [sum, estimate] = [0, 0];
    for (let i = 0; i < full.count; i++) {
      const ad = full.ad[i] ?? 0;
      const billed = ads.conversionBilled[ad] === 1;
      const bid = ads.bid[ad] ?? 0;
      sum += totalValue(
        bid,
        full.pClick[i] ?? 0,
        full.pConversion[i] ?? 0,
        full.pCrossOut[i] ?? 0,
        billed,
        SMALL.lambda,
      );
      estimate += full.policyValue[i] ?? 0;
    }
    expect(estimate / sum).toBeGreaterThan(0.8);
    expect(estimate / sum).toBeLessThan(1.3);
  });

  it('never charges more than the bid', () => {
    const { impressions, ads } = log;
    for (let i = 0; i < impressions.count; i++) {
      expect(impressions.price[i] ?? 0).toBeLessThanOrEqual(
        (ads.bid[impressions.ad[i] ?? 0] ?? 0) * 1.000001,
      );
      expect(impressions.price[i] ?? -1).toBeGreaterThanOrEqual(0);
    }
  });
});

/** Just large enough for the funnel. */
const TINY: WorldSettings = { ...SMALL, users: 300, liveAds: 500, impressionsPerDay: 600 };

describe('the world', () => {
  it('is the same for the same seed, and another for another', () => {
    const one = fingerprint(simulateDay(createWorld(TINY)));
    expect(fingerprint(simulateDay(createWorld(TINY)))).toBe(one);
    expect(fingerprint(simulateDay(createWorld({ ...TINY, seed: 8 })))).not.toBe(one);
  });

  it('has the bits that it had when this was written, in any engine', () => {
    const world = createWorld(TINY);
    simulateDay(world);
    expect(fingerprint(simulateDay(world))).toBe(4270580080);
  });

  it('replays a day alone from the snapshot at its border', () => {
    const world = createWorld(TINY);
    simulateDay(world);
    const border = snapshotWorld(world);
    const first = simulateDay(world);
    const again = simulateDay(restoreWorld(TINY, border));
    expect(again.day).toBe(1);
    expect(fingerprint(again)).toBe(fingerprint(first));
  });

  it('is not moved by what is logged of it', () => {
    const lean = simulateDay(createWorld({ ...TINY, candidatesEvery: 0 }));
    const rich = simulateDay(createWorld(TINY), { fullEvery: 50 });
    expect(column(lean, 'pClick')).toEqual(column(rich, 'pClick'));
  });

  it('stands still where every drift is switched off', () => {
    const world = createWorld({ ...TINY, drift: NO_DRIFT });
    const taste = world.state.users.taste.slice();
    const first = simulateDay(world);
    const second = simulateDay(world);
    expect(second.hidden).toEqual(first.hidden);
    expect(second.hidden.level).toBe(0);
    expect(world.state.users.taste).toEqual(taste);
    expect(second.ads.count).toBe(first.ads.count);
  });

  it('moves only what a switch names', () => {
    const world = createWorld({ ...TINY, drift: { ...NO_DRIFT, level: true } });
    const logs = [simulateDay(world), simulateDay(world)];
    expect(logs[1]?.hidden.level).not.toBe(logs[0]?.hidden.level);
    expect(logs[1]?.hidden.categories).toEqual(logs[0]?.hidden.categories);
    expect(logs[1]?.hidden.domains).toEqual(logs[0]?.hidden.domains);
  });

  it('refuses settings that the log cannot hold', () => {
    expect(() => createWorld({ ...TINY, users: 70_000 })).toThrow(RangeError);
    expect(() => createWorld({ ...TINY, liveAds: 3 })).toThrow(RangeError);
  });
});
