import type { Quad } from '../page/homography.ts';
import type { Point } from '../page/image.ts';
import { byKind, instance, list, Malformed, number, object, oneOf, type Parser, string } from './schema.ts';

/** To the straightening worker: a photo, and the corners of its page as parts (0…1) of the upright picture's sides. */
export type StraightenRequest = { photo: Blob; corners: Quad };

const quad: Parser<Quad> = (value) => {
  const [a, b, c, d, more] = list(object<Point>({ x: number, y: number }))(value);
  if (!a || !b || !c || !d || more) throw new Malformed('expected four corners');
  return [a, b, c, d];
};

export const straightenRequest: Parser<StraightenRequest> = (value) =>
  object<StraightenRequest>({ photo: instance(Blob), corners: quad })(value);

export type StraightenReply = { kind: 'straight'; photo: Blob } | { kind: 'failed'; message: string };

export const straightenReply: Parser<StraightenReply> = (value) =>
  byKind<StraightenReply>({
    straight: object({ kind: oneOf('straight'), photo: instance(Blob) }),
    failed: object({ kind: oneOf('failed'), message: string }),
  })(value);
