/** Runs before the page is painted that was drawn when the site was built: a visitor's own colours and language come first. */
import { keptSettings } from './ui/kept-settings.ts';
import { wantedLanguage } from './ui/language.ts';
import { applyTheme } from './ui/theme.ts';

const { theme, language } = keptSettings();
applyTheme(theme);
const page = document.documentElement;
// What was drawn in another language stays unseen until the script has drawn it anew; so does what nobody may frame.
if (wantedLanguage(language) !== page.lang || window.top !== window) page.dataset.undrawn = '';
