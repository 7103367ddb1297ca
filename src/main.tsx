import './ui/kit/tokens.css';
import './ui/kit/fonts.css';
import './ui/kit/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isRoom, ROOMS } from './ui/app/rooms.ts';
import { applyTheme, savedTheme } from './ui/app/theme.ts';

applyTheme(savedTheme());

// Every entry is an HTML file of its own, so that static hosts need no rewriting; the file says which room it is.
const name = document.body.dataset.room ?? '';
const root = document.getElementById('app');
if (root && isRoom(name)) {
  const { default: Room } = await ROOMS[name].load();
  createRoot(root).render(
    <StrictMode>
      <Room />
    </StrictMode>,
  );
}
