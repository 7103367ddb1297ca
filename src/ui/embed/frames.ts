import type { ReactNode } from 'react';
import { mount } from '../app/mount.tsx';
import { settings } from '../settings.ts';
import { language, loadWords } from '../words.ts';
import { type Serve, tellSize } from './host.ts';
import type { Parameters } from './parameters.ts';
import type { EmbeddedRoom } from './protocol.ts';

/** A room as it is embedded: what is shown, and what it does for the host. */
export type Frame = { content: ReactNode; serve: Serve };

const FRAMES: Record<EmbeddedRoom, () => Promise<{ start: (parameters: Parameters) => Frame }>> = {
  read: () => import('./read-frame.tsx'),
  rank: () => import('./rank-frame.tsx'),
};

/** Shows a room in the frame. Gives what answers the host. */
export async function startFrame(
  room: EmbeddedRoom,
  parameters: Parameters,
  root: HTMLElement,
): Promise<Serve> {
  await loadWords(room);
  document.documentElement.lang = language;
  let frame: Frame | null = null;
  await mount(root, async () => {
    const { start } = await FRAMES[room]();
    const started = start(parameters);
    frame = started;
    return { default: () => started.content };
  });
  let stopTelling = () => {};
  return (request, answer) => {
    if (request.kind === 'hello') {
      answer({ kind: 'ready', room });
      stopTelling();
      stopTelling = tellSize(root, answer);
    } else if (request.kind === 'theme') settings.setState({ theme: request.theme });
    else frame?.serve(request, answer);
  };
}
