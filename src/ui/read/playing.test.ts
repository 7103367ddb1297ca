import { describe, expect, it } from 'vitest';
import { plainToken, type Token } from '../../notation/token.ts';
import { createMemoryShelf } from './pieces.ts';
import { playingOf } from './playing.ts';
import { createSession } from './session.ts';
import { pageSaying } from './testing/read-page.ts';

const read = (token: Token) => ({ ...token, p: 1, x: 5, y: 6, alternatives: [] });
const tokens = [
  plainToken('clef-G2'),
  plainToken('keySignature-CM'),
  plainToken('timeSignature-4/4'),
  { ...plainToken('note-whole'), pitch: 'A4', lift: 'none' },
  plainToken('barline'),
  { ...plainToken('note-whole'), pitch: 'B4', lift: 'none' },
  plainToken('barline'),
].map(read);
const page = pageSaying(tokens);
const shelf = createMemoryShelf();

/** A visit to the same device. */
function visit() {
  const session = createSession({
    reader: { read: async () => ({ ok: true, page }), cancel: () => {}, dispose: () => {} },
    engraver: { engrave: async () => ['<svg/>'], write: async () => new Blob(['x']), dispose: () => {} },
    models: 'models/',
    backend: 'auto',
    now: () => 1000,
    nextFrame: (task) => task(),
    shelf,
  });
  const { player, start } = playingOf(session);
  start();
  return { session, player };
}

const photo = (name: string) => [{ photo: new Blob(['photo']), name }];

describe('how a piece is played', () => {
  it('is kept with the piece, and another piece begins as it comes', async () => {
    const first = visit();
    await first.session.open(photo('slow.jpg'));
    const slow = first.session.store.getState().piece?.id ?? '';
    first.player.setTempo(40);
    first.player.setMuted(0, true);
    first.player.setMetronome(true);
    first.player.setSound('flute');
    first.player.setLoop({ start: 4, end: 8 });
    await first.session.open(photo('other.jpg'));
    const asItComes = { tempo: 100, assumed: true, muted: [], metronome: false, sound: 'piano', loop: null };
    expect(first.player.store.getState()).toMatchObject(asItComes);

    const second = visit();
    expect(await second.session.take(slow)).toBe(true);
    expect(second.player.store.getState()).toMatchObject({
      ...{ tempo: 40, assumed: false, muted: [0], metronome: true, sound: 'flute' },
      loop: { start: 4, end: 8 },
    });
    // What is taken back to how it comes is kept so too.
    second.player.resetTempo();
    second.player.setLoop(null);
    await second.session.leave();
    expect((await shelf.take(slow))?.playback).toMatchObject({ tempo: null, loop: null, sound: 'flute' });
  });
});
