import type { EngraveClient, ScoreFormat } from '../../workers/engrave-client.ts';
import type { BackendWish, ReadOutcome } from '../../workers/protocol.ts';
import type { ReadClient, Told } from '../../workers/read-client.ts';
import { afterEvent, type SymbolPlace } from './staves.ts';
import { createReadStore, type Piece, type ReadState, stepOf, type Work } from './store.ts';

export type SessionPorts = {
  reader: ReadClient;
  engraver: EngraveClient;
  /** Address of the folder of models. */
  models: string;
  backend: BackendWish;
  now: () => number;
  /** Runs a task before the next picture is drawn: what is told in between is shown at once. */
  nextFrame: (task: () => void) => void;
};

/** Reading photos, one after another: the store says what there is to show, the functions are what a visitor can do. */
export function createSession({ reader, engraver, models, backend, now, nextFrame }: SessionPorts) {
  const store = createReadStore();
  /** Pictures by the id of their piece: they stay out of the store. */
  const pictures = new Map<number, string>();
  let pieces = 0;
  let told: Told[] = [];

  const set = (to: Partial<ReadState>) => store.setState(to);

  /** Reads a photo. The piece that was there before comes back if this fails. */
  async function open(photo: Blob, fileName: string): Promise<void> {
    if (store.getState().work) return;
    const before = keptOf(store.getState());
    const startedAt = now();
    const piece = newPiece(++pieces, fileName);
    pictures.set(piece.id, URL.createObjectURL(photo));
    set({
      piece,
      problem: null,
      selected: null,
      engraving: { state: 'none' },
      work: { step: 'photo', share: null, startedAt, weights: null, stopping: false },
    });
    const outcome = await reader.read({ photo, name: fileName, models, backend }, hear);
    flush();
    if (outcome.ok) await keep(piece.id, outcome.page, startedAt, before.piece);
    else giveUp(piece.id, fileName, outcome, before);
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

  async function keep(
    id: number,
    page: Extract<ReadOutcome, { ok: true }>['page'],
    startedAt: number,
    before: Piece | null,
  ): Promise<void> {
    const { piece, work } = store.getState();
    if (piece?.id !== id) return;
    if (before) forget(before.id);
    const tokens = page.systems.flatMap((system) => system.staves);
    set({
      piece: {
        ...piece,
        page,
        size: page.photo,
        rotation: page.rotation,
        took: now() - startedAt,
        staves: tokens.map(({ box, lines, tokens: firm }, i) => ({
          place: { box, lines },
          draft: piece.staves[i]?.draft ?? [],
          firm,
          complete: true,
        })),
      },
      work: work && { ...work, step: 'score', share: null },
      engraving: { state: 'engraving', lines: [] },
    });
    await engrave(id);
    if (store.getState().piece?.id === id) set({ work: null });
  }

  /** Engraves the piece for a pane of this width, px; called again when the pane changes. */
  let paneWidth = 800;
  async function engrave(id: number): Promise<void> {
    const { piece, engraving } = store.getState();
    if (!piece?.page || piece.id !== id) return;
    const shown = 'lines' in engraving ? engraving.lines : [];
    set({ engraving: { state: 'engraving', lines: shown } });
    const lines = await engraver.engrave(piece.page.systems, paneWidth).catch(() => null);
    if (store.getState().piece?.id === id)
      set({ engraving: lines ? { state: 'ready', lines } : { state: 'failed' } });
  }

  function giveUp(
    id: number,
    name: string,
    { code, detail, message }: Extract<ReadOutcome, { ok: false }>,
    before: Pick<ReadState, 'piece' | 'engraving'>,
  ): void {
    forget(id);
    set({
      ...before,
      work: null,
      selected: null,
      // Who stops a reading knows that it stopped.
      problem: code === 'cancelled' ? null : { code, detail, message, name, kept: before.piece !== null },
    });
  }

  function forget(id: number): void {
    const url = pictures.get(id);
    if (url) URL.revokeObjectURL(url);
    pictures.delete(id);
  }

  return {
    store,
    open,
    pictureOf: (id: number) => pictures.get(id),
    stop(): void {
      store.setState(({ work }) => ({ work: work && { ...work, stopping: true } }));
      reader.cancel();
    },
    select: (selected: SymbolPlace | null) => set({ selected }),
    dismissProblem: () => set({ problem: null }),
    rename: (name: string) => store.setState(({ piece }) => ({ piece: piece && { ...piece, name } })),
    async fitScore(width: number): Promise<void> {
      if (Math.abs(width - paneWidth) < 8) return;
      paneWidth = width;
      const { piece } = store.getState();
      if (piece?.page) await engrave(piece.id);
    },
    /** The piece as a file. */
    async write(format: ScoreFormat): Promise<{ blob: Blob; name: string } | null> {
      const { piece } = store.getState();
      if (!piece?.page) return null;
      const blob = await engraver.write(piece.page.systems, format, piece.name);
      return { blob, name: `${fileNameOf(piece.name)}.${format}` };
    },
  };
}

export type Session = ReturnType<typeof createSession>;

function newPiece(id: number, fileName: string): Piece {
  return { id, name: pieceName(fileName), size: null, rotation: 0, staves: [], page: null, took: 0 };
}

/** What is there to come back to: a piece that was read to its end. */
function keptOf({ piece, engraving }: ReadState): Pick<ReadState, 'piece' | 'engraving'> {
  return piece?.page ? { piece, engraving } : { piece: null, engraving: { state: 'none' } };
}

/** The state after one thing that the reading worker told. */
export function afterTold(state: ReadState, told: Told): ReadState {
  const { piece, work } = state;
  if (!piece || !work) return state;
  const withWork = (to: Partial<Work>): ReadState => ({ ...state, work: { ...work, ...to } });
  switch (told.kind) {
    case 'opened': {
      const { width, height } = told;
      return { ...withWork({ step: 'geometry' }), piece: { ...piece, size: { width, height } } };
    }
    case 'engine':
      return { ...state, engine: { backend: told.backend, reason: told.reason } };
    case 'weights':
      return withWork({ weights: { done: told.done, total: told.total } });
    case 'event': {
      const { event } = told;
      if (event.kind === 'progress') {
        const share = event.total > 0 ? event.done / event.total : null;
        return withWork({ step: stepOf(event.stage), share, weights: null });
      }
      const staves = afterEvent(piece.staves, event);
      return event.kind === 'page'
        ? { ...state, piece: { ...piece, staves, size: event.photo, rotation: event.rotation } }
        : { ...state, piece: { ...piece, staves } };
    }
  }
}

/** A name for people out of a file's. */
export function pieceName(fileName: string): string {
  return fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[_]+/g, ' ')
    .trim();
}

/** A name that every file system takes. */
export function fileNameOf(name: string): string {
  return (
    name
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what file systems refuse
      .replace(/[\u0000-\u001f<>:"/\\|?*\s]+/g, ' ')
      .trim()
      .slice(0, 80) || 'score'
  );
}
