/** All pieces as one file: a zip of `pieces.json` and the photos, named by their pages. */
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { list, object, oneOf, parseOr, string } from '../../workers/schema.ts';
import { type Kept, keptPieceOf, type StoredPiece, storedPiece, storedPieceOf } from './piece-record.ts';

const VERSION = 1;
const LIST = 'pieces.json';

const pack = object<{ version: 1; pieces: StoredPiece[]; photos: { page: string; type: string }[] }>({
  version: oneOf(VERSION),
  pieces: list(storedPiece),
  photos: list(object<{ page: string; type: string }>({ page: string, type: string })),
});

export async function packPieces(all: readonly Kept[]): Promise<Blob> {
  const photos = all.flatMap((kept) => [...kept.photos]);
  const record = {
    version: VERSION,
    pieces: all.map(storedPieceOf),
    photos: photos.map(([page, { type }]) => ({ page, type })),
  };
  const files: Zippable = { [LIST]: strToU8(JSON.stringify(record)) };
  for (const [page, photo] of photos) {
    // Photos are compressed already.
    files[`photos/${page}`] = [new Uint8Array(await photo.arrayBuffer()), { level: 0 }];
  }
  return new Blob([new Uint8Array(zipSync(files))], { type: 'application/zip' });
}

/** The pieces of such a file; null if it is none. */
export async function unpackPieces(file: Blob): Promise<Kept[] | null> {
  const files = unzipped(new Uint8Array(await file.arrayBuffer()));
  const text = files?.[LIST];
  const found = text ? parseOr(pack, json(strFromU8(text))) : null;
  if (!files || !found) return null;
  const photos = new Map(
    found.photos.flatMap(({ page, type }): [string, Blob][] => {
      const photo = files[`photos/${page}`];
      return photo ? [[page, new Blob([new Uint8Array(photo)], { type })]] : [];
    }),
  );
  return found.pieces.map((record) => keptPieceOf(record, photos));
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> | null {
  try {
    return unzipSync(bytes);
  } catch {
    return null;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
