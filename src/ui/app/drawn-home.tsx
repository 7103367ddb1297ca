/** The home page as HTML; `tools/prerender.ts` asks for it when the site is built. */
import { renderToString } from 'react-dom/server';
import Home from './home.tsx';
import { App } from './mount.tsx';

export function drawHome(): string {
  return renderToString(<App room={Home} />);
}
