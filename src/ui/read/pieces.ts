/**
 * The shelf: pieces that were read, kept on this device. What the browser gives out is parsed like any other outside data.
 * Where it keeps nothing (blocked storage, no room) the shelf holds pieces in memory until the page is left, and says so.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { parseOr } from '../../workers/schema.ts';
import {
  entryOf,
  type PieceEntry,
  pieceOf,
  type StoredPiece,
  storedPiece,
  storedPieceOf,
} from './piece-record.ts';
import type { Piece } from './store.ts';

export type Kept = { piece: Piece; photos: Map<string, Blob> };

/** Why a piece is not kept on the device. */
export type NotKept = 'blocked' | 'full';

export type Shelf = {
  /** Puts a piece in, over what there was of it. Never rejects. */
  put(piece: Piece, photos: ReadonlyMap<string, Blob>): Promise<NotKept | null>;
  take(id: string): Promise<Kept | null>;
  /** What is there, the latest first. */
  list(): Promise<PieceEntry[]>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
};

type Photo = { page: string; piece: string; photo: Blob };

interface Schema extends DBSchema {
  pieces: { key: string; value: StoredPiece };
  photos: { key: string; value: Photo; indexes: { piece: string } };
}

const NAME = 'scoreline';

/** A shelf in IndexedDB; in memory where there is none. */
export function createShelf(name = NAME): Shelf {
  const memory = createMemoryShelf();
  let opened: Promise<IDBPDatabase<Schema> | null> | null = null;
  const database = () => {
    opened ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('pieces', { keyPath: 'id' });
        db.createObjectStore('photos', { keyPath: 'page' }).createIndex('piece', 'piece');
      },
      // Another tab with a newer program wants it: it is opened again when next needed.
      blocking: (_current, _blocked, event) => {
        opened = null;
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: () => {
        opened = null;
      },
    }).catch(() => null);
    return opened;
  };

  return {
    async put(piece, photos) {
      const db = await database();
      const problem = db ? await write(db, piece, photos).catch(problemOf) : 'blocked';
      if (problem) await memory.put(piece, photos);
      else await memory.remove(piece.id);
      return problem;
    },
    async take(id) {
      const unkept = await memory.take(id);
      const db = unkept ? null : await database();
      return unkept ?? (db ? await read(db, id).catch(() => null) : null);
    },
    async list() {
      const db = await database();
      const all = (await db?.getAll('pieces').catch(() => [])) ?? [];
      const kept = all.flatMap((one) => parseOr(storedPiece, one) ?? []).map(entryOf);
      const unkept = await memory.list();
      return [...unkept, ...kept.filter(({ id }) => unkept.every((one) => one.id !== id))].sort(
        (a, b) => b.changed - a.changed,
      );
    },
    async remove(id) {
      await memory.remove(id);
      const db = await database();
      if (db) await erase(db, id);
    },
    async clear() {
      await memory.clear();
      const db = await database();
      if (!db) return;
      const all = db.transaction(['pieces', 'photos'], 'readwrite');
      await Promise.all([all.objectStore('pieces').clear(), all.objectStore('photos').clear(), all.done]);
    },
  };
}

async function write(
  db: IDBPDatabase<Schema>,
  piece: Piece,
  photos: ReadonlyMap<string, Blob>,
): Promise<null> {
  const record = storedPieceOf(piece, Date.now());
  const all = db.transaction(['pieces', 'photos'], 'readwrite');
  const store = all.objectStore('photos');
  const known = await store.index('piece').getAllKeys(piece.id);
  const wanted = record.pages.map(({ id }) => id);
  const writes: Promise<unknown>[] = [all.objectStore('pieces').put(record)];
  for (const page of wanted) {
    const photo = photos.get(page);
    if (photo && !known.includes(page)) writes.push(store.put({ page, piece: piece.id, photo }));
  }
  for (const page of known) if (!wanted.includes(page)) writes.push(store.delete(page));
  await Promise.all([...writes, all.done]);
  return null;
}

async function read(db: IDBPDatabase<Schema>, id: string): Promise<Kept | null> {
  const record = parseOr(storedPiece, await db.get('pieces', id));
  if (!record) return null;
  const photos = await db.getAllFromIndex('photos', 'piece', id);
  const named = photos.flatMap(({ page, photo }): [string, Blob][] =>
    photo instanceof Blob ? [[page, photo]] : [],
  );
  return { piece: pieceOf(record), photos: new Map(named) };
}

async function erase(db: IDBPDatabase<Schema>, id: string): Promise<void> {
  const all = db.transaction(['pieces', 'photos'], 'readwrite');
  const photos = all.objectStore('photos');
  const pages = await photos.index('piece').getAllKeys(id);
  await Promise.all([
    all.objectStore('pieces').delete(id),
    ...pages.map((page) => photos.delete(page)),
    all.done,
  ]);
}

function problemOf(error: unknown): NotKept {
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'blocked';
}

/** A shelf that lasts as long as the page. */
export function createMemoryShelf(): Shelf {
  const pieces = new Map<string, { record: StoredPiece; photos: Map<string, Blob> }>();
  return {
    async put(piece, photos) {
      const own = piece.pages.flatMap(({ id }): [string, Blob][] => {
        const photo = photos.get(id);
        return photo ? [[id, photo]] : [];
      });
      pieces.set(piece.id, { record: storedPieceOf(piece, Date.now()), photos: new Map(own) });
      return null;
    },
    async take(id) {
      const found = pieces.get(id);
      return found ? { piece: pieceOf(found.record), photos: found.photos } : null;
    },
    async list() {
      return [...pieces.values()].map(({ record }) => entryOf(record)).sort((a, b) => b.changed - a.changed);
    },
    async remove(id) {
      pieces.delete(id);
    },
    async clear() {
      pieces.clear();
    },
  };
}
