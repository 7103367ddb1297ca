import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveError, packColumns, unpackColumns } from './archive';
import { encodeRows, FM_FEATURES, impressionSource } from './features';
import { packLogs, unpackLogs } from './pack';
import { DEFAULT_SETTINGS } from './settings';
import { simulateDay } from './simulate';
import { createWorld } from './world';

describe('an archive of columns', () => {
  it('gives back every column bit for bit', () => {
    fc.assert(
      fc.property(
        fc.uint32Array(),
        fc.uint8Array(),
        fc.uint16Array(),
        fc.float32Array(),
        fc.float64Array(),
        fc.int8Array(),
        (...all) => {
          const columns = new Map(all.map((column, i) => [`c${i}`, column]));
          const unpacked = unpackColumns(packColumns({ some: 'meta' }, columns));
          expect(unpacked.meta).toEqual({ some: 'meta' });
          expect([...unpacked.columns.values()]).toEqual(all);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('refuses what it did not write', () => {
    const packed = packColumns(null, new Map([['a', Uint8Array.of(1, 2, 3)]]));
    expect(() => unpackColumns(Uint8Array.of(1, 2, 3))).toThrow(ArchiveError);
    expect(() => unpackColumns(packed.subarray(0, packed.length - 9))).toThrow(ArchiveError);
    expect(() => unpackLogs(packed)).toThrow(ArchiveError);
  });
});

describe('a packed log', () => {
  const world = createWorld({ ...DEFAULT_SETTINGS, users: 300, liveAds: 500, impressionsPerDay: 500 });
  const logs = [simulateDay(world, { fullEvery: 100 }), simulateDay(world, { fullEvery: 100 })];
  const unpacked = unpackLogs(packLogs(logs));

  it('keeps rows, tables and hidden state', () => {
    expect(unpacked).toHaveLength(2);
    const [, before] = logs;
    const [, after] = unpacked;
    expect(after?.impressions.count).toBe(500);
    expect(after?.impressions.time).toEqual(before?.impressions.time);
    expect(after?.candidates.ad).toEqual(before?.candidates.ad.subarray(0, before.candidates.count));
    expect(after?.hidden).toEqual(before?.hidden);
    expect(after?.full.count).toBe(before?.full.count);
  });

  it('keeps probabilities to three digits', () => {
    const before = logs[0]?.impressions.pClick ?? [];
    const after = unpacked[0]?.impressions.pClick ?? [];
    const worst = Math.max(...Array.from(after, (p, i) => Math.abs(p / (before[i] ?? 1) - 1)));
    expect(worst).toBeLessThan(3e-4);
  });

  it('encodes to the same features', () => {
    const [before, after] = [logs[1], unpacked[1]];
    if (!before || !after) throw new Error('There are two days.');
    const encode = (log: typeof before) =>
      encodeRows(FM_FEATURES, impressionSource(log), log.impressions.count);
    expect(encode(after)).toEqual(encode(before));
  });
});

describe('the shipped slice', () => {
  const packed = new Uint8Array(
    readFileSync(new URL('../../public/samples/adlogs/slice.bin', import.meta.url)),
  );

  it('holds three days of the stream in at most 8 MB', () => {
    expect(packed.length).toBeLessThanOrEqual(8e6);
    const logs = unpackLogs(packed);
    expect(logs.map((log) => [log.day, log.impressions.count])).toEqual(
      [14, 15, 16].map((day) => [day, 100_000]),
    );
    for (const { impressions, candidates } of logs) {
      const clicks = impressions.click.reduce((sum, y) => sum + y, 0);
      expect(clicks / impressions.count).toBeGreaterThan(0.008);
      expect(clicks / impressions.count).toBeLessThan(0.025);
      expect(candidates.count % 32).toBe(0);
    }
  });
});
