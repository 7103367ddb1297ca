/**
 * What the page and its workers say to each other. Messages are plain data, told apart by `kind`; both sides parse what
 * they get. Answers carry the `job` of the request, so that the page drops what belongs to a job that it gave up.
 */
import {
  type OctaveLine,
  type ReadingEvent,
  type ReadToken,
  STAGES,
  type SystemPlace,
  type SystemReading,
} from '../inference/tromr/reading.ts';
import { PHOTO_PROBLEMS } from '../page/photo-file.ts';
import {
  boolean,
  byKind,
  instance,
  list,
  nullable,
  number,
  object,
  oneOf,
  type Parsed,
  type Parser,
  pair,
  string,
} from './schema.ts';

export const BACKEND_WISHES = ['auto', 'webgpu', 'wasm', 'cpu'] as const;
export type BackendWish = (typeof BACKEND_WISHES)[number];

export const READ_FAILURES = [
  ...PHOTO_PROBLEMS,
  'not_music',
  'cancelled',
  'device_lost',
  'engine_failed',
  'weights_missing',
  'offline',
  'weights_damaged',
  'out_of_memory',
  'busy',
  'worker_lost',
] as const;
export type ReadFailure = (typeof READ_FAILURES)[number];

/** `detail` is a fact for the sentence that the page shows (a size, a format), `message` the machine's own words. */
export type Failure = { ok: false; code: ReadFailure; detail: string; message: string };

const token: Parser<ReadToken> = object<ReadToken>({
  rhythm: string,
  pitch: string,
  lift: string,
  tuplet: string,
  mark: string,
  tie: string,
  slur: string,
  voice: string,
  p: number,
  x: number,
  y: number,
  alternatives: list(
    object<ReadToken['alternatives'][number]>({
      branch: oneOf('rhythm', 'pitch', 'lift', 'tuplet', 'mark', 'tie', 'slur', 'voice'),
      value: string,
      p: number,
    }),
  ),
});

const box: Parser<[number, number, number, number]> = (value) => {
  const [x, y, width, height] = list(number)(value);
  return [number(x), number(y), number(width), number(height)];
};
const size = object<{ width: number; height: number }>({ width: number, height: number });
const rotation = oneOf(0, 90, 180, 270);
const place = { box, lines: list(list(pair(number, number))) };
const braces = list(pair(number, number));
const systemPlace = object<SystemPlace>({
  staves: list(object<SystemPlace['staves'][number]>(place)),
  braces,
});
const point = pair(number, number);
const octaveLines = list(object<OctaveLine>({ side: oneOf('above', 'below'), from: point, to: point }));
const systemReading = object<SystemReading>({
  staves: list(
    object<SystemReading['staves'][number]>({
      ...place,
      tokens: list(token),
      source: oneOf('draft', 'reading'),
      octaveLines: (value) => (value === undefined ? undefined : octaveLines(value)),
    }),
  ),
  braces,
});
const stage = oneOf(...STAGES);

const readingEvent: Parser<ReadingEvent> = byKind<ReadingEvent>({
  progress: object({ kind: oneOf('progress'), stage, done: number, total: number }),
  page: object({ kind: oneOf('page'), rotation, photo: size, systems: list(systemPlace) }),
  draft: object({ kind: oneOf('draft'), staff: number, tokens: list(token) }),
  tokens: object({ kind: oneOf('tokens'), staff: number, tokens: list(token), complete: boolean }),
});

/** A page read to the end, as it crosses to the page. */
export const readPage = object<{
  photo: { width: number; height: number };
  rotation: 0 | 90 | 180 | 270;
  backend: string;
  reason: string;
  timings: Record<(typeof STAGES)[number], number>;
  systems: SystemReading[];
}>({
  photo: size,
  rotation,
  backend: string,
  reason: string,
  timings: object({ geometry: number, draft: number, reading: number, notation: number }),
  systems: list(systemReading),
});
export type ReadPage = Parsed<typeof readPage>;

const failure: Parser<Failure> = object<Failure>({
  ok: (value) => (boolean(value) ? never() : false),
  code: oneOf(...READ_FAILURES),
  detail: string,
  message: string,
});

function never(): never {
  throw new TypeError('a failure is never ok');
}

export type ReadOutcome = { ok: true; page: ReadPage } | Failure;

const readOutcome: Parser<ReadOutcome> = (value) =>
  object<{ ok: boolean }>({ ok: boolean })(value).ok
    ? object<{ ok: true; page: ReadPage }>({ ok: () => true, page: readPage })(value)
    : failure(value);

/** To the reading worker. `models` is the address of the folder with the weights. One page at a time. */
export type ReadRequest =
  | { kind: 'read'; job: number; photo: Blob; name: string; models: string; backend: BackendWish }
  | { kind: 'cancel'; job: number };

export const readRequest: Parser<ReadRequest> = byKind<ReadRequest>({
  read: object({
    kind: oneOf('read'),
    job: number,
    photo: instance(Blob),
    name: string,
    models: string,
    backend: oneOf(...BACKEND_WISHES),
  }),
  cancel: object({ kind: oneOf('cancel'), job: number }),
});

/** From the reading worker: `opened` once the photo is decoded, `weights` in bytes, then what the reader tells. */
export type ReadReply =
  | { kind: 'opened'; job: number; width: number; height: number }
  | { kind: 'engine'; job: number; backend: string; reason: string }
  | { kind: 'weights'; job: number; done: number; total: number }
  | { kind: 'event'; job: number; event: ReadingEvent }
  | { kind: 'finished'; job: number; outcome: ReadOutcome };

export const readReply: Parser<ReadReply> = byKind<ReadReply>({
  opened: object({ kind: oneOf('opened'), job: number, width: number, height: number }),
  engine: object({ kind: oneOf('engine'), job: number, backend: string, reason: string }),
  weights: object({ kind: oneOf('weights'), job: number, done: number, total: number }),
  event: object({ kind: oneOf('event'), job: number, event: readingEvent }),
  finished: object({ kind: oneOf('finished'), job: number, outcome: readOutcome }),
});

export const SCORE_FORMATS = ['musicxml', 'mxl', 'mid', 'semantic'] as const;
export type ScoreFormat = (typeof SCORE_FORMATS)[number];

/** How a piece is written: moved by so many semitones, at so many quarters a minute (`null`: nobody said). */
export type Arrangement = { transpose: number; tempo: number | null };

/** To the engraving worker: the pages of a piece, and the width of the score's pane in px. */
export type EngraveRequest =
  | { kind: 'engrave'; job: number; pages: SystemReading[][]; width: number; transpose: number }
  | {
      kind: 'write';
      job: number;
      pages: SystemReading[][];
      format: ScoreFormat;
      title: string;
      arrangement: Arrangement;
    };

export const engraveRequest: Parser<EngraveRequest> = byKind<EngraveRequest>({
  engrave: object({
    kind: oneOf('engrave'),
    job: number,
    pages: list(list(systemReading)),
    width: number,
    transpose: number,
  }),
  write: object({
    kind: oneOf('write'),
    job: number,
    pages: list(list(systemReading)),
    format: oneOf(...SCORE_FORMATS),
    title: string,
    arrangement: object<Arrangement>({ transpose: number, tempo: nullable(number) }),
  }),
});

/** From the engraving worker: one SVG a line of the score, not yet to be trusted; or the bytes of a file. */
export type EngraveReply =
  | { kind: 'engraved'; job: number; lines: string[] }
  | { kind: 'written'; job: number; file: Blob }
  | { kind: 'failed'; job: number; message: string };

export const engraveReply: Parser<EngraveReply> = byKind<EngraveReply>({
  engraved: object({ kind: oneOf('engraved'), job: number, lines: list(string) }),
  written: object({ kind: oneOf('written'), job: number, file: instance(Blob) }),
  failed: object({ kind: oneOf('failed'), job: number, message: string }),
});
