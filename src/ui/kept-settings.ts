/** What a visitor has chosen for all rooms, as the device keeps it. */
import { object, oneOf, type Parser, parseOr } from '../workers/schema.ts';
import { LANGUAGES, type Language } from './language.ts';
import { NOTE_NAMINGS, type NoteNaming } from './note-names.ts';
import { THEMES, type Theme } from './theme.ts';

/** `auto` is what suits the visitor's languages. */
export type Settings = { theme: Theme; noteNames: NoteNaming | 'auto'; language: Language | 'auto' };

export const DEFAULTS: Settings = { theme: 'system', noteNames: 'auto', language: 'auto' };

const parseSettings: Parser<Settings> = object<Settings>({
  theme: oneOf(...THEMES),
  noteNames: oneOf('auto', ...NOTE_NAMINGS),
  language: oneOf('auto', ...LANGUAGES),
});

const KEY = 'scoreline.settings';

/** What was kept from earlier visits; an embedded page reads nothing of the visitor's. */
export function keptSettings(): Settings {
  const page = globalThis.document?.documentElement;
  if (!page || page.dataset.embed !== undefined) return DEFAULTS;
  try {
    return parseOr(parseSettings, JSON.parse(localStorage.getItem(KEY) ?? 'null')) ?? DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

/** Storage may be blocked: then what was chosen holds until the page is left. */
export function keepForNextVisit(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Nothing to do but to go on without.
  }
}
