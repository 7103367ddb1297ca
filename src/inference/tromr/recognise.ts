import { fitPage } from '../../notation/fit-page.ts';
import { STAFF_GEOMETRY } from '../../page/geometry.ts';
import type { GreyImage, Point } from '../../page/image.ts';
import { type OctaveLineOnPhoto, octaveLinesOf } from '../../page/octave-lines.ts';
import { type PageReading, readPage, readStaffCrop, type Staff, type System } from '../../page/read-page.ts';
import type { Engine } from '../engine/engine.ts';
import { isLost } from '../engine/loss.ts';
import { shapesFor } from './batches.ts';
import { disposeDrafts, draftStaves } from './draft-staves.ts';
import { readDrafted } from './read-staves.ts';
import type { Reader } from './reader.ts';
import type {
  OctaveLine,
  PageResult,
  ReadingEvent,
  RecognitionResult,
  StaffPlace,
  StaffReading,
  Stage,
} from './reading.ts';
import { pageText, staffPieces } from './staff-text.ts';
import { Cancelled, turn } from './turns.ts';

export type RecogniseOptions = {
  onEvent?: (event: ReadingEvent) => void;
  signal?: AbortSignal;
  /** Decoder steps between two looks at what the device has chosen; 8 unless told. */
  stepsPerReadback?: number;
  /** The photo is a crop that shows one staff. */
  staffOnly?: boolean;
};

/**
 * From an upright photo to what each staff says. Never rejects.
 * @param photo at most 24 megapixels
 */
export async function recognise(
  engine: Engine,
  reader: Reader,
  photo: GreyImage,
  options: RecogniseOptions = {},
): Promise<RecognitionResult> {
  if (engine.lost.aborted) return { ok: false, code: 'device_lost', message: String(engine.lost.reason) };
  let whenLost = () => {};
  // A lost device may leave a read-back waiting for ever.
  const lost = new Promise<never>((_, reject) => {
    whenLost = () => reject(new Error(String(engine.lost.reason)));
    engine.lost.addEventListener('abort', whenLost);
  });
  try {
    return await Promise.race([readPhoto(engine, reader, photo, options), lost]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Cancelled && !engine.lost.aborted) return { ok: false, code: 'cancelled', message };
    return { ok: false, code: (await isLost(engine)) ? 'device_lost' : 'engine_failed', message };
  } finally {
    engine.lost.removeEventListener('abort', whenLost);
  }
}

async function readPhoto(
  { backend, reason }: Engine,
  reader: Reader,
  photo: GreyImage,
  { onEvent = () => {}, signal, stepsPerReadback = 8, staffOnly = false }: RecogniseOptions,
): Promise<RecognitionResult> {
  const tell = (stage: Stage, done: number, total: number) =>
    onEvent({ kind: 'progress', stage, done, total });
  const lap = stopwatch();
  tell('geometry', 0, 1);
  await turn(signal);
  const { rotation, systems }: Layout = staffOnly ? cropPage(photo) : readPage(photo);
  tell('geometry', 1, 1);
  const geometry = lap();
  if (systems.length === 0)
    return { ok: false, code: 'not_music', message: 'no staves of five lines were found' };
  const size = rotation % 180 === 0 ? photo : { width: photo.height, height: photo.width };
  const upright = { width: size.width, height: size.height };
  onEvent({
    kind: 'page',
    rotation,
    photo: upright,
    systems: systems.map(({ staves, braces }) => ({ staves: staves.map(placeOf), braces })),
  });

  const { maxWidth } = STAFF_GEOMETRY;
  const staves = staffPieces(systems, maxWidth);
  const images = staves.flatMap(({ pieces }) => pieces.map(({ image }) => image));
  const shapes = shapesFor(backend, maxWidth);
  const onTurn = (stage: Stage) => async (done: number) => {
    tell(stage, done, images.length);
    await turn(signal);
  };
  const sketch = pageText(staves);
  const drafted = await draftStaves(reader, images, {
    shapes,
    onDraft: (piece, steps) => {
      const staff = sketch.put(piece, { steps, complete: true });
      if (sketch.isComplete(staff)) onEvent({ kind: 'draft', staff, tokens: sketch.tokens(staff) });
    },
    onTurn: onTurn('draft'),
  });
  const draft = lap();

  const text = pageText(staves);
  const sources: StaffReading['source'][] = staves.map(() => 'reading');
  await readDrafted(reader, drafted, {
    shapes,
    every: stepsPerReadback,
    onSteps: (piece, steps, winner) => {
      const staff = text.put(piece, { steps, complete: winner !== undefined });
      if (winner === 'draft') sources[staff] = 'draft';
      onEvent({ kind: 'tokens', staff, tokens: text.tokens(staff), complete: text.isComplete(staff) });
    },
    onTurn: onTurn('reading'),
  }).finally(() => disposeDrafts(drafted));
  const reading = lap();

  tell('notation', 0, 1);
  const octaveLines = octaveLinesOf(staves.map(({ staff }) => staff));
  const lines = staves.map(({ staff: { space }, above }, index) => ({
    tokens: text.tokens(index),
    space,
    above,
  }));
  const fitted = fitPage(inSystems(lines, systems));
  const readings = staves.map(({ staff }, index): StaffReading => {
    const tokens = fitted[index] ?? [];
    onEvent({ kind: 'tokens', staff: index, tokens, complete: true });
    return {
      ...placeOf(staff),
      tokens,
      source: sources[index] ?? 'reading',
      octaveLines: octaveLines[index]?.map(octaveLineOf) ?? [],
    };
  });
  const page: PageResult = {
    photo: upright,
    rotation,
    backend,
    reason,
    systems: inSystems(readings, systems).map((staves, i) => ({ staves, braces: systems[i]?.braces ?? [] })),
    timings: { geometry, draft, reading, notation: lap() },
  };
  tell('notation', 1, 1);
  return { ok: true, page };
}

type Layout = { rotation: PageReading['rotation']; systems: Pick<System, 'staves' | 'braces'>[] };

/** What there is of each staff of a page, system by system. */
function inSystems<T>(ofStaves: readonly T[], systems: Layout['systems']): T[][] {
  const rest = [...ofStaves];
  return systems.map(({ staves }) => rest.splice(0, staves.length));
}

function cropPage(photo: GreyImage): Layout {
  const staff = readStaffCrop(photo);
  return { rotation: 0, systems: staff ? [{ staves: [staff], braces: [] }] : [] };
}

function placeOf({ box, lines }: Staff): StaffPlace {
  return {
    box: [tenth(box[0]), tenth(box[1]), tenth(box[2]), tenth(box[3])],
    lines: lines.map((line) => line.map(({ x, y }): [number, number] => [tenth(x), tenth(y)])),
  };
}

function octaveLineOf({ side, from, to }: OctaveLineOnPhoto): OctaveLine {
  const pair = ({ x, y }: Point): [number, number] => [tenth(x), tenth(y)];
  return { side, from: pair(from), to: pair(to) };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Each call says how many milliseconds have passed since the last. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const passed = performance.now() - last;
    last += passed;
    return Math.round(passed);
  };
}
