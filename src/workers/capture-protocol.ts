import { CAPTURE_HINTS, type CaptureHint } from '../page/capture-hint.ts';
import { instance, number, object, oneOf, type Parser } from './schema.ts';

/** To the capture worker: a frame, and how many px of the still one of its px stands for. */
export type FrameToJudge = { frame: ImageBitmap; scale: number };
export const frameToJudge: Parser<FrameToJudge> = (value) =>
  object<FrameToJudge>({ frame: instance(ImageBitmap), scale: number })(value);

/** What the capture worker says of it. */
export const captureReply: Parser<CaptureHint> = object<CaptureHint>({
  kind: oneOf(...CAPTURE_HINTS),
  staves: number,
});
