import type { Quad } from '../page/homography.ts';
import { parseOr } from './schema.ts';
import { type StraightenRequest, straightenReply } from './straighten-protocol.ts';

/** The page between four corners of a photo, upright and flat, as JPEG; in a worker that lives as long. @throws Error */
export function straighten(photo: Blob, corners: Quad): Promise<Blob> {
  const worker = new Worker(new URL('./straighten.worker.ts', import.meta.url), {
    type: 'module',
    name: 'straighten',
  });
  return new Promise<Blob>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const reply = parseOr(straightenReply, data);
      if (reply?.kind === 'straight') resolve(reply.photo);
      else reject(new Error(reply?.message ?? 'the worker sent a message that cannot be understood'));
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ photo, corners } satisfies StraightenRequest);
  }).finally(() => worker.terminate());
}
