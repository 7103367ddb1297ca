import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Boundary } from '../app/boundary.tsx';
import { ROOMS } from '../app/rooms.ts';
import { Announcer } from '../read/announcer.tsx';
import { Desk } from '../read/desk.tsx';
import { Empty } from '../read/empty.tsx';
import { useIncomingPhotos } from '../read/incoming.ts';
import { intakeOf } from '../read/intake.ts';
import { IntakeDialogs } from '../read/intake-dialogs.tsx';
import { ProblemNote } from '../read/problem-note.tsx';
import { RoomActions } from '../read/room-actions.tsx';
import type { Session } from '../read/session.ts';
import { openSample, startSession } from '../read/start-session.ts';
import { words } from '../words.ts';
import { Foot } from './foot.tsx';
import styles from './frame.module.css';
import type { Frame } from './frames.ts';
import type { Parameters } from './parameters.ts';
import { serveHost } from './read-host.ts';

/** The room that reads, within another site's page: it keeps nothing and knows nothing of the visitor's own pieces. */
export function start(parameters: Parameters): Frame {
  const session = startSession({ backend: parameters.backend });
  return {
    content: <ReadFrame session={session} parameters={parameters} />,
    serve: serveHost(session),
  };
}

function ReadFrame({ session, parameters }: { session: Session; parameters: Parameters }) {
  const isEmpty = useStore(session.store, ({ piece }) => piece === null);
  useIncomingPhotos((files) => void intakeOf(session).receive(files, 'new'));
  const { example, hide } = parameters;
  useEffect(() => {
    if (example) void openSample(session, example, example);
  }, [session, example]);
  return (
    <main className={styles.frame} data-hide={hide.join(' ')}>
      <h1 className="visually-hidden">{words.read.title}</h1>
      <ProblemNote session={session} />
      <div className={styles.stage} data-full={isEmpty ? undefined : 'read'}>
        <Boundary>{isEmpty ? <Empty session={session} /> : <Desk session={session} />}</Boundary>
      </div>
      <Foot path={ROOMS.read.path}>
        <RoomActions session={session} saving={!hide.includes('save')} />
      </Foot>
      <Announcer session={session} />
      <IntakeDialogs session={session} />
    </main>
  );
}
