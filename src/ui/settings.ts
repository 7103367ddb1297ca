/** What a visitor has chosen for all rooms; kept on the device. An embedded page has the choices of its address instead. */
import { createStore } from 'zustand/vanilla';
import { DEFAULTS, keepForNextVisit, keptSettings, type Settings } from './kept-settings.ts';
import { applyTheme } from './theme.ts';

export type { Settings };

/** Starts as the page is drawn when the site is built, for React to find that again, and is what was kept at once. */
export const settings = createStore<Settings>(() => DEFAULTS);
settings.setState(keptSettings());

/** Keeps what is changed from now on. */
export function keepSettings(): void {
  settings.subscribe(keepForNextVisit);
}

/** Shows the page in the colours that are set, now and whenever they change. */
export function followTheme(): void {
  applyTheme(settings.getState().theme);
  settings.subscribe(({ theme }) => applyTheme(theme));
}
