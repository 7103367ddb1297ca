import { describe, expect, it } from 'vitest';
import type { Command } from '../../notation/edit/commands.ts';
import { plainToken } from '../../notation/token.ts';
import { Malformed } from '../../workers/schema.ts';
import { AS_IT_COMES } from '../sound/playback.ts';
import { packPieces, unpackPieces } from './piece-pack.ts';
import { type Kept, keptPieceOf, storedPiece, storedPieceOf } from './piece-record.ts';
import { createMemoryShelf, createShelf } from './pieces.ts';
import { type Piece, pageOf } from './store.ts';
import { pageSaying } from './testing/read-page.ts';

const note = {
  ...plainToken('note-quarter'),
  pitch: 'A4',
  lift: 'none',
  p: 0.8,
  x: 5,
  y: 6,
  alternatives: [],
};
const reading = pageSaying([note], 90);
const place = { page: 'a', staff: 0, token: 0 };
const commands: Command[] = [
  { kind: 'fix', places: [place], fix: { kind: 'set', branch: 'mark', value: 'tenuto' } },
  { kind: 'fix', places: [place], fix: { kind: 'step', by: -2 } },
  { kind: 'fix', places: [place], fix: { kind: 'letter', letter: 'B' } },
  { kind: 'fix', places: [place], fix: { kind: 'length', value: 'half' } },
  { kind: 'fix', places: [place], fix: { kind: 'dots', dots: 1 } },
  { kind: 'fix', places: [place], fix: { kind: 'rest' } },
  { kind: 'fix', places: [place], fix: { kind: 'right' } },
  { kind: 'fix', places: [place], fix: { kind: 'as-read' } },
  { kind: 'insert', place, symbol: plainToken('barline') },
  { kind: 'join', place, symbol: plainToken('rest-half') },
  { kind: 'delete', places: [place] },
  { kind: 'sign', place, name: 'clef-F4', reach: 'end', staves: 'all' },
];
const piece: Piece = {
  id: 'x',
  name: 'A piece',
  pages: [pageOf('a', reading, 1234)],
  edits: { commands, done: 9 },
};
const kept: Kept = {
  piece,
  photos: new Map([['a', new Blob(['photo'], { type: 'image/png' })]]),
  changed: 5,
  transpose: -2,
  playback: { tempo: 63, muted: [1], metronome: true, loop: { start: 4, end: 8 }, sound: 'flute' },
};

describe('a kept piece', () => {
  it('comes back as it was, with every kind of edit and as it was played', () => {
    const record: unknown = JSON.parse(JSON.stringify(storedPieceOf(kept)));
    expect(keptPieceOf(storedPiece(record), kept.photos)).toEqual(kept);
  });

  it('is as written, and played as it comes, if it was kept before these could be set', () => {
    const { transpose: _, playback: __, ...older } = storedPieceOf(kept);
    expect(storedPiece(older)).toMatchObject({ name: 'A piece', transpose: 0, playback: AS_IT_COMES });
  });

  it('is not lost for an instrument that is not known', () => {
    const record = storedPieceOf(kept);
    const other = { ...record, playback: { ...record.playback, sound: 'theremin' } };
    expect(storedPiece(other)).toMatchObject({ name: 'A piece', playback: AS_IT_COMES });
  });

  it('is refused if it holds something else', () => {
    const record = storedPieceOf(kept);
    const bad = { ...record, edits: { commands: [{ kind: 'format the disk' }], done: 1 } };
    expect(() => storedPiece(bad)).toThrow(Malformed);
  });

  it('goes into one file with its photos, and out of it', async () => {
    const back = await unpackPieces(await packPieces([kept]));
    expect(back).toMatchObject([{ piece, changed: 5, transpose: -2, playback: kept.playback }]);
    const photo = back?.[0]?.photos.get('a');
    expect(photo?.type).toBe('image/png');
    expect(await photo?.text()).toBe('photo');
  });

  it('is not found in a file of another kind', async () => {
    expect(await unpackPieces(new Blob(['no zip']))).toBeNull();
    expect(await unpackPieces(new Blob([]))).toBeNull();
  });
});

describe('a shelf', () => {
  it('lists pieces, the latest first, renames and removes them', async () => {
    const shelf = createMemoryShelf();
    await shelf.put(kept);
    await shelf.put({ ...kept, piece: { ...piece, id: 'y', name: 'B' }, changed: 9 });
    expect((await shelf.list()).map(({ name }) => name)).toEqual(['B', 'A piece']);
    expect((await shelf.list())[1]).toMatchObject({ pages: 1, staves: 1, edits: 9 });
    await shelf.rename('x', 'C');
    expect((await shelf.take('x'))?.piece.name).toBe('C');
    await shelf.remove('y');
    expect((await shelf.list()).map(({ id }) => id)).toEqual(['x']);
    await shelf.clear();
    expect(await shelf.list()).toEqual([]);
  });

  it('says so where the browser keeps nothing, and holds the piece until the page is left', async () => {
    // Node has no IndexedDB, as a browser with blocked storage.
    const shelf = createShelf();
    expect(await shelf.put(kept)).toBe('blocked');
    expect((await shelf.take('x'))?.piece).toEqual(piece);
    expect(await shelf.list()).toHaveLength(1);
  });
});
