import { describe, expect, it } from 'vitest';
import {
  candidateSource,
  denseWidth,
  encodeRows,
  FEATURE_LISTS,
  FM_FEATURES,
  HASH_BUCKETS,
  hashedRow,
  impressionSource,
  VM_FEATURES,
  withoutFields,
} from './features';
import { OUTCOME_COLUMNS, ROW_COLUMNS, TRUTH_COLUMNS } from './schema';
import { DEFAULT_SETTINGS } from './settings';
import { simulateDay } from './simulate';
import { createWorld } from './world';

const log = simulateDay(
  createWorld({ ...DEFAULT_SETTINGS, users: 1000, liveAds: 600, impressionsPerDay: 1000 }),
);

describe('feature lists', () => {
  it('name no hidden probability and no outcome', () => {
    const forbidden = new Set<string>([...TRUTH_COLUMNS, ...OUTCOME_COLUMNS]);
    forbidden.delete('position');
    for (const list of FEATURE_LISTS) {
      for (const field of [...list.categorical, ...list.dense]) expect(forbidden.has(field.name)).toBe(false);
    }
  });

  it('read the observed columns alone', () => {
    const allowed = new Set<PropertyKey>(ROW_COLUMNS);
    const { users, userDay, ads, impressions } = log;
    const rows = new Proxy(impressions, {
      get(target, key) {
        if (!allowed.has(key)) throw new Error(`A feature reads ${String(key)}.`);
        return Reflect.get(target, key);
      },
    });
    const source = { rows, position: impressions.position, users, userDay, ads };
    for (const list of FEATURE_LISTS) expect(encodeRows(list, source, 10).count).toBe(10);
  });

  it('keep every row within its table and every number within reach of a small network', () => {
    for (const list of FEATURE_LISTS) {
      const { categorical, dense } = encodeRows(list, impressionSource(log), log.impressions.count);
      const outside = categorical.filter((row, i) => {
        const field = list.categorical[i % list.categorical.length];
        return row < 0 || row >= (field?.rows ?? 0);
      });
      expect(outside.length).toBe(0);
      expect(dense.filter((value) => !(Math.abs(value) < 6)).length).toBe(0);
    }
  });

  it('give the vertical model eight to ten cheap fields and the foundation model all 16 dimensions of history', () => {
    expect(VM_FEATURES.categorical.length + VM_FEATURES.dense.length).toBeLessThanOrEqual(10);
    expect(FM_FEATURES.dense.find((field) => field.name === 'history')?.width).toBe(16);
  });

  it('split in the early stage into user and ad, so that both towers can be cached', () => {
    const early = FEATURE_LISTS.find((list) => list.name === 'early');
    const sides = [...(early?.categorical ?? []), ...(early?.dense ?? [])].map((field) => field.side);
    expect(sides).not.toContain('pair');
  });

  it('put a candidate, which has no position, out of vocabulary', () => {
    const { categorical } = encodeRows(
      VM_FEATURES,
      candidateSource(log, log.candidates),
      log.candidates.count,
    );
    const position = VM_FEATURES.categorical.findIndex((field) => field.name === 'position');
    expect(categorical[position]).toBe(0);
  });

  it('encode only the rows that are asked for, in that order', () => {
    const all = encodeRows(FM_FEATURES, impressionSource(log), 5);
    const some = encodeRows(FM_FEATURES, impressionSource(log), 5, [3, 1]);
    const width = FM_FEATURES.categorical.length;
    expect(some.count).toBe(2);
    expect(some.categorical.subarray(0, width)).toEqual(all.categorical.subarray(3 * width, 4 * width));
    expect(some.dense.length).toBe(2 * denseWidth(FM_FEATURES));
  });

  it('can lose a field', () => {
    expect(withoutFields(FM_FEATURES, 'domain').categorical.length).toBe(FM_FEATURES.categorical.length - 1);
  });

  it('hash ids into buckets that leave row 0 to the unknown', () => {
    const rows = Array.from({ length: 1000 }, (_, id) => hashedRow('ad', id));
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...rows)).toBeLessThanOrEqual(HASH_BUCKETS.ad);
    expect(new Set(rows).size).toBeGreaterThan(900);
  });
});
