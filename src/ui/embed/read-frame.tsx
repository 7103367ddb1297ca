import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Boundary } from '../app/boundary.tsx';
import { ROOMS, siteUrl } from '../app/rooms.ts';
import { Announcer } from '../read/announcer.tsx';
import { Desk } from '../read/desk.tsx';
import { Empty } from '../read/empty.tsx';
import { useIncomingPhotos } from '../read/incoming.ts';
import { ProblemNote } from '../read/problem-note.tsx';
import { RoomActions } from '../read/room-actions.tsx';
import type { Session } from '../read/session.ts';
import { openSample, startSession } from '../read/start-session.ts';
import { words } from '../words.ts';
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
  useIncomingPhotos((file) => void session.open([{ photo: file, name: file.name }]));
  const { example, hide } = parameters;
  useEffect(() => {
    if (example) void openSample(session, example, example);
  }, [session, example]);
  return (
    <main className={styles.frame} data-hide={hide.join(' ')}>
      <h1 className="visually-hidden">{words.read.title}</h1>
      <ProblemNote session={session} />
      <div className={styles.stage} data-full={!isEmpty}>
        <Boundary>{isEmpty ? <Empty session={session} /> : <Desk session={session} />}</Boundary>
      </div>
      <footer className={styles.foot}>
        <a
          data-part="link"
          className={styles.link}
          href={siteUrl(ROOMS.read.path)}
          target="_blank"
          rel="noopener"
        >
          {words.app.name}
          <span className="visually-hidden">, {words.embed.newTab}</span>
        </a>
        <RoomActions session={session} saving={!hide.includes('save')} />
      </footer>
      <Announcer session={session} />
    </main>
  );
}
