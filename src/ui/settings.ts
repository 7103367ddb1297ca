/** What a visitor has chosen for all rooms; kept on the device. An embedded page has the choices of its address instead. */
import { createStore } from 'zustand/vanilla';
import { object, oneOf, type Parser, parseOr } from '../workers/schema.ts';
import { LANGUAGES, type Language } from './language.ts';
import { NOTE_NAMINGS, type NoteNaming } from './note-names.ts';
import { applyTheme, THEMES, type Theme } from './theme.ts';

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
function initial(): Settings {
  const page = globalThis.document?.documentElement;
  if (!page || page.dataset.embed !== undefined) return DEFAULTS;
  try {
    return parseOr(parseSettings, JSON.parse(localStorage.getItem(KEY) ?? 'null')) ?? DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

export const settings = createStore<Settings>(initial);

/** Keeps what is changed from now on. Storage may be blocked: then it holds until the page is left. */
export function keepSettings(): void {
  settings.subscribe((state) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      // Nothing to do but to go on without.
    }
  });
}

/** Shows the page in the colours that are set, now and whenever they change. */
export function followTheme(): void {
  applyTheme(settings.getState().theme);
  settings.subscribe(({ theme }) => applyTheme(theme));
}
