/**
 * The shelf: pieces that were read, kept on this device. What the browser gives out is parsed like any other outside data.
 * Where it keeps nothing (blocked storage, no room) the shelf holds pieces in memory until the page is left, and says so.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { parseOr } from '../../workers/schema.ts';
import { coverOf } from './cover.ts';
import {
  entryOf,
  type Kept,
  keptPieceOf,
  type PieceEntry,
  type StoredPiece,
  storedPiece,
  storedPieceOf,
} from './piece-record.ts';

/** Why a piece is not kept on the device. */
export type NotKept = 'blocked' | 'full';

export type Shelf = {
  /** Puts a piece in, over what there was of it. Never rejects. */
  put(kept: Kept): Promise<NotKept | null>;
  take(id: string): Promise<Kept | null>;
  /** What is there, the latest first. */
  list(): Promise<PieceEntry[]>;
  rename(id: string, name: string): Promise<void>;
  /** @throws Error if the browser refuses. */
  remove(id: string): Promise<void>;
  /** @throws Error if the browser refuses. */
  clear(): Promise<void>;
};

type Photo = { page: string; piece: string; photo: Blob };
type Cover = { piece: string; page: string; cover: Blob };

interface Schema extends DBSchema {
  pieces: { key: string; value: StoredPiece };
  photos: { key: string; value: Photo; indexes: { piece: string } };
  covers: { key: string; value: Cover };
}

const STORES = ['pieces', 'photos', 'covers'] as const;

/** A shelf in IndexedDB; in memory where there is none. */
export function createShelf(name = 'scoreline'): Shelf {
  const memory = createMemoryShelf();
  let opened: Promise<IDBPDatabase<Schema> | null> | null = null;
  const close = (db: IDBPDatabase<Schema> | null) => {
    db?.close();
    opened = null;
  };
  const database = () => {
    // Where storage is blocked some browsers throw, some reject.
    opened ??= Promise.resolve()
      .then(() =>
        openDB<Schema>(name, 1, {
          upgrade(db) {
            db.createObjectStore('pieces', { keyPath: 'id' });
            db.createObjectStore('photos', { keyPath: 'page' }).createIndex('piece', 'piece');
            db.createObjectStore('covers', { keyPath: 'piece' });
          },
          // Another tab with a newer program wants it: it is opened again when next needed.
          blocking: () => void opened?.then(close),
          terminated: () => close(null),
        }),
      )
      .catch(() => null);
    return opened;
  };

  const shelf: Shelf = {
    async put(kept) {
      const db = await database();
      const problem = db ? await write(db, kept).catch(problemOf) : 'blocked';
      if (problem) await memory.put(kept);
      else await memory.remove(kept.piece.id);
      return problem;
    },
    async take(id) {
      const unkept = await memory.take(id);
      const db = unkept ? null : await database();
      return unkept ?? (db ? await read(db, id).catch(() => null) : null);
    },
    async list() {
      const db = await database();
      const unkept = await memory.list();
      const kept = db ? await entries(db).catch(() => []) : [];
      return [...unkept, ...kept.filter(({ id }) => unkept.every((one) => one.id !== id))].sort(
        (a, b) => b.changed - a.changed,
      );
    },
    async rename(id, to) {
      const kept = await shelf.take(id);
      if (kept) await shelf.put({ ...kept, piece: { ...kept.piece, name: to } });
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
      const all = db.transaction(STORES, 'readwrite');
      await Promise.all([...STORES.map((store) => all.objectStore(store).clear()), all.done]);
    },
  };
  return shelf;
}

async function write(db: IDBPDatabase<Schema>, kept: Kept): Promise<null> {
  const { piece, photos } = kept;
  const record = storedPieceOf(kept);
  const [first] = record.pages;
  const covered = first && (await db.get('covers', piece.id))?.page === first.id;
  const front = first && photos.get(first.id);
  // Made beforehand: a transaction does not wait for pictures.
  const cover = front && !covered ? await coverOf(front, first.reading.rotation) : null;
  const all = db.transaction(STORES, 'readwrite');
  const store = all.objectStore('photos');
  const known = await store.index('piece').getAllKeys(piece.id);
  const wanted = record.pages.map(({ id }) => id);
  const writes: Promise<unknown>[] = [all.objectStore('pieces').put(record)];
  for (const page of wanted) {
    const photo = photos.get(page);
    if (photo && !known.includes(page)) writes.push(store.put({ page, piece: piece.id, photo }));
  }
  for (const page of known) if (!wanted.includes(page)) writes.push(store.delete(page));
  if (cover && first) writes.push(all.objectStore('covers').put({ piece: piece.id, page: first.id, cover }));
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
  return keptPieceOf(record, new Map(named));
}

async function entries(db: IDBPDatabase<Schema>): Promise<PieceEntry[]> {
  const [pieces, covers] = await Promise.all([db.getAll('pieces'), db.getAll('covers')]);
  const known = new Map(covers.map(({ piece, cover }) => [piece, cover]));
  return pieces.flatMap((one) => {
    const record = parseOr(storedPiece, one);
    return record ? [entryOf(record, known.get(record.id) ?? null)] : [];
  });
}

async function erase(db: IDBPDatabase<Schema>, id: string): Promise<void> {
  const all = db.transaction(STORES, 'readwrite');
  const photos = all.objectStore('photos');
  const pages = await photos.index('piece').getAllKeys(id);
  await Promise.all([
    all.objectStore('pieces').delete(id),
    all.objectStore('covers').delete(id),
    ...pages.map((page) => photos.delete(page)),
    all.done,
  ]);
}

function problemOf(error: unknown): NotKept {
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'blocked';
}

/** A shelf that lasts as long as the page. */
export function createMemoryShelf(): Shelf {
  const pieces = new Map<string, Kept>();
  return {
    async put(kept) {
      const own = kept.piece.pages.flatMap(({ id }): [string, Blob][] => {
        const photo = kept.photos.get(id);
        return photo ? [[id, photo]] : [];
      });
      pieces.set(kept.piece.id, { ...kept, photos: new Map(own) });
      return null;
    },
    take: async (id) => pieces.get(id) ?? null,
    async list() {
      return [...pieces.values()]
        .map((kept) => entryOf(storedPieceOf(kept)))
        .sort((a, b) => b.changed - a.changed);
    },
    async rename(id, name) {
      const kept = pieces.get(id);
      if (kept) pieces.set(id, { ...kept, piece: { ...kept.piece, name } });
    },
    async remove(id) {
      pieces.delete(id);
    },
    async clear() {
      pieces.clear();
    },
  };
}
