import { useStore } from 'zustand';
import { IconButton } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { words } from '../words.ts';
import { intakeOf } from './intake.ts';
import { PhotoInput } from './photo-input.tsx';
import styles from './room-actions.module.css';
import { SaveMenu } from './save-menu.tsx';
import type { Session } from './session.ts';
import { isRead } from './store.ts';

const { pieces } = words.edit;

/** The right end of the bar: the piece's name, another photo, and saving, unless an embedding page leaves that out. */
export function RoomActions({ session, saving = true }: { session: Session; saving?: boolean }) {
  const piece = useStore(session.store, (state) => state.piece);
  const working = useStore(session.store, (state) => state.work !== null);
  if (!piece) return null;
  return (
    <>
      {session.shelf && !working && (
        <IconButton
          icon="back"
          name={pieces.back}
          className={styles.back}
          onClick={() => void session.leave()}
        />
      )}
      <PieceName key={piece.id} session={session} name={piece.name} />
      {!working && (
        <PhotoInput
          className={styles.another}
          onPhotos={(files) => void intakeOf(session).receive(files, 'new')}
        >
          <Icon name="picture" />
          <span className={styles.label}>{words.read.another}</span>
        </PhotoInput>
      )}
      {saving && <SaveMenu session={session} disabled={!isRead(piece) || working} />}
    </>
  );
}

/** The piece's name, to be changed where it stands. */
function PieceName({ session, name }: { session: Session; name: string }) {
  return (
    <input
      className={styles.piece}
      aria-label={pieces.name}
      defaultValue={name}
      placeholder={words.read.untitled}
      spellCheck={false}
      onBlur={({ target }) => session.rename(target.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') event.currentTarget.value = name;
      }}
    />
  );
}
