import { Popover } from '@base-ui/react/popover';
import { useStore } from 'zustand';
import { buttonClass } from '../kit/button.tsx';
import { words } from '../words.ts';
import { readyText } from './announcer.tsx';
import { Check } from './check.tsx';
import type { Playing } from './playing.ts';
import type { Session } from './session.ts';
import styles from './status-bar.module.css';
import { isRead } from './store.ts';
import { Transport } from './transport.tsx';

const { backend: backendNames } = words.read;

/** The foot of the desk: what was read, what is to be checked, and what the reader ran on. */
export function StatusBar({ session, playing }: { session: Session; playing: Playing }) {
  const piece = useStore(session.store, (state) => state.piece);
  const working = useStore(session.store, (state) => state.work !== null);
  return (
    <footer className={styles.bar} data-part="status">
      {isRead(piece) && !working && (
        <>
          <Transport session={session} playing={playing} />
          <Check session={session} piece={piece} />
        </>
      )}
      <Backend session={session} />
    </footer>
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
            <Popover.Description>{words.read.reason(engine.reason)}</Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
