import type { CaptureHint } from '../page/capture-hint.ts';
import { captureReply, type FrameToJudge } from './capture-protocol.ts';
import { parseOr } from './schema.ts';

export type CaptureClient = {
  /** What is wrong with a frame, which is handed over; null if that cannot be told. */
  judge(frame: ImageBitmap, scale: number): Promise<CaptureHint | null>;
  dispose(): void;
};

/** The page's side of the capture worker: one frame at a time, asked for as fast as it answers. */
export function startCapture(): CaptureClient {
  const worker = new Worker(new URL('./capture.worker.ts', import.meta.url), {
    type: 'module',
    name: 'capture',
  });
  let answer: (found: CaptureHint | null) => void = () => {};
  worker.onmessage = ({ data }: MessageEvent<unknown>) => answer(parseOr(captureReply, data));
  worker.onerror = () => answer(null);
  return {
    judge: (frame, scale) =>
      new Promise((resolve) => {
        answer = resolve;
        worker.postMessage({ frame, scale } satisfies FrameToJudge, [frame]);
      }),
    dispose: () => {
      worker.terminate();
      answer(null);
    },
  };
}
