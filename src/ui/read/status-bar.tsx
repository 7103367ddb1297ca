import { Popover } from '@base-ui/react/popover';
import { useStore } from 'zustand';
import { Button, buttonClass } from '../kit/button.tsx';
import { words } from '../words.ts';
import { countSymbols } from './announcer.tsx';
import type { Session } from './session.ts';
import styles from './status-bar.module.css';
import { doubtful, type ShownToken, samePlace } from './staves.ts';

const { staves, symbols, ready, doubt, backend: backendNames } = words.read;

/** The foot of the desk: what was read, what is in doubt, and what the reader ran on. */
export function StatusBar({ session, shown }: { session: Session; shown: readonly ShownToken[][] }) {
  const piece = useStore(session.store, (state) => state.piece);
  const working = useStore(session.store, (state) => state.work !== null);
  return (
    <footer className={styles.bar}>
      {piece?.page && !working && (
        <>
          <p className={styles.sum}>
            {ready(staves(piece.staves.length), symbols(countSymbols(piece)), (piece.took / 1000).toFixed(1))}
          </p>
          <Doubt session={session} shown={shown} />
        </>
      )}
      <Backend session={session} />
    </footer>
  );
}

function Doubt({ session, shown }: { session: Session; shown: readonly ShownToken[][] }) {
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
            <Popover.Description>{engine.reason}</Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
