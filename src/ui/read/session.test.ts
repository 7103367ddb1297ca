import { describe, expect, it } from 'vitest';
import type { ReadOutcome } from '../../workers/protocol.ts';
import type { Told } from '../../workers/read-client.ts';
import { fileNameOf, pieceName } from './names.ts';
import { createSession } from './session.ts';
import { pageSaying } from './testing/read-page.ts';

const page = pageSaying([]);

function failure(code: 'not_music' | 'cancelled'): ReadOutcome {
  return { ok: false, code, detail: '', message: '' };
}

/** A session whose reader does what the test says; frames come at once. */
function setUp(read: (tell: (told: Told) => void) => Promise<ReadOutcome>, engrave = async () => ['<svg/>']) {
  const calls = { cancelled: 0 };
  const session = createSession({
    reader: {
      read: (_photo, onTold) => read(onTold),
      cancel: () => {
        calls.cancelled += 1;
      },
      dispose: () => {},
    },
    engraver: { engrave, write: async () => new Blob(['x']), dispose: () => {} },
    models: 'models/',
    backend: 'auto',
    now: () => 1000,
    nextFrame: (task) => task(),
  });
  return { session, calls };
}

const photo = new Blob(['photo']);

describe('a session of reading', () => {
  it('shows the photo at once and each stage as it is told', async () => {
    const steps: (string | undefined)[] = [];
    const { session } = setUp(async (tell) => {
      steps.push(session.store.getState().work?.step);
      tell({ kind: 'opened', job: 1, width: 300, height: 400 });
      steps.push(session.store.getState().work?.step);
      tell({ kind: 'event', job: 1, event: { kind: 'progress', stage: 'reading', done: 1, total: 2 } });
      steps.push(session.store.getState().work?.step);
      return { ok: true, page };
    });
    await session.open([{ photo, name: 'my_song.jpg' }]);
    expect(steps).toEqual(['photo', 'geometry', 'reading']);
    expect(session.store.getState()).toMatchObject({
      work: null,
      problem: null,
      piece: { name: 'my song', pages: [{ reading: page }] },
      engraving: { state: 'ready', lines: ['<svg/>'] },
    });
  });

  it('keeps the earlier page when the next photo fails', async () => {
    const outcomes: ReadOutcome[] = [{ ok: true, page }, failure('not_music')];
    const { session } = setUp(async () => outcomes.shift() ?? failure('not_music'));
    await session.open([{ photo, name: 'first.jpg' }]);
    const { piece } = session.store.getState();
    await session.open([{ photo, name: 'cat.jpg' }]);
    const after = session.store.getState();
    expect(after.piece).toBe(piece);
    expect(after.engraving).toEqual({ state: 'ready', lines: ['<svg/>'] });
    expect(after.problem).toMatchObject({ code: 'not_music', kept: true, name: 'cat.jpg' });
    expect(session.pictureOf(piece?.pages[0]?.id ?? '')).toMatch(/^blob:/);
  });

  it('tries once more what failed, as what it was meant to be, and reports without the picture or its name', async () => {
    const outcomes: ReadOutcome[] = [{ ok: true, page }, failure('not_music'), { ok: true, page }];
    const { session } = setUp(async () => outcomes.shift() ?? failure('not_music'));
    await session.open([{ photo, name: 'first.jpg' }]);
    await session.open([{ photo, name: 'second.jpg' }]);
    const facts = session.store.getState().problem?.facts;
    expect(facts).toMatchObject({ step: 'photo', photo: 'unknown type, 5 bytes', 'after ms': 0 });
    expect(JSON.stringify(facts)).not.toContain('second');
    await session.retry();
    const { piece, problem } = session.store.getState();
    expect(problem).toBeNull();
    expect(piece).toMatchObject({ name: 'second', pages: [{ reading: page }] });
  });

  it('says nothing about a reading that the visitor stopped', async () => {
    const { session, calls } = setUp(async () => {
      session.stop();
      expect(session.store.getState().work?.stopping).toBe(true);
      return failure('cancelled');
    });
    await session.open([{ photo, name: 'page.jpg' }]);
    expect(calls.cancelled).toBe(1);
    expect(session.store.getState()).toMatchObject({ piece: null, work: null, problem: null });
  });

  it('keeps the symbols and says so when they cannot be engraved', async () => {
    const { session } = setUp(
      async () => ({ ok: true, page }),
      async () => {
        throw new Error('broken');
      },
    );
    await session.open([{ photo, name: 'page.jpg' }]);
    expect(session.store.getState()).toMatchObject({
      piece: { pages: [{ reading: page }] },
      engraving: { state: 'failed' },
    });
  });

  it('reads further photos as pages of the piece, and leaves out those that fail', async () => {
    const outcomes: ReadOutcome[] = [{ ok: true, page }, failure('not_music'), { ok: true, page }];
    const { session } = setUp(async () => {
      // Photos that come meanwhile wait for their turn.
      if (outcomes.length === 3)
        void session.addPages([
          { photo, name: 'cat.jpg' },
          { photo, name: '2.jpg' },
        ]);
      return outcomes.shift() ?? failure('not_music');
    });
    await session.open([{ photo, name: '1.jpg' }]);
    const { piece, problem, work } = session.store.getState();
    expect(piece?.pages.map(({ reading }) => reading)).toEqual([page, page]);
    expect(work).toBeNull();
    expect(problem).toMatchObject({ name: 'cat.jpg', kept: true });
    const [first, second] = piece?.pages ?? [];
    session.movePage(second?.id ?? '', 0);
    expect(session.store.getState().piece?.pages).toEqual([second, first]);
    session.removePage(second?.id ?? '');
    expect(session.store.getState().piece?.pages).toEqual([first]);
  });

  it('retakes a page once the new photo is read, and not before', async () => {
    const outcomes: ReadOutcome[] = [{ ok: true, page }, failure('not_music'), { ok: true, page }];
    const { session } = setUp(async () => outcomes.shift() ?? failure('not_music'));
    await session.open([{ photo, name: '1.jpg' }]);
    const first = session.store.getState().piece?.pages[0]?.id ?? '';
    await session.retakePage(first, { photo, name: 'cat.jpg' });
    expect(session.store.getState().piece?.pages.map(({ id }) => id)).toEqual([first]);
    expect(session.store.getState().problem).toMatchObject({ name: 'cat.jpg', kept: true });
    await session.retakePage(first, { photo, name: 'again.jpg' });
    expect(session.store.getState().piece?.pages).toHaveLength(1);
    expect(session.pictureOf(first)).toBeUndefined();
  });

  it('writes files under the piece’s name', async () => {
    const { session } = setUp(async () => ({ ok: true, page }));
    expect(await session.write('mid')).toBeNull();
    await session.open([{ photo, name: 'my_song.final.jpg' }]);
    expect((await session.write('mid'))?.name).toBe('my song.final.mid');
  });
});

describe('names', () => {
  it('of pieces come from their files, and of files from their pieces', () => {
    expect(pieceName('IMG_1664.jpeg')).toBe('IMG 1664');
    expect(fileNameOf('a/b: c?')).toBe('a b c');
    expect(fileNameOf('//')).toBe('score');
  });
});
