import './ui/kit/tokens.css';
import './ui/kit/fonts.css';
import './ui/kit/base.css';
import { hearHost } from './ui/embed/host.ts';
import { readParameters } from './ui/embed/parameters.ts';
import { ROOMS } from './ui/embed/protocol.ts';
import { followTheme, settings } from './ui/settings.ts';

if (window.parent !== window) document.documentElement.dataset.framed = '';
const parameters = readParameters(location.search);
const { theme, notes, lang } = parameters;
settings.setState({ theme, noteNames: notes, language: lang });
followTheme();

const room = ROOMS.find((one) => one === document.documentElement.dataset.embed);
const root = document.getElementById('app');
if (room && root) {
  // Words are settled when they are loaded, after the settings; the host may call before that and is not lost.
  const frame = import('./ui/embed/frames.ts').then(({ startFrame }) => startFrame(room, parameters, root));
  hearHost(window, (request, answer) => void frame.then((serve) => serve(request, answer)));
}
