/**
 * Plays a performance on an instrument: a little ahead of the clock, so that nothing is late, and no more than that, so that tempo,
 * loop and muting are heard at once. The store says what the transport shows; time is asked of `position`.
 */
import { createStore } from 'zustand/vanilla';
import type { Performance } from '../../notation/performance.ts';
import type { Instrument, LoadedInstrument, Sound, SoundProblem } from './instrument.ts';
import { AS_IT_COMES, type Playback } from './playback.ts';
import { advance, headAt, type Playhead, type Span } from './schedule.ts';

/** Beats a minute that the tempo can be set to. */
export const TEMPO = { min: 30, max: 240 } as const;

export type PlayState = {
  state: 'stopped' | 'loading' | 'playing' | 'paused';
  problem: SoundProblem | null;
  /** Quarters from the beginning, told ten times a second. */
  at: number;
  /** Quarters of the whole performance; 0 while there is none. */
  duration: number;
  /** Quarters of a beat, as the piece begins. */
  beat: number;
  /** Beats a minute; `assumed` until the visitor sets it, since words of tempo are not read. */
  tempo: number;
  assumed: boolean;
  muted: readonly number[];
  metronome: boolean;
  loop: Span | null;
  sound: Sound;
};

export type PlayerPorts = {
  load: () => Promise<LoadedInstrument>;
  /** Calls a task every so many milliseconds until the returned function is called. */
  every: (milliseconds: number, task: () => void) => () => void;
  /** Whether the page is out of sight, where timers are slow. */
  hidden: () => boolean;
};

const TICK = 25;
/** Seconds that are scheduled ahead. */
const AHEAD = 0.15;
const AHEAD_HIDDEN = 1.5;
/** Seconds from pressing play to the first note, for the instrument to be in time. */
const LEAD = 0.06;
/** Seconds that a note sounds that is struck by itself. */
const STRUCK = 0.7;

/** The tempo that music without one is played at: what a beat of that many quarters usually takes. */
export function assumedTempo(beat: number): number {
  if (beat < 1) return 132;
  return beat > 1 ? 72 : 100;
}

function playable(tempo: number): number {
  return Math.min(Math.max(Math.round(tempo), TEMPO.min), TEMPO.max);
}

/** How long it is, and its first beat, quarters. */
function measuresOf(music: Performance | null): Pick<PlayState, 'duration' | 'beat'> {
  return { duration: music?.duration ?? 0, beat: music?.bars[0]?.beat ?? 1 };
}

/** What is set of how the piece is played. */
export function playbackOf({ tempo, beat, assumed, muted, metronome, loop, sound }: PlayState): Playback {
  return { tempo: assumed ? null : tempo * beat, muted, metronome, loop, sound };
}

export function createPlayer({ load, every, hidden }: PlayerPorts) {
  const store = createStore<PlayState>(() => ({
    state: 'stopped',
    problem: null,
    at: 0,
    duration: 0,
    beat: 1,
    tempo: assumedTempo(1),
    assumed: true,
    muted: [],
    metronome: false,
    loop: null,
    sound: 'piano',
  }));
  const set = (to: Partial<PlayState>) => store.setState(to);
  let music: Performance | null = null;
  let instrument: Instrument | null = null;
  let loading: Promise<Instrument | null> | null = null;
  let head: Playhead = headAt(0);
  /** Clock time up to which everything is scheduled. */
  let scheduled = 0;
  /** Since when the head has been where, at which tempo: what `position` looks up. */
  let places: { time: number; at: number; perSecond: number }[] = [];
  let overAt: number | null = null;
  let stopTicking: (() => void) | null = null;
  /** The clock time before which the instrument cannot play on. */
  let readyAt = 0;

  const perSecond = ({ tempo, beat } = store.getState()) => (tempo * beat) / 60;

  let failure: SoundProblem | null = null;
  function ready(): Promise<Instrument | null> {
    loading ??= load().then((loaded) => {
      failure = loaded.ok ? null : loaded.problem;
      if (!loaded.ok) {
        loading = null;
        return null;
      }
      instrument = loaded.instrument;
      instrument.choose(store.getState().sound);
      return instrument;
    });
    return loading;
  }

  function tick(): void {
    if (!instrument || !music) return;
    const now = instrument.now();
    if (overAt !== null) {
      if (now >= overAt) finish();
      else set({ at: position() });
      return;
    }
    const span = now + (hidden() ? AHEAD_HIDDEN : AHEAD) - scheduled;
    if (span > 0) schedule(instrument, music, span);
    set({ at: position() });
  }

  function schedule(on: Instrument, performance: Performance, seconds: number): void {
    const rate = perSecond();
    const timeOf = (after: number) => scheduled + after / rate;
    const step = advance(performance, store.getState(), head, seconds * rate);
    for (const cue of step.cues) {
      const time = timeOf(cue.after);
      if (cue.kind === 'tick') on.tick(time, cue.accent ? 'accent' : 'beat');
      else if (cue.percussion) {
        if (cue.kind === 'on') on.tick(time, 'drum');
      } else if (cue.kind === 'on') on.on(time, cue.staff, cue.key, cue.velocity);
      else on.off(time, cue.staff, cue.key);
    }
    places.push(...step.places.map(({ after, at }) => ({ time: timeOf(after), at, perSecond: rate })));
    // Only the last place that has begun still counts.
    const now = on.now();
    const current = places.findLastIndex(({ time }) => time <= now);
    if (current > 0) places = places.slice(current);
    head = step.head;
    if (step.over !== null) overAt = timeOf(step.over);
    scheduled += seconds;
  }

  function startTicking(): void {
    stopTicking?.();
    stopTicking = every(TICK, tick);
  }

  /** Starts at a place; what was sounding is cut off. */
  function startAt(at: number, on: Instrument): void {
    head = headAt(at);
    scheduled = Math.max(on.now() + LEAD, readyAt);
    places = [{ time: scheduled, at, perSecond: perSecond() }];
    overAt = null;
    set({ state: 'playing', at });
    startTicking();
    tick();
  }

  function halt(): void {
    stopTicking?.();
    stopTicking = null;
    if (instrument) readyAt = instrument.silence();
  }

  function finish(): void {
    stopTicking?.();
    stopTicking = null;
    set({ state: 'stopped', at: store.getState().loop?.start ?? 0 });
  }

  /** Where the music is now, quarters from the beginning. */
  function position(): number {
    const { state, at, duration } = store.getState();
    if (state !== 'playing' || !instrument) return at;
    const now = instrument.now();
    const place = places.findLast(({ time }) => time <= now) ?? places[0];
    if (!place) return at;
    return Math.min(place.at + Math.max(now - place.time, 0) * place.perSecond, duration);
  }

  async function play(from?: number): Promise<void> {
    if (!music || store.getState().state === 'loading') return;
    if (store.getState().state === 'playing') halt();
    if (!instrument) set({ state: 'loading', problem: null });
    const on = await ready();
    if (!on) return set({ state: 'stopped', problem: failure });
    await on.resume();
    const { loop, at, duration } = store.getState();
    const start = from ?? at;
    const inLoop = loop === null || (start >= loop.start && start < loop.end);
    const ended = start >= duration - 1e-6;
    startAt(inLoop && !ended ? start : (loop?.start ?? 0), on);
  }

  function pause(): void {
    const at = position();
    halt();
    set({ state: 'paused', at });
  }

  return {
    store,
    position,
    play,
    pause,
    toggle: () => (store.getState().state === 'playing' ? pause() : void play()),
    stop(): void {
      if (store.getState().state === 'playing') halt();
      if (store.getState().state !== 'loading')
        set({ state: 'stopped', at: store.getState().loop?.start ?? 0 });
    },
    /** The place to go on from, quarters; at once if it plays. */
    seek(at: number): void {
      if (store.getState().state === 'playing') void play(at);
      else set({ at, state: at > 0 ? 'paused' : 'stopped' });
    },
    /** Takes another piece, from its beginning, to be played as it was set for it; null for none. */
    setMusic(performance: Performance | null, { tempo, muted, metronome, loop, sound } = AS_IT_COMES): void {
      if (stopTicking) halt();
      music = performance;
      const { duration, beat } = measuresOf(performance);
      const within = loop && loop.end > loop.start && loop.end <= duration ? loop : null;
      set({
        state: 'stopped',
        at: within?.start ?? 0,
        duration,
        beat,
        tempo: tempo === null ? assumedTempo(beat) : playable(tempo / beat),
        assumed: tempo === null,
        muted,
        metronome,
        loop: within,
        sound,
      });
      instrument?.choose(sound);
    },
    /** Takes an edit of the piece, which goes on playing where it is. */
    editMusic(performance: Performance): void {
      music = performance;
      const { duration, beat } = measuresOf(performance);
      const { assumed, loop } = store.getState();
      set({
        ...{ duration, beat },
        ...(assumed ? { tempo: assumedTempo(beat) } : {}),
        ...(loop && loop.end > duration ? { loop: null } : {}),
      });
    },
    setTempo: (tempo: number) => set({ tempo: playable(tempo), assumed: false }),
    resetTempo: () => store.setState(({ beat }) => ({ tempo: assumedTempo(beat), assumed: true })),
    setLoop: (loop: Span | null) => set({ loop: loop && loop.end > loop.start ? loop : null }),
    setMetronome: (metronome: boolean) => set({ metronome }),
    setMuted(staff: number, silent: boolean): void {
      store.setState(({ muted }) => ({
        muted: silent ? [...new Set([...muted, staff])] : muted.filter((one) => one !== staff),
      }));
    },
    setSound(sound: Sound): void {
      set({ sound });
      instrument?.choose(sound);
    },
    /** Plays some keys by themselves, if nothing else plays. Where there is no sound nothing is said: nobody asked for it. */
    async strike(staff: number, keys: readonly number[], percussion = false): Promise<void> {
      const { state } = store.getState();
      if (state === 'playing' || state === 'loading' || keys.length === 0) return;
      const on = await ready();
      if (!on) return;
      await on.resume();
      const at = Math.max(on.now() + LEAD / 3, readyAt);
      if (percussion) return on.tick(at, 'drum');
      for (const key of keys) {
        on.on(at, staff, key, 80);
        on.off(at + STRUCK, staff, key);
      }
    },
    dismissProblem: () => set({ problem: null }),
    dispose(): void {
      stopTicking?.();
      instrument?.dispose();
    },
  };
}

export type Player = ReturnType<typeof createPlayer>;
