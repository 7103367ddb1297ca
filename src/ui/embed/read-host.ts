import type { Session } from '../read/session.ts';
import { isPrinted } from '../read/staves.ts';
import { isRead, type ReadState } from '../read/store.ts';
import { problemText, words } from '../words.ts';
import type { Answer, Serve } from './host.ts';

const { errors: say } = words.embed;

/**
 * What a host can do with the room that reads: load a page, stop, and get the score of what it loaded. What the visitor
 * opens here on their own is none of the host's business and is never told.
 */
export function serveHost(session: Pick<Session, 'store' | 'open' | 'stop' | 'write'>): Serve {
  /** The piece that the host loaded, while it is on the desk. */
  let loaded: string | null = null;

  async function load(photo: Blob, name: string, answer: Answer): Promise<void> {
    if (session.store.getState().work)
      return answer({ kind: 'error', code: 'busy', message: problem('busy') });
    const stopTelling = session.store.subscribe((state, before) => tellProgress(state, before, answer));
    await session.open([{ photo, name }]);
    stopTelling();
    const { piece, problem: failed } = session.store.getState();
    if (failed)
      return answer({ kind: 'error', code: failed.code, message: problem(failed.code, failed.detail) });
    if (!piece || !isRead(piece))
      return answer({ kind: 'error', code: 'cancelled', message: problem('cancelled') });
    loaded = piece.id;
    await give(answer);
  }

  async function give(answer: Answer): Promise<void> {
    const { piece, engine } = session.store.getState();
    if (!piece || piece.id !== loaded)
      return answer({ kind: 'error', code: 'nothing_loaded', message: say.nothingLoaded });
    const file = await session.write('musicxml').catch(() => null);
    if (!file) return answer({ kind: 'error', code: 'not_written', message: words.save.failed });
    const staves = piece.pages.flatMap((page) => page.staves);
    answer({
      kind: 'result',
      musicxml: await file.blob.text(),
      staves: staves.length,
      symbols: staves.flatMap(({ firm }) => firm).filter(isPrinted).length,
      backend: engine?.backend ?? '',
      took: piece.pages.reduce((sum, { took }) => sum + took, 0),
    });
  }

  return (request, answer) => {
    if (request.kind === 'load')
      void load(
        request.image instanceof Blob ? request.image : new Blob([request.image]),
        request.name,
        answer,
      );
    else if (request.kind === 'get') void give(answer);
    else if (request.kind === 'stop') session.stop();
  };
}

function tellProgress({ work }: ReadState, { work: before }: ReadState, answer: Answer): void {
  if (work && (work.step !== before?.step || work.share !== before.share))
    answer({ kind: 'progress', step: work.step, share: work.share });
}

function problem(...[code, detail]: Parameters<typeof problemText>): string {
  return problemText(code, detail).title;
}
