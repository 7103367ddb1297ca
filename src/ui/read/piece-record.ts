/** A piece as it is kept and exported: plain data, parsed whenever it comes back. */
import type { Command } from '../../notation/edit/commands.ts';
import type { SymbolPlace } from '../../notation/edit/edited.ts';
import type { Fix } from '../../notation/edit/fix.ts';
import { REACHES } from '../../notation/edit/signs.ts';
import { BRANCHES, type Token } from '../../notation/token.ts';
import { type ReadPage, readPage } from '../../workers/protocol.ts';
import {
  boolean,
  byKind,
  list,
  nullable,
  number,
  object,
  oneOf,
  type Parser,
  parseOr,
  string,
} from '../../workers/schema.ts';
import { SOUNDS } from '../sound/instrument.ts';
import { AS_IT_COMES, type Playback } from '../sound/playback.ts';
import type { Span } from '../sound/schedule.ts';
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

/** A piece with the photos of its pages by their ids, when it was last changed (ms since 1970), and how it is heard. */
export type Kept = {
  piece: Piece;
  photos: ReadonlyMap<string, Blob>;
  changed: number;
  /** Semitones. */
  transpose: number;
  playback: Playback;
};

/** The same without its photos, and of its pages those that were read. */
export type StoredPiece = {
  id: string;
  name: string;
  changed: number;
  pages: { id: string; took: number; reading: ReadPage }[];
  edits: { commands: Command[]; done: number };
  transpose: number;
  playback: Playback;
};

/** Pieces that were kept before this was do not say it. */
const semitones: Parser<number> = (value) => (value === undefined ? 0 : number(value));

const settings = object<Playback>({
  tempo: nullable(number),
  muted: list(number),
  metronome: boolean,
  loop: nullable(object<Span>({ start: number, end: number })),
  sound: oneOf(...SOUNDS),
});

/** No piece is lost for how it was played: what is not known, or of another time, is as it comes. */
const playback: Parser<Playback> = (value) => parseOr(settings, value) ?? AS_IT_COMES;

export const storedPiece: Parser<StoredPiece> = object<StoredPiece>({
  id: string,
  name: string,
  changed: number,
  pages: list(object<StoredPiece['pages'][number]>({ id: string, took: number, reading: readPage })),
  edits: object<StoredPiece['edits']>({ commands: list(command), done: number }),
  transpose: semitones,
  playback,
});

export function storedPieceOf({
  piece,
  changed,
  transpose,
  playback: set,
}: Omit<Kept, 'photos'>): StoredPiece {
  const { id, name, pages, edits } = piece;
  return {
    id,
    name,
    changed,
    pages: pages.flatMap(({ id: page, took, reading }) => (reading ? [{ id: page, took, reading }] : [])),
    edits: { commands: [...edits.commands], done: edits.done },
    transpose,
    playback: set,
  };
}

export function keptPieceOf(
  { id, name, changed, pages, edits, transpose, playback: set }: StoredPiece,
  photos: Kept['photos'],
): Kept {
  const read = pages.map(({ id: page, took, reading }) => pageOf(page, reading, took));
  return { piece: { id, name, edits, pages: read }, photos, changed, transpose, playback: set };
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
