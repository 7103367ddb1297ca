/** Ties a session to a player: what is on the desk is what is played, and what is selected is heard. */
import { createStore } from 'zustand/vanilla';
import { type Performance, perform } from '../../notation/performance.ts';
import type { Score } from '../../notation/score.ts';
import { transposeScore } from '../../notation/transpose.ts';
import { siteUrl } from '../app/rooms.ts';
import { barOfSource, loopOfBars, type Moment, momentOf, type Stop, stopsOf } from '../sound/passage.ts';
import { createPlayer, playbackOf } from '../sound/player.ts';
import type { Span } from '../sound/schedule.ts';
import { scoreOf, sourceOfPlace } from './edited.ts';
import type { Session } from './session.ts';
import type { SymbolPlace } from './staves.ts';
import { isRead, type Piece, type ReadState } from './store.ts';

export type Music = { score: Score; performance: Performance; stops: Stop[] };

const known = new WeakMap<Session, Playing>();

/** The playing of a session: one, however often its desk is laid out anew. */
export function playingOf(session: Session): Playing {
  const playing = known.get(session) ?? startPlaying(session);
  known.set(session, playing);
  return playing;
}

function startPlaying(session: Session) {
  const player = createPlayer({
    load: async () => {
      const { loadSynthesizer } = await import('../sound/synthesizer.ts');
      return loadSynthesizer(siteUrl('sound/instruments.sf3'));
    },
    every: (milliseconds, task) => {
      const timer = setInterval(task, milliseconds);
      return () => clearInterval(timer);
    },
    hidden: () => document.hidden,
  });
  /** What can be played; null until something is read. */
  const music = createStore<{ music: Music | null }>(() => ({ music: null }));
  let taken: { piece: string; score: Score; transpose: number } | null = null;

  function take({ piece, transpose, playback, work }: ReadState): void {
    // While further pages are read, the piece changes with every symbol: its music waits for the end.
    if (work && piece?.id === taken?.piece) return;
    if (work || !isRead(piece)) {
      const had = taken !== null;
      taken = null;
      if (had) player.setMusic(null);
      music.setState({ music: null });
      return;
    }
    const score = scoreOf(piece);
    if (taken?.score === score && taken.transpose === transpose) return;
    const fresh = taken?.piece !== piece.id;
    taken = { piece: piece.id, score, transpose };
    const performance = perform(transposeScore(score, transpose));
    music.setState({ music: { score, performance, stops: stopsOf(score, performance) } });
    if (fresh) player.setMusic(performance, playback);
    else player.editMusic(performance);
  }

  function momentOfPlace(piece: Piece | null, place: SymbolPlace | null): Moment | undefined {
    const current = music.getState().music;
    const source = piece && place && sourceOfPlace(piece, place);
    return source && current ? momentOf(current.score, current.performance, source) : undefined;
  }

  /** What is selected is heard, and played from. */
  function hear({ piece, selected }: ReadState): void {
    if (player.store.getState().state === 'playing') return;
    const moment = momentOfPlace(piece, selected);
    if (!moment) return;
    player.seek(moment.span.start);
    void player.strike(moment.staff, moment.keys, moment.percussion);
  }

  /** A symbol's stretch of time; a sign's is its bar. */
  function spanOf(piece: Piece, place: SymbolPlace): Span | null {
    const current = music.getState().music;
    const moment = momentOfPlace(piece, place);
    if (moment || !current) return moment?.span ?? null;
    const source = sourceOfPlace(piece, place);
    const bar = source ? barOfSource(current.score, source) : undefined;
    return bar === undefined ? null : loopOfBars(current.performance, bar, bar);
  }

  return {
    player,
    music,
    /** Loops from the selected symbol to another one. Returns whether there is a stretch between them. */
    loopTo(place: SymbolPlace): boolean {
      const { piece, selected } = session.store.getState();
      const [from, to] = [selected, place].map((one) => (piece && one ? spanOf(piece, one) : null));
      if (!from || !to) return false;
      player.setLoop({ start: Math.min(from.start, to.start), end: Math.max(from.end, to.end) });
      return true;
    },
    /** Loops from one bar of the score to another, by index. */
    loopBars(from: number, to: number): void {
      const current = music.getState().music;
      if (current) player.setLoop(loopOfBars(current.performance, from, to));
    },
    /** Moves one end of the loop to the selected symbol; past the other end it becomes a loop of that symbol alone. */
    loopEdge(edge: 'start' | 'end'): void {
      const { piece, selected } = session.store.getState();
      const own = piece && selected ? spanOf(piece, selected) : null;
      const { loop, duration } = player.store.getState();
      if (!own) return;
      const moved = { ...(loop ?? { start: 0, end: duration }), [edge]: own[edge] };
      player.setLoop(moved.end > moved.start ? moved : own);
    },
    /** Loops the bar of the selected symbol, or all. */
    loopSelected(): void {
      const { piece, selected } = session.store.getState();
      const current = music.getState().music;
      const source = piece && selected && sourceOfPlace(piece, selected);
      const bar = source && current ? barOfSource(current.score, source) : undefined;
      const last = (current?.score.bars.length ?? 1) - 1;
      if (current) player.setLoop(loopOfBars(current.performance, bar ?? 0, bar ?? last));
    },
    /** Listens to the session until the returned function is called. */
    start(): () => void {
      take(session.store.getState());
      const unsubscribe = [
        session.store.subscribe((state, before) => {
          const { piece, transpose, work } = before;
          if (state.piece !== piece || state.transpose !== transpose || state.work !== work) take(state);
          // While a page is read, selections are the reader's own doing.
          if (state.selected !== before.selected && state.selected && !state.work) hear(state);
        }),
        player.store.subscribe((state) => {
          // What is set while there is no music is no piece's.
          if (taken) session.setPlayback(playbackOf(state));
        }),
      ];
      return () => {
        for (const end of unsubscribe) end();
        if (player.store.getState().state === 'playing') player.pause();
      };
    },
  };
}

export type Playing = ReturnType<typeof startPlaying>;

/** The bars of the score, by index, in which a stretch of time begins and ends. */
export function barsOfSpan({ bars }: Performance, { start, end }: Span): { from: number; to: number } {
  const from = bars.findLast(({ onset }) => onset <= start + 1e-9)?.bar ?? 0;
  const to = bars.findLast(({ onset }) => onset < end - 1e-9)?.bar ?? from;
  return { from, to };
}
