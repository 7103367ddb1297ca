/** The capture worker: judges reduced frames of the camera, one at a time. */
import { captureHint } from '../page/capture-hint.ts';
import { frameToJudge } from './capture-protocol.ts';
import { writeGrey } from './decode-photo.ts';
import { parseOr } from './schema.ts';

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const request = parseOr(frameToJudge, data);
  if (!request) return;
  const { frame, scale } = request;
  const { width, height } = frame;
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
  context?.drawImage(frame, 0, 0);
  frame.close();
  const grey = new Uint8Array(width * height);
  if (context) writeGrey(context.getImageData(0, 0, width, height).data, grey);
  self.postMessage(captureHint({ width, height, data: grey }, scale));
};
