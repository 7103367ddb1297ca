/** The seven steps have other names in other countries. */
import { primary } from './language.ts';

export const NOTE_NAMINGS = ['letters', 'german', 'syllables'] as const;
export type NoteNaming = (typeof NOTE_NAMINGS)[number];

const SYLLABLES: Record<string, string> = { C: 'do', D: 're', E: 'mi', F: 'fa', G: 'sol', A: 'la', B: 'si' };

/** Where B is called H. */
const GERMAN = new Set('de da no nb nn sv fi is et lv lt pl cs sk hu sl hr sr bs'.split(' '));
/** Where do is fixed to C. */
const FIXED_DO = new Set('fr it es pt ca gl eu oc ro el ru uk be bg tr he fa ar sq vi'.split(' '));

/** The naming that is usual in the first of these languages (BCP 47 tags). */
export function usualNaming([first = 'en']: readonly string[]): NoteNaming {
  const language = primary(first);
  if (GERMAN.has(language)) return 'german';
  return FIXED_DO.has(language) ? 'syllables' : 'letters';
}

/** Words for the alterations from -2 to 2; the middle one is empty. */
export type Signs = readonly [string, string, '', string, string];

/**
 * The name of a step (`A`…`G`) with its alteration in semitones (-2…2). German names melt the two (Fis, Es, and B for
 * B flat, H for B natural); the others put the sign's word behind.
 */
export function noteName(step: string, alter: number, naming: NoteNaming, signs: Signs): string {
  if (naming === 'german') return germanName(step, alter);
  const name = naming === 'syllables' ? (SYLLABLES[step] ?? step) : step;
  const sign = signs[alter + 2];
  return sign ? `${name} ${sign}` : name;
}

function germanName(step: string, alter: number): string {
  if (step === 'B' && alter === -1) return 'B';
  const name = step === 'B' ? 'H' : step;
  if (alter >= 0) return name + 'is'.repeat(alter);
  const flat = name === 'E' || name === 'A' ? 's' : 'es';
  return name + flat + (name === 'A' ? 'as' : 'es').repeat(-alter - 1);
}
