import { useStore } from 'zustand';
import { Icon } from '../kit/icon.tsx';
import { words } from '../words.ts';
import { PhotoInput } from './photo-input.tsx';
import styles from './room-actions.module.css';
import { SaveMenu } from './save-menu.tsx';
import type { Session } from './session.ts';
import { isRead } from './store.ts';

/** The right end of the bar: the piece's name, another photo, and saving, unless an embedding page leaves that out. */
export function RoomActions({ session, saving = true }: { session: Session; saving?: boolean }) {
  const piece = useStore(session.store, (state) => state.piece);
  const working = useStore(session.store, (state) => state.work !== null);
  if (!piece) return null;
  return (
    <>
      <span className={styles.piece} title={piece.name}>
        {piece.name || words.read.untitled}
      </span>
      {!working && (
        <PhotoInput
          className={styles.another}
          onPhoto={(file) => void session.open([{ photo: file, name: file.name }])}
        >
          <Icon name="picture" />
          <span className={styles.label}>{words.read.another}</span>
        </PhotoInput>
      )}
      {saving && <SaveMenu session={session} disabled={!isRead(piece) || working} />}
    </>
  );
}
