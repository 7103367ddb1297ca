/** How a piece is played, as its visitor set it: what is kept with it between visits. */
import { shallow } from 'zustand/shallow';
import { SOUNDS, type Sound } from './instrument.ts';
import type { PlaySettings } from './schedule.ts';

export type Playback = PlaySettings & {
  /** Quarters a minute; null for as it comes. */
  tempo: number | null;
  sound: Sound;
};

export const AS_IT_COMES: Playback = {
  tempo: null,
  muted: [],
  metronome: false,
  loop: null,
  sound: SOUNDS[0],
};

export const samePlayback = (a: Playback, b: Playback): boolean => shallow(a, b);
