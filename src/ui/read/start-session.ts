import { createEngraveClient, spawnEngraveWorker } from '../../workers/engrave-client.ts';
import type { BackendWish } from '../../workers/protocol.ts';
import { createReadClient, spawnReadWorker } from '../../workers/read-client.ts';
import { siteUrl } from '../app/rooms.ts';
import type { Shelf } from './pieces.ts';
import { createSession, type Session } from './session.ts';

/** A session with workers of its own; with a shelf it keeps its pieces between visits. */
export function startSession({ backend, shelf }: { backend: BackendWish; shelf?: Shelf }): Session {
  return createSession({
    reader: createReadClient(spawnReadWorker),
    engraver: createEngraveClient(spawnEngraveWorker),
    models: siteUrl('models/'),
    backend,
    now: () => performance.now(),
    nextFrame: (task) => {
      // Frames stop in hidden tabs, reading does not.
      if (document.hidden) setTimeout(task, 100);
      else requestAnimationFrame(task);
    },
    ...(shelf && { shelf }),
  });
}

/** Opens one of the samples that are shipped. */
export async function openSample(session: Session, file: string, title: string): Promise<void> {
  const response = await fetch(siteUrl(`samples/scores/${file}`)).catch(() => null);
  if (response?.ok) await session.open([{ photo: await response.blob(), name: title }]);
}
