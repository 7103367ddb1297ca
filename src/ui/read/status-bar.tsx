import { Popover } from '@base-ui/react/popover';
import { useStore } from 'zustand';
import { Button, buttonClass } from '../kit/button.tsx';
import { words } from '../words.ts';
import { readyText } from './announcer.tsx';
import type { Playing } from './playing.ts';
import type { Session } from './session.ts';
import styles from './status-bar.module.css';
import { doubtful, type ShownPage, samePlace } from './staves.ts';
import { isRead } from './store.ts';
import { Transport } from './transport.tsx';

const { doubt, backend: backendNames } = words.read;

/** The foot of the desk: what was read, what is in doubt, and what the reader ran on. */
export function StatusBar({
  session,
  playing,
  shown,
}: {
  session: Session;
  playing: Playing;
  shown: ShownPage;
}) {
  const piece = useStore(session.store, (state) => state.piece);
  const working = useStore(session.store, (state) => state.work !== null);
  return (
    <footer className={styles.bar}>
      {isRead(piece) && !working && (
        <>
          <Transport session={session} playing={playing} />
          <Doubt session={session} shown={shown} />
        </>
      )}
      <Backend session={session} />
    </footer>
  );
}

function Doubt({ session, shown }: { session: Session; shown: ShownPage }) {
  const selected = useStore(session.store, (state) => state.selected);
  const places = doubtful(shown);
  if (places.length === 0) return <p className={styles.doubt}>{doubt.none}</p>;
  const at = places.findIndex((place) => samePlace(place, selected));
  const next = places[(at + 1) % places.length] ?? null;
  return (
    <div className={styles.doubt}>
      <p>{doubt.count(places.length)}</p>
      <Button onClick={() => session.select(next)}>{doubt.next}</Button>
    </div>
  );
}

/** Which backend, and on demand why. */
function Backend({ session }: { session: Session }) {
  const piece = useStore(session.store, (state) => state.piece);
  const engine = useStore(session.store, (state) => state.engine);
  if (!engine) return null;
  const names: Record<string, string> = backendNames;
  return (
    <Popover.Root>
      <Popover.Trigger className={`${buttonClass('plain')} ${styles.backend}`}>
        {names[engine.backend] ?? engine.backend}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" className={styles.positioner}>
          <Popover.Popup className={styles.reason}>
            {isRead(piece) && <p className={styles.sum}>{readyText(piece)}</p>}
            <Popover.Description>{engine.reason}</Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
