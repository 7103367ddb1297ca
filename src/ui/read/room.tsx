import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createEngraveClient, spawnEngraveWorker } from '../../workers/engrave-client.ts';
import { BACKEND_WISHES } from '../../workers/protocol.ts';
import { createReadClient, spawnReadWorker } from '../../workers/read-client.ts';
import { siteUrl } from '../app/rooms.ts';
import { Shell } from '../app/shell.tsx';
import { words } from '../words.ts';
import { Announcer } from './announcer.tsx';
import { Desk } from './desk.tsx';
import { Empty } from './empty.tsx';
import { useIncomingPhotos } from './incoming.ts';
import { createShelf } from './pieces.ts';
import { ProblemNote } from './problem-note.tsx';
import styles from './room.module.css';
import { RoomActions } from './room-actions.tsx';
import { createSession, type Session } from './session.ts';

function startSession(): Session {
  const wish = new URLSearchParams(location.search).get('backend');
  return createSession({
    reader: createReadClient(spawnReadWorker),
    engraver: createEngraveClient(spawnEngraveWorker),
    shelf: createShelf(),
    models: siteUrl('models/'),
    backend: BACKEND_WISHES.find((backend) => backend === wish) ?? 'auto',
    now: () => performance.now(),
    nextFrame: (task) => {
      // Frames stop in hidden tabs, reading does not.
      if (document.hidden) setTimeout(task, 100);
      else requestAnimationFrame(task);
    },
  });
}

export default function ReadRoom() {
  const [session] = useState(startSession);
  const isEmpty = useStore(session.store, ({ piece }) => piece === null);
  const dragging = useIncomingPhotos((file) => void session.open([{ photo: file, name: file.name }]));
  useSampleOfAddress(session);
  return (
    <Shell room="read" fixed={!isEmpty} actions={<RoomActions session={session} />}>
      <h1 className="visually-hidden">{words.read.title}</h1>
      <ProblemNote session={session} />
      {isEmpty ? <Empty session={session} /> : <Desk session={session} />}
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

export async function openSample(session: Session, file: string, title: string): Promise<void> {
  const response = await fetch(siteUrl(`samples/scores/${file}`)).catch(() => null);
  if (response?.ok) await session.open([{ photo: await response.blob(), name: title }]);
}
