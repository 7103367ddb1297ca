import './ui/kit/tokens.css';
import './ui/kit/fonts.css';
import './ui/kit/base.css';
import { isFramed, showLinkOnly } from './ui/app/framed.ts';
import { mount } from './ui/app/mount.tsx';
import { startOffline } from './ui/app/offline.ts';
import { isRoom, ROOMS } from './ui/app/rooms.ts';
import { followTheme, keepSettings } from './ui/settings.ts';
import { language, loadWords, words } from './ui/words.ts';

keepSettings();
followTheme();

// Every entry is an HTML file of its own, so that static hosts need no rewriting; the file says which room it is.
const name = document.body.dataset.room ?? '';
const root = document.getElementById('app');
// See src/first.ts.
const { dataset } = document.documentElement;
if (dataset.undrawn !== undefined) root?.replaceChildren();
await loadWords(name);
document.documentElement.lang = language;
if (isRoom(name)) document.title = words.app.titles[name];
delete dataset.undrawn;
if (root && isFramed()) showLinkOnly(root);
else if (root && isRoom(name)) {
  await mount(root, ROOMS[name].load, root.hasChildNodes());
  // A service worker would hide what changes while the site is developed.
  if (import.meta.env.PROD) void startOffline();
}
