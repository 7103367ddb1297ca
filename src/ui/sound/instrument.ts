/** What the player plays on: a port, so that playing can be tested without sound. Times are seconds of its own clock. */
export const SOUNDS = ['piano', 'flute'] as const;
export type Sound = (typeof SOUNDS)[number];

export type Instrument = {
  now(): number;
  /** Strikes a key (MIDI number) of a staff; `velocity` 1…127. */
  on(at: number, staff: number, key: number, velocity: number): void;
  off(at: number, staff: number, key: number): void;
  /** A short tick: of the metronome, or of an unpitched note. */
  tick(at: number, kind: 'beat' | 'accent' | 'drum'): void;
  /** Ends everything that sounds or is about to. Returns the time from which it can be played on again. */
  silence(): number;
  choose(sound: Sound): void;
  /** Wakes the audio up after a gesture. */
  resume(): Promise<void>;
  dispose(): void;
};

/** Why there is no sound: this browser or device has none to offer, or the instrument could not be fetched. */
export type SoundProblem = 'no_audio' | 'no_instrument';

export type LoadedInstrument = { ok: true; instrument: Instrument } | { ok: false; problem: SoundProblem };
