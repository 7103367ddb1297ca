import { useEffect } from 'react';
import type { Session } from './session.ts';
import { isRead } from './store.ts';

const NAME = 'piece';

/**
 * The piece on the desk stands in the address (`?piece=ID`), so that loading the page anew comes back to it and the browser's
 * way back leads from a piece to the list.
 */
export function usePieceOfAddress(session: Session): void {
  useEffect(() => {
    if (!session.shelf) return;
    const asked = new URLSearchParams(location.search).get(NAME);
    if (asked) void session.take(asked).then((there) => !there && write(null, true));
    const goBack = () => {
      const id = new URLSearchParams(location.search).get(NAME);
      if (id) void session.take(id).then((there) => !there && write(null, true));
      else void session.leave();
    };
    window.addEventListener('popstate', goBack);
    // A tab that is hidden may never be seen again.
    const keep = () => document.hidden && void session.keep();
    document.addEventListener('visibilitychange', keep);
    const stop = session.store.subscribe(({ piece }, before) => {
      if (piece === before.piece) return;
      const id = isRead(piece) ? piece.id : null;
      if (id !== (isRead(before.piece) ? before.piece.id : null)) write(id, id === null);
    });
    return () => {
      window.removeEventListener('popstate', goBack);
      document.removeEventListener('visibilitychange', keep);
      stop();
    };
  }, [session]);
}

function write(id: string | null, instead: boolean): void {
  const url = new URL(location.href);
  if (url.searchParams.get(NAME) === id) return;
  if (id) url.searchParams.set(NAME, id);
  else url.searchParams.delete(NAME);
  // What opened a piece once must not open it again.
  url.searchParams.delete('sample');
  if (instead) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
}
