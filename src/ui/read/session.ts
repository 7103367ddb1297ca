import { type Command, NO_EDITS, redone, undone, withCommand } from '../../notation/edit/commands.ts';
import type { EngraveClient, ScoreFormat } from '../../workers/engrave-client.ts';
import type { BackendWish, ReadOutcome, ReadPage } from '../../workers/protocol.ts';
import type { ReadClient, Told } from '../../workers/read-client.ts';
import { type Playback, samePlayback } from '../sound/playback.ts';
import { annotatedPhoto, type PictureFormat } from './annotate.ts';
import { editedPages, outcomeOf, shownStaves } from './edited.ts';
import { fileNameOf, pieceName } from './names.ts';
import type { Shelf } from './pieces.ts';
import type { SymbolPlace } from './staves.ts';
import {
  createReadStore,
  EMPTY_DESK,
  isRead,
  type Page,
  type Piece,
  type Problem,
  pageOf,
  pageShown,
  type ReadState,
} from './store.ts';
import { afterTold } from './told.ts';

export type SessionPorts = {
  reader: ReadClient;
  engraver: EngraveClient;
  /** Address of the folder of models. */
  models: string;
  backend: BackendWish;
  now: () => number;
  /** Runs a task before the next picture is drawn: what is told in between is shown at once. */
  nextFrame: (task: () => void) => void;
  /** Where pieces are kept between visits; none for a page that must not touch them. */
  shelf?: Shelf;
};

export type Photo = { photo: Blob; name: string };

/** A page that waits for its turn, or is read. `instead`: the page that it replaces once it is read. */
type Waiting = Photo & { page: string; instead?: string };

/** Reading photos, one after another: the store says what there is to show, the functions are what a visitor can do. */
export function createSession(ports: SessionPorts) {
  const { reader, engraver, models, backend, now, nextFrame, shelf } = ports;
  const store = createReadStore();
  /** Pictures by the id of their page: they stay out of the store. */
  const pictures = new Map<string, { photo: Blob; url: string }>();
  const waiting: Waiting[] = [];
  let told: Told[] = [];
  /** Does once more what failed last. */
  let again: (() => Promise<void>) | null = null;

  const set = (to: Partial<ReadState>) => store.setState(to);
  const change = (to: (piece: Piece) => Piece) =>
    store.setState(({ piece }) => ({ piece: piece && to(piece) }));

  /** Reads photos as a new piece. The piece that was there before comes back if none of them can be read. */
  async function open(photos: readonly Photo[]): Promise<void> {
    const [first] = photos;
    if (!first || store.getState().work) return;
    const before = keptOf(store.getState());
    clearTimeout(saving);
    void put();
    set({ ...EMPTY_DESK, problem: null, piece: newPiece(pieceName(first.name)) });
    await readAll(photos.map((photo) => ({ ...photo, page: newId() })));
    if (isRead(store.getState().piece)) return forget(before.piece?.pages ?? []);
    const { problem } = store.getState();
    set({ ...before, problem: problem && { ...problem, kept: before.piece !== null } });
    again = () => open(photos);
  }

  /** Reads photos as further pages of the piece; while another one is read they wait for their turn. */
  async function addPages(photos: readonly Photo[]): Promise<void> {
    if (!store.getState().piece) return open(photos);
    await readAll(photos.map((photo) => ({ ...photo, page: newId() })));
  }

  /** Reads a photo anew in place of a page, which stays until then. Its edits go with it. */
  async function retakePage(instead: string, photo: Photo): Promise<void> {
    await readAll([{ ...photo, page: newId(), instead }]);
  }

  async function readAll(more: readonly Waiting[]): Promise<void> {
    for (const { page, photo } of more) pictures.set(page, { photo, url: URL.createObjectURL(photo) });
    change((piece) => more.reduce(withWaiting, piece));
    waiting.push(...more);
    if (store.getState().work) return;
    set({ problem: null });
    for (let next = waiting.shift(); next; next = waiting.shift()) await read(next);
    set({ work: null });
  }

  async function read(one: Waiting): Promise<void> {
    const { page, photo, name, instead } = one;
    const startedAt = now();
    set({
      selected: null,
      shownPage: page,
      work: { page, step: 'photo', share: null, startedAt, weights: null, stopping: false },
    });
    const outcome = await reader.read({ photo, name, models, backend }, hear);
    flush();
    if (!outcome.ok) return giveUp(one, outcome, now() - startedAt);
    keepReading(page, outcome.page, now() - startedAt, instead);
    store.setState(({ work }) => ({ work: work && { ...work, step: 'score', share: null } }));
    await engrave();
    await put();
  }

  /** Gathers what the worker tells until the next frame. */
  function hear(what: Told): void {
    told.push(what);
    if (told.length === 1) nextFrame(flush);
  }

  function flush(): void {
    const all = told;
    told = [];
    if (all.length) store.setState((state) => all.reduce(afterTold, state));
  }

  function keepReading(id: string, reading: ReadPage, took: number, instead: string | undefined): void {
    change((piece) => {
      const pages = piece.pages.map((page) =>
        page.id === id ? pageOf(id, reading, took, page.staves) : page,
      );
      return { ...piece, pages: pages.filter((page) => page.id !== instead) };
    });
    if (instead !== undefined) forget([{ id: instead }]);
  }

  function giveUp(
    { page, photo, name, instead }: Waiting,
    { code, detail, message }: Extract<ReadOutcome, { ok: false }>,
    took: number,
  ): void {
    const facts = factsOf(store.getState(), photo, took);
    again = () =>
      instead === undefined ? addPages([{ photo, name }]) : retakePage(instead, { photo, name });
    // Who stops a reading stops those that wait for it too, and knows that it stopped.
    const gone = code === 'cancelled' ? [page, ...waiting.splice(0).map((one) => one.page)] : [page];
    change((piece) => ({ ...piece, pages: piece.pages.filter(({ id }) => !gone.includes(id)) }));
    forget(gone.map((id) => ({ id })));
    const kept = isRead(store.getState().piece);
    set({
      shownPage: store.getState().piece?.pages[0]?.id ?? null,
      problem: code === 'cancelled' ? null : { code, detail, message, name, kept, facts },
    });
  }

  function forget(pages: readonly Pick<Page, 'id'>[]): void {
    for (const { id } of pages) {
      const picture = pictures.get(id);
      if (picture) URL.revokeObjectURL(picture.url);
      pictures.delete(id);
    }
  }

  /** Engraves the piece for a pane of this width, px. What changes meanwhile is engraved after it, once. */
  let paneWidth = 800;
  let engravingNow: Promise<void> | null = null;
  let engraveAgain = false;
  function engrave(): Promise<void> {
    if (engravingNow) engraveAgain = true;
    else {
      engravingNow = engraveAll().finally(() => {
        engravingNow = null;
      });
    }
    return engravingNow ?? Promise.resolve();
  }

  async function engraveAll(): Promise<void> {
    do {
      engraveAgain = false;
      const { piece, engraving, transpose } = store.getState();
      if (!isRead(piece)) return set({ engraving: { state: 'none' } });
      set({ engraving: { state: 'engraving', lines: 'lines' in engraving ? engraving.lines : [] } });
      const lines = await engraver.engrave(editedPages(piece), paneWidth, transpose).catch(() => null);
      if (store.getState().piece?.id !== piece.id) engraveAgain = true;
      else if (!engraveAgain) set({ engraving: lines ? { state: 'ready', lines } : { state: 'failed' } });
    } while (engraveAgain);
  }

  /** Puts the piece on the shelf, if there is one; work goes on whether it has room or not. */
  async function put(): Promise<void> {
    const { piece, transpose, playback } = store.getState();
    if (!shelf || !isRead(piece)) return;
    const photos = new Map([...pictures].map(([id, { photo }]) => [id, photo]));
    const problem = await shelf.put({ piece, photos, changed: Date.now(), transpose, playback });
    set({ notKept: problem });
  }

  let saving: ReturnType<typeof setTimeout> | undefined;
  function putSoon(): void {
    clearTimeout(saving);
    saving = setTimeout(() => void put(), 300);
  }

  /** What follows a change of the piece's music. */
  function changed(): void {
    putSoon();
    void engrave();
  }

  function edit(to: (piece: Piece) => Pick<Piece, 'edits'>, focus: SymbolPlace | null): void {
    const { piece } = store.getState();
    if (!piece) return;
    set({ piece: { ...piece, ...to(piece) }, ...(focus ? { selected: focus } : {}) });
    changed();
  }

  return {
    store,
    /** Puts the piece on the shelf now, before the page may be gone. */
    keep: put,
    /** Where the pieces are kept, if they are. */
    shelf: shelf ?? null,
    open,
    addPages,
    retakePage,
    /** The address of a page's picture, for an image. */
    pictureOf: (page: string) => pictures.get(page)?.url,
    photoOf: (page: string) => pictures.get(page)?.photo,
    showPage: (shownPage: string) => set({ shownPage }),
    movePage(page: string, to: number): void {
      change((piece) => {
        const pages = piece.pages.filter(({ id }) => id !== page);
        const moved = piece.pages.filter(({ id }) => id === page);
        return { ...piece, pages: [...pages.slice(0, to), ...moved, ...pages.slice(to)] };
      });
      changed();
    },
    /** A page that is read or waits cannot be taken out: stop it instead. */
    removePage(page: string): void {
      const { piece } = store.getState();
      if (!piece?.pages.some(({ id, reading }) => id === page && reading)) return;
      change((one) => ({ ...one, pages: one.pages.filter(({ id }) => id !== page) }));
      store.setState(({ selected }) => ({ selected: selected?.page === page ? null : selected }));
      forget([{ id: page }]);
      changed();
    },
    stop(): void {
      store.setState(({ work }) => ({ work: work && { ...work, stopping: true } }));
      reader.cancel();
    },
    /** Selects a symbol and shows its page. */
    select: (selected: SymbolPlace | null) =>
      set({ selected, ...(selected ? { shownPage: selected.page } : {}) }),
    dismissProblem: () => set({ problem: null }),
    async retry(): Promise<void> {
      if (store.getState().work) return;
      set({ problem: null });
      await again?.();
    },
    /** Does a command; where it changes nothing it is not kept. Returns whether it did something. */
    run(command: Command): boolean {
      const { piece } = store.getState();
      if (!piece) return false;
      const { changes, focus } = outcomeOf(piece, command);
      if (changes) edit(({ edits }) => ({ edits: withCommand(edits, command) }), focus);
      return changes;
    },
    undo(): void {
      const edits = store.getState().piece?.edits;
      const last = edits?.commands[edits.done - 1];
      if (last) edit((piece) => ({ edits: undone(piece.edits) }), firstPlaceOf(last));
    },
    redo(): void {
      const { piece } = store.getState();
      const next = piece?.edits.commands[piece.edits.done];
      if (piece && next) edit(() => ({ edits: redone(piece.edits) }), outcomeOf(piece, next).focus);
    },
    rename(name: string): void {
      if (name === store.getState().piece?.name) return;
      change((piece) => ({ ...piece, name }));
      putSoon();
    },
    /** Lays a kept piece on the desk. Returns whether it was there. */
    async take(id: string): Promise<boolean> {
      if (store.getState().work) return false;
      await put();
      const kept = await shelf?.take(id);
      if (!kept) return false;
      forget(store.getState().piece?.pages ?? []);
      for (const [page, photo] of kept.photos) pictures.set(page, { photo, url: URL.createObjectURL(photo) });
      const { piece, transpose, playback } = kept;
      const shownPage = piece.pages[0]?.id ?? null;
      set({ ...EMPTY_DESK, problem: null, piece, shownPage, transpose, playback });
      void engrave();
      return true;
    },
    /** Clears the desk; the piece is on the shelf. */
    async leave(): Promise<void> {
      if (store.getState().work) return;
      clearTimeout(saving);
      await put();
      forget(store.getState().piece?.pages ?? []);
      set({ ...EMPTY_DESK, problem: null });
    },
    async fitScore(width: number): Promise<void> {
      if (Math.abs(width - paneWidth) < 8) return;
      paneWidth = width;
      if (isRead(store.getState().piece)) await engrave();
    },
    /** Moves the piece by semitones wherever it is heard, engraved or written. */
    setTranspose(transpose: number): void {
      set({ transpose });
      changed();
    },
    /** Remembers how the piece is played. */
    setPlayback(playback: Playback): void {
      if (samePlayback(playback, store.getState().playback)) return;
      set({ playback });
      putSoon();
    },
    /** The score as one SVG a line of a sheet of this width, px. @throws Error */
    async engraveSheet(width: number): Promise<string[]> {
      const { piece, transpose } = store.getState();
      return isRead(piece) ? engraver.engrave(editedPages(piece), width, transpose) : [];
    },
    /** The photo of the shown page with its symbols, as a picture of its own. @throws Error */
    async writePhoto(format: PictureFormat): Promise<{ blob: Blob; name: string } | null> {
      const { piece } = store.getState();
      const page = pageShown(store.getState());
      const picture = page && pictures.get(page.id);
      if (!piece || !page?.reading || !picture) return null;
      const blob = await annotatedPhoto(picture.photo, page, shownStaves(piece, page), format);
      const pageName = piece.pages.length > 1 ? ` ${piece.pages.indexOf(page) + 1}` : '';
      return { blob, name: `${fileNameOf(piece.name)}${pageName}.${format}` };
    },
    /** The piece as a file. */
    async write(format: ScoreFormat): Promise<{ blob: Blob; name: string } | null> {
      const { piece, transpose, playback } = store.getState();
      if (!isRead(piece)) return null;
      const sound = { transpose, tempo: playback.tempo };
      const blob = await engraver.write(editedPages(piece), format, piece.name, sound);
      return { blob, name: `${fileNameOf(piece.name)}.${format}` };
    },
  };
}

export type Session = ReturnType<typeof createSession>;

/** A name that no other page or piece has, fit for an attribute of HTML. */
function newId(): string {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  return `p${a.toString(36)}${b.toString(36)}`;
}

/** Of a reading that failed, for a report: sizes, how far it came, and what it ran on. */
function factsOf({ piece, work, engine }: ReadState, photo: Blob, took: number): Problem['facts'] {
  const size = piece?.pages.find(({ id }) => id === work?.page)?.size;
  return {
    backend: engine ? `${engine.backend} (${engine.reason})` : 'not started',
    step: work?.step ?? '',
    'after ms': Math.round(took),
    photo: `${photo.type || 'unknown type'}, ${photo.size} bytes${size ? `, ${size.width} × ${size.height}` : ''}`,
  };
}

function newPiece(name: string): Piece {
  return { id: newId(), name, pages: [], edits: NO_EDITS };
}

function withWaiting(piece: Piece, { page, instead }: Waiting): Piece {
  const fresh: Page = { id: page, size: null, rotation: 0, staves: [], reading: null, took: 0 };
  const at = piece.pages.findIndex(({ id }) => id === instead);
  const pages = at < 0 ? [...piece.pages, fresh] : piece.pages.toSpliced(at + 1, 0, fresh);
  return { ...piece, pages };
}

/** What is there to come back to: a piece of which something was read. */
function keptOf(state: ReadState): typeof EMPTY_DESK {
  const { piece, shownPage, engraving, transpose, playback } = state;
  return isRead(piece) ? { piece, shownPage, selected: null, engraving, transpose, playback } : EMPTY_DESK;
}

function firstPlaceOf(command: Command): SymbolPlace | null {
  return 'places' in command ? (command.places[0] ?? null) : command.place;
}
