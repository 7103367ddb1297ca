/** Runs before the page is painted that was drawn when the site was built: a visitor's own colours and language come first. */
import { keptSettings } from './ui/kept-settings.ts';
import { chooseLanguage, visitorLanguages } from './ui/language.ts';
import { applyTheme } from './ui/theme.ts';

const { theme, language } = keptSettings();
applyTheme(theme);
const page = document.documentElement;
const wanted = language === 'auto' ? chooseLanguage(visitorLanguages()) : language;
// What was drawn in another language stays unseen until the script has drawn it anew; so does what nobody may frame.
if (wanted !== page.lang || window.top !== window) page.dataset.undrawn = '';
