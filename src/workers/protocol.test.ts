import { describe, expect, it } from 'vitest';
import type { ReadToken } from '../inference/tromr/reading.ts';
import { engraveReply, readReply, readRequest } from './protocol.ts';
import { parseOr } from './schema.ts';

const token: ReadToken = {
  rhythm: 'note-quarter',
  pitch: 'F4',
  lift: '#',
  tuplet: 'none',
  mark: 'none',
  tie: 'none',
  slur: 'none',
  voice: '1',
  p: 0.9,
  x: 10,
  y: 20,
  alternatives: [{ branch: 'pitch', value: 'G4', p: 0.05 }],
};
const lines: [number, number][][] = [0, 1, 2, 3, 4].map((i) => [
  [0, i],
  [100, i],
]);
const page = {
  photo: { width: 100, height: 50 },
  rotation: 90,
  backend: 'wasm',
  reason: 'because',
  timings: { geometry: 1, draft: 2, reading: 3, notation: 4 },
  systems: [{ staves: [{ box: [0, 0, 9, 9], lines, tokens: [token], source: 'reading' }], braces: [[0, 0]] }],
};

describe('the protocol between page and workers', () => {
  it('lets a whole reading through unchanged', () => {
    const message = { kind: 'finished', job: 3, outcome: { ok: true, page } };
    expect(readReply(structuredClone(message))).toEqual(message);
  });

  it('lets events and failures through unchanged', () => {
    for (const message of [
      { kind: 'opened', job: 1, width: 4, height: 3 },
      { kind: 'weights', job: 1, done: 4, total: 9 },
      { kind: 'event', job: 1, event: { kind: 'progress', stage: 'draft', done: 1, total: 2 } },
      { kind: 'event', job: 1, event: { kind: 'tokens', staff: 0, tokens: [token], complete: false } },
      { kind: 'finished', job: 1, outcome: { ok: false, code: 'not_music', detail: '', message: '' } },
    ])
      expect(readReply(message)).toEqual(message);
  });

  it('leaves out what it does not know', () => {
    expect(readRequest({ kind: 'cancel', job: 2, extra: 'x' })).toEqual({ kind: 'cancel', job: 2 });
  });

  it.each([
    null,
    'read',
    [],
    { kind: 'unknown', job: 1 },
    { kind: 'opened', job: '1', width: 4, height: 3 },
    { kind: 'opened', job: 1, width: Number.NaN, height: 3 },
    { kind: 'finished', job: 1, outcome: { ok: false, code: 'toString', detail: '', message: '' } },
    { kind: 'finished', job: 1, outcome: { ok: true, page: { ...page, rotation: 45 } } },
    { kind: 'event', job: 1, event: { kind: 'draft', staff: 0, tokens: [{ ...token, p: 'high' }] } },
  ])('drops %j', (message) => {
    expect(parseOr(readReply, message)).toBeNull();
  });

  it('asks for a real photo and a known backend', () => {
    const request = {
      kind: 'read',
      job: 1,
      photo: new Blob(['x']),
      name: 'a',
      models: 'm/',
      backend: 'auto',
    };
    expect(readRequest(request)).toEqual(request);
    expect(parseOr(readRequest, { ...request, photo: 'x' })).toBeNull();
    expect(parseOr(readRequest, { ...request, backend: 'webgl' })).toBeNull();
  });

  it('tells engraved lines from files', () => {
    expect(engraveReply({ kind: 'engraved', job: 1, lines: ['<svg/>'] })).toEqual({
      kind: 'engraved',
      job: 1,
      lines: ['<svg/>'],
    });
    expect(parseOr(engraveReply, { kind: 'written', job: 1, file: new Uint8Array(3) })).toBeNull();
  });
});
