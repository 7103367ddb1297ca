import type { Engine } from './engine.ts';

/** Time in which a device that went away says so, ms. */
const GRACE = 1000;

/** Whether the device is lost: work on it may fail before the loss itself is told. */
export async function isLost({ backend, lost }: Pick<Engine, 'backend' | 'lost'>): Promise<boolean> {
  if (backend === 'webgpu' && !lost.aborted) {
    await new Promise<void>((resolve) => {
      lost.addEventListener('abort', () => resolve(), { once: true });
      setTimeout(resolve, GRACE);
    });
  }
  return lost.aborted;
}
