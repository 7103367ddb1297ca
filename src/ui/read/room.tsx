import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { BACKEND_WISHES } from '../../workers/protocol.ts';
import { Boundary } from '../app/boundary.tsx';
import { keepReader } from '../app/offline.ts';
import { Shell } from '../app/shell.tsx';
import { words } from '../words.ts';
import { Announcer } from './announcer.tsx';
import { Desk } from './desk.tsx';
import { Empty } from './empty.tsx';
import { useIncomingPhotos, useLaunchedPhotos } from './incoming.ts';
import { intakeOf } from './intake.ts';
import { IntakeDialogs } from './intake-dialogs.tsx';
import { KeepNote } from './keep-note.tsx';
import { usePieceOfAddress } from './piece-address.ts';
import { createShelf } from './pieces.ts';
import { ProblemNote } from './problem-note.tsx';
import styles from './room.module.css';
import { RoomActions } from './room-actions.tsx';
import type { Session } from './session.ts';
import { openSample, startSession } from './start-session.ts';
import { isRead } from './store.ts';

function startRoom(): Session {
  const wish = new URLSearchParams(location.search).get('backend');
  return startSession({
    backend: BACKEND_WISHES.find((backend) => backend === wish) ?? 'auto',
    shelf: createShelf(),
  });
}

export default function ReadRoom() {
  const [session] = useState(startRoom);
  const isEmpty = useStore(session.store, ({ piece }) => piece === null);
  const dragging = useIncomingPhotos((files) => void intakeOf(session).receive(files, 'new'));
  useSampleOfAddress(session);
  useLaunchedPhotos(session);
  useKeptReader(session);
  usePieceOfAddress(session);
  return (
    <Shell room="read" fixed={!isEmpty} actions={<RoomActions session={session} />}>
      <h1 className="visually-hidden">{words.read.title}</h1>
      <ProblemNote session={session} />
      <KeepNote session={session} />
      <Boundary kept={words.read.kept}>
        {isEmpty ? <Empty session={session} /> : <Desk session={session} />}
      </Boundary>
      {dragging && <div className={styles.drop}>{words.read.target.drop}</div>}
      <Announcer session={session} />
      <IntakeDialogs session={session} />
    </Shell>
  );
}

/** Who has read a page will want to read without a connection too. */
function useKeptReader(session: Session): void {
  const read = useStore(session.store, ({ piece }) => isRead(piece));
  useEffect(() => {
    if (read) keepReader();
  }, [read]);
}

/** `?sample=FILE` opens one of the samples, for links from elsewhere. */
function useSampleOfAddress(session: Session): void {
  useEffect(() => {
    const file = new URLSearchParams(location.search).get('sample');
    if (file && /^[\w-]+\.(jpe?g|png)$/.test(file)) void openSample(session, file, file);
  }, [session]);
}
