import { useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './problem-note.module.css';
import type { Session } from './session.ts';

/** Says that the piece is not kept on the device, and why, until it is closed. */
export function KeepNote({ session }: { session: Session }) {
  const notKept = useStore(session.store, (state) => state.notKept);
  const [closed, setClosed] = useState<typeof notKept>(null);
  return (
    <div role="status">
      {notKept && closed !== notKept && (
        <div className={styles.note}>
          <p className={styles.text}>{words.edit.pieces.notKept[notKept]}</p>
          <IconButton icon="close" name={words.read.dismiss} onClick={() => setClosed(notKept)} />
        </div>
      )}
    </div>
  );
}
