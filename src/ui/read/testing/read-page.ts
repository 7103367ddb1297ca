import type { ReadToken } from '../../../inference/tromr/reading.ts';
import type { ReadPage } from '../../../workers/protocol.ts';

/** A page of one staff that says this, as the reader hands it on. */
export function pageSaying(tokens: ReadToken[], rotation: ReadPage['rotation'] = 0): ReadPage {
  return {
    photo: { width: 300, height: 400 },
    rotation,
    backend: 'wasm',
    reason: 'because',
    timings: { geometry: 1, draft: 1, reading: 1, notation: 1 },
    systems: [{ staves: [{ box: [0, 0, 9, 9], lines: [], tokens, source: 'reading' }], braces: [] }],
  };
}
