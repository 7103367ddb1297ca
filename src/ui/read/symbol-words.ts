/** Symbols in the visitor's words and with the visitor's names of notes, for screen readers and for panels. */
import { useStore } from 'zustand';
import type { Alternative } from '../../inference/tromr/reading.ts';
import type { Token } from '../../notation/token.ts';
import { usualLanguages } from '../language.ts';
import { type NoteNaming, usualNaming } from '../note-names.ts';
import { type Settings, settings } from '../settings.ts';
import { words } from '../words.ts';

const { symbols } = words;

/** Alternatives are told apart by what they would change. */
export const BRANCH_WORDS = symbols.branches;
export const rhythmWords = symbols.rhythm;

/** For example “quarter note, F sharp 4, tied”. `alter` is the sounding alteration in semitones where it is known. */
export function symbolWords(token: Token, alter?: number): string {
  return symbols.symbol(token, namingOf(settings.getState()), alter);
}

/** What a branch would say instead, for example “eighth note” or “no accidental”. */
export function alternativeWords(alternative: Pick<Alternative, 'branch' | 'value'>): string {
  return symbols.alternative(alternative, namingOf(settings.getState()));
}

/** For example “F sharp 4”, of a written step and octave and an alteration in semitones. */
export function pitchWords(pitch: string, alter = 0): string {
  return symbols.pitch(pitch, namingOf(settings.getState()), alter);
}

/** How notes are named now; a component that shows such words asks for it, to show them anew when that changes. */
export function useNoteNaming(): NoteNaming {
  return useStore(settings, namingOf);
}

function namingOf({ noteNames, language }: Settings): NoteNaming {
  return noteNames === 'auto' ? usualNaming(usualLanguages(language)) : noteNames;
}
