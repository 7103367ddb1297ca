/**
 * What an embedded page and the page around it say to each other by `postMessage`. Plain objects with `scoreline: 1`, told
 * apart by `kind`; both sides parse them and drop the rest. Answers carry the `id` of the request.
 */
import {
  byKind,
  instance,
  nullable,
  number,
  object,
  oneOf,
  type Parser,
  string,
} from '../../workers/schema.ts';
import type { Step } from '../read/store.ts';
import { THEMES, type Theme } from '../theme.ts';

export const VERSION = 1;

export const ROOMS = ['read', 'rank'] as const;
export type EmbeddedRoom = (typeof ROOMS)[number];

/** From the host. A picture comes as bytes, never as an address. */
export type HostMessage =
  | Message<{ kind: 'hello' }>
  /** Shows a page of music and reads it. */
  | Message<{ kind: 'load'; image: Blob | ArrayBuffer; name: string }>
  /** Asks for the page that the host loaded as it is now, with the visitor's corrections. */
  | Message<{ kind: 'get' }>
  | Message<{ kind: 'stop' }>
  | Message<{ kind: 'theme'; theme: Theme }>;

const STEPS = ['photo', 'geometry', 'draft', 'reading', 'score'] as const satisfies readonly Step[];

/** What came of a page: the score, counts, the backend that read it, and the time in ms. */
export type Result = { musicxml: string; staves: number; symbols: number; backend: string; took: number };

/** To the host. Sizes are px of CSS; `share` is 0…1 of the step, null where it is not known. */
export type FrameMessage =
  | Message<{ kind: 'ready'; room: EmbeddedRoom }>
  | Message<{ kind: 'size'; height: number }>
  | Message<{ kind: 'progress'; step: Step; share: number | null }>
  | Message<{ kind: 'result' } & Result>
  /** `code` is the program's, `message` a sentence for people in the frame's language. */
  | Message<{ kind: 'error'; code: string; message: string }>;

type Message<T> = { scoreline: typeof VERSION; id: number } & T;

const envelope = { scoreline: oneOf(VERSION), id: number };

const image: Parser<Blob | ArrayBuffer> = (value) =>
  value instanceof ArrayBuffer ? value : instance(Blob)(value);

export const hostMessage: Parser<HostMessage> = byKind<HostMessage>({
  hello: object({ ...envelope, kind: oneOf('hello') }),
  load: object({ ...envelope, kind: oneOf('load'), image, name: string }),
  get: object({ ...envelope, kind: oneOf('get') }),
  stop: object({ ...envelope, kind: oneOf('stop') }),
  theme: object({ ...envelope, kind: oneOf('theme'), theme: oneOf(...THEMES) }),
});

export const frameMessage: Parser<FrameMessage> = byKind<FrameMessage>({
  ready: object({ ...envelope, kind: oneOf('ready'), room: oneOf(...ROOMS) }),
  size: object({ ...envelope, kind: oneOf('size'), height: number }),
  progress: object({
    ...envelope,
    kind: oneOf('progress'),
    step: oneOf(...STEPS),
    share: nullable(number),
  }),
  result: object({
    ...envelope,
    kind: oneOf('result'),
    musicxml: string,
    staves: number,
    symbols: number,
    backend: string,
    took: number,
  }),
  error: object({ ...envelope, kind: oneOf('error'), code: string, message: string }),
});
