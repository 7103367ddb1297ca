/** A piece as it is kept and exported: plain data, parsed whenever it comes back. */
import type { Command } from '../../notation/edit/commands.ts';
import type { SymbolPlace } from '../../notation/edit/edited.ts';
import type { Fix } from '../../notation/edit/fix.ts';
import { REACHES } from '../../notation/edit/signs.ts';
import { BRANCHES, type Token } from '../../notation/token.ts';
import { type ReadPage, readPage } from '../../workers/protocol.ts';
import { byKind, list, number, object, oneOf, type Parser, string } from '../../workers/schema.ts';
import { type Piece, pageOf } from './store.ts';

const place = object<SymbolPlace>({ page: string, staff: number, token: number });
const branch = oneOf(...BRANCHES.filter((name) => name !== 'note'));
const symbol = object<Token>({
  rhythm: string,
  pitch: string,
  lift: string,
  tuplet: string,
  mark: string,
  tie: string,
  slur: string,
  voice: string,
});

const fix: Parser<Fix> = byKind<Fix>({
  set: object({ kind: oneOf('set'), branch, value: string }),
  step: object({ kind: oneOf('step'), by: number }),
  letter: object({ kind: oneOf('letter'), letter: string }),
  length: object({ kind: oneOf('length'), value: string }),
  dots: object({ kind: oneOf('dots'), dots: number }),
  rest: object({ kind: oneOf('rest') }),
  right: object({ kind: oneOf('right') }),
  'as-read': object({ kind: oneOf('as-read') }),
});

const command: Parser<Command> = byKind<Command>({
  fix: object({ kind: oneOf('fix'), places: list(place), fix }),
  insert: object({ kind: oneOf('insert'), place, symbol }),
  join: object({ kind: oneOf('join'), place, symbol }),
  delete: object({ kind: oneOf('delete'), places: list(place) }),
  sign: object({
    kind: oneOf('sign'),
    place,
    name: string,
    reach: oneOf(...REACHES),
    staves: oneOf('one', 'all'),
  }),
});

/** Pages that were read, the commands on them, what it is transposed by, and when it was last changed (ms since 1970). */
export type StoredPiece = {
  id: string;
  name: string;
  changed: number;
  pages: { id: string; took: number; reading: ReadPage }[];
  edits: { commands: Command[]; done: number };
  /** Semitones. */
  transpose: number;
};

/** Pieces that were kept before this was do not say it. */
const semitones: Parser<number> = (value) => (value === undefined ? 0 : number(value));

export const storedPiece: Parser<StoredPiece> = object<StoredPiece>({
  id: string,
  name: string,
  changed: number,
  pages: list(object<StoredPiece['pages'][number]>({ id: string, took: number, reading: readPage })),
  edits: object<StoredPiece['edits']>({ commands: list(command), done: number }),
  transpose: semitones,
});

export function storedPieceOf(
  { id, name, pages, edits }: Piece,
  changed: number,
  transpose = 0,
): StoredPiece {
  return {
    id,
    name,
    changed,
    pages: pages.flatMap(({ id: page, took, reading }) => (reading ? [{ id: page, took, reading }] : [])),
    edits: { commands: [...edits.commands], done: edits.done },
    transpose,
  };
}

export function pieceOf({ id, name, pages, edits }: StoredPiece): Piece {
  return { id, name, edits, pages: pages.map(({ id: page, took, reading }) => pageOf(page, reading, took)) };
}

/** What a list says of a piece. */
export type PieceEntry = {
  id: string;
  name: string;
  changed: number;
  pages: number;
  staves: number;
  edits: number;
  /** A small picture of the first page. */
  cover: Blob | null;
};

export function entryOf(
  { id, name, changed, pages, edits }: StoredPiece,
  cover: Blob | null = null,
): PieceEntry {
  const systems = pages.flatMap(({ reading }) => reading.systems);
  return {
    id,
    name,
    changed,
    pages: pages.length,
    staves: systems.reduce((sum, system) => sum + system.staves.length, 0),
    edits: edits.done,
    cover,
  };
}
