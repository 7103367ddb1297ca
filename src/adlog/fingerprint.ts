import type { DayLog } from './schema';

/** FNV-1a hash over every column of a day's log: equal logs have equal fingerprints in every engine. */
export function fingerprint(log: DayLog): number {
  let hash = 0x811c9dc5;
  for (const rows of [log.impressions, log.candidates, log.full]) {
    for (const column of Object.values(rows)) {
      if (typeof column === 'number') continue;
      const bytes = new Uint8Array(column.buffer, column.byteOffset, rows.count * column.BYTES_PER_ELEMENT);
      for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return hash >>> 0;
}
