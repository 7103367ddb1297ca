import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { BACKEND_WISHES } from '../../workers/protocol.ts';
import { Boundary } from '../app/boundary.tsx';
import { Shell } from '../app/shell.tsx';
import { words } from '../words.ts';
import { Announcer } from './announcer.tsx';
import { Desk } from './desk.tsx';
import { Empty } from './empty.tsx';
import { useIncomingPhotos } from './incoming.ts';
import { KeepNote } from './keep-note.tsx';
import { usePieceOfAddress } from './piece-address.ts';
import { createShelf } from './pieces.ts';
import { ProblemNote } from './problem-note.tsx';
import styles from './room.module.css';
import { RoomActions } from './room-actions.tsx';
import type { Session } from './session.ts';
import { openSample, startSession } from './start-session.ts';

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
  const dragging = useIncomingPhotos((file) => void session.open([{ photo: file, name: file.name }]));
  useSampleOfAddress(session);
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
    </Shell>
  );
}

/** `?sample=FILE` opens one of the samples, for links from elsewhere. */
function useSampleOfAddress(session: Session): void {
  useEffect(() => {
    const file = new URLSearchParams(location.search).get('sample');
    if (file && /^[\w-]+\.(jpe?g|png)$/.test(file)) void openSample(session, file, file);
  }, [session]);
}
