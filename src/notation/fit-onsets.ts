import {
  type BarSound,
  change,
  isSameLength,
  lengthAsRead,
  sounding,
  soundingBars,
  TOLERANCE,
} from './bar-sounds.ts';
import { partValue, printedLength } from './duration.ts';
import { toNumber } from './fraction.ts';
import { isBarLine } from './groups.ts';
import { barLength, printedMetre } from './metre.ts';
import type { ReadToken } from './read-token.ts';
import { plainToken, VOCABULARY } from './token.ts';
import { addsUp, tokenBars } from './token-bars.ts';

/** Heads nearer than this stand above each other, in staff spaces. */
const SAME_PLACE = 0.8;
/** What it costs that a dot or a value was misread, less the reader's own doubt; that a rest was not seen; that an onset stands where it cannot. */
const MISREAD_DOT = 2;
const MISREAD_VALUE = 3;
/** That a tuplet was not seen, or seen where there is none; and for each further note of it. */
const MISREAD_TUPLET = 2.5;
const MORE_OF_TUPLET = 0.1;
const UNSEEN_REST = 2.5;
const OUT_OF_PLACE = 3;
/** A bar that would cost more is left as it is. */
const MOST_COST = 7;
/** Ways to time a bar that are followed side by side. */
const BREADTH = 200;

/** Where in the bar, in whole notes, what stands at a place of the photo begins. */
type Landmark = { x: number; onset: number };
/** A voice of a bar: its sounds, and where each stands. */
type Voice = { sounds: BarSound[]; places: number[] };
/** What a sound is to last, by name and tuplet, and the rest that comes before it. */
type Timing = { value: string; tuplet: string; rest?: string | undefined };
/** `retimed`: the last sound has another tuplet than was read. */
type Path = { cost: number; end: number; timings: Timing[]; retimed: boolean };

/**
 * Bars of a system that do not add up, timed by what stands above and below: what sounds together stands at one place, and what
 * comes later further right. A voice that does not fill its bar gets other values, or rests that were not seen, where these put
 * every sound between its neighbours of the voices that do.
 * @param staves tokens of each staff of the system, with as many bars as each other; else nothing is changed
 * @param metres in force at the head of each staff
 * @param space distance of the staves' lines, in the px of the places
 */
export function fitOnsets(
  staves: readonly (readonly ReadToken[])[],
  metres: readonly (string | undefined)[],
  space: number,
): ReadToken[][] {
  const lines = staves.map(tokenBars);
  const count = lines[0]?.length ?? 0;
  if (lines.some((bars) => bars.length !== count)) return staves.map((tokens) => [...tokens]);
  const inForce = [...metres];
  for (let bar = 0; bar < count; bar++) {
    const here = lines.map((bars, staff) => {
      const tokens = bars[bar] ?? [];
      inForce[staff] = tokens.map(({ rhythm }) => printedMetre(rhythm)).find(Boolean) ?? inForce[staff];
      return { tokens, metre: inForce[staff] };
    });
    const landmarks = here.flatMap(landmarksOf).sort((a, b) => a.onset - b.onset);
    here.forEach((each, staff) => {
      const mended = timed(each, landmarks, space);
      if (mended) lines[staff]?.splice(bar, 1, mended);
    });
  }
  return lines.map((bars) => bars.flat());
}

type Bar = { tokens: readonly ReadToken[]; metre: string | undefined };

/** The onsets of the voices that fill a bar by themselves. */
function landmarksOf({ tokens, metre }: Bar): Landmark[] {
  const full = metre === undefined ? undefined : toNumber(barLength(metre));
  return voicesOf(tokens).flatMap(({ sounds, places }) => {
    if (full === undefined || !isSameLength(lengthAsRead(sounds), full)) return [];
    return places.map((x, i) => ({ x, onset: lengthAsRead(sounds.slice(0, i)) }));
  });
}

function voicesOf(tokens: readonly ReadToken[]): Voice[] {
  const [bar, second] = soundingBars(tokens, undefined);
  if (!bar || second) return [];
  return bar.voices.map((sounds) => ({
    sounds,
    places: sounds.map((sound) => {
      const places = sound.tokens.map((index) => tokens[index]?.x ?? 0);
      return places.reduce((sum, x) => sum + x, 0) / places.length;
    }),
  }));
}

/** A bar that adds up at last; undefined where it did before, or still does not. */
function timed(
  { tokens, metre }: Bar,
  landmarks: readonly Landmark[],
  space: number,
): ReadToken[] | undefined {
  if (metre === undefined || landmarks.length < 2 || addsUp(tokens, barLength(metre))) return undefined;
  const full = toNumber(barLength(metre));
  const tried = [...tokens];
  const rests: { before: number; rest: ReadToken }[] = [];
  for (const [number, voice] of voicesOf(tokens).entries()) {
    const length = lengthAsRead(voice.sounds);
    // A second voice may have rests that are not printed.
    if (length === 0 || isSameLength(length, full) || (number === 1 && length < full)) continue;
    const path = cheapest(voice, landmarks, full, space);
    if (!path) return undefined;
    voice.sounds.forEach((sound, i) => {
      const timing = path.timings[i];
      if (timing) change(tried, sound, timing);
    });
    path.timings.forEach(({ rest }, i) => {
      const before = startOfColumn(tokens, voice.sounds[i]?.tokens[0]);
      if (rest !== undefined) rests.push({ before, rest: unseenRest(rest, tokens, before, space) });
    });
  }
  for (const { before, rest } of rests.sort((a, b) => b.before - a.before)) tried.splice(before, 0, rest);
  return addsUp(tried, barLength(metre)) ? tried : undefined;
}

/** Where the column of a token begins; without one, where the bar ends. */
function startOfColumn(tokens: readonly ReadToken[], index: number | undefined): number {
  if (index === undefined) return tokens.length - (isBarLine(tokens.at(-1)?.rhythm ?? '') ? 1 : 0);
  return tokens[index - 1]?.rhythm === 'chord' ? startOfColumn(tokens, index - 2) : index;
}

/** The cheapest way to time a voice so that it fills the bar. */
function cheapest(
  { sounds, places }: Voice,
  landmarks: readonly Landmark[],
  full: number,
  space: number,
): Path | undefined {
  let paths: Path[] = [{ cost: 0, end: 0, timings: [], retimed: false }];
  sounds.forEach((sound, i) => {
    const { from, to } = boundsAt(places[i] ?? 0, landmarks, full, space);
    const isPlaced = (onset: number) =>
      from === to ? isSameLength(onset, from) : onset > from && onset < to;
    const begun = paths
      .flatMap(withRest)
      .map((path) => ({ ...path, cost: path.cost + (isPlaced(path.end) ? 0 : OUT_OF_PLACE) }))
      .filter(({ cost }) => cost <= MOST_COST);
    paths = best(
      begun.flatMap(({ cost, end, rest, timings, retimed: before }) =>
        valuesOf(sound).map(({ value, tuplet, length, cost: doubt, retimed }) => ({
          cost: cost + doubt + (retimed ? (before ? MORE_OF_TUPLET : MISREAD_TUPLET) : 0),
          end: end + length,
          timings: [...timings, { value, tuplet, rest }],
          retimed,
        })),
      ),
      full,
    );
  });
  const ended = paths.flatMap((path) => withRest(path).map(({ rest, ...end }) => ({ ...end, last: rest })));
  const [found] = ended.filter(({ end }) => isSameLength(end, full)).sort((a, b) => a.cost - b.cost);
  if (!found || found.cost > MOST_COST) return undefined;
  const { last, timings } = found;
  return last === undefined
    ? found
    : { ...found, timings: [...timings, { value: '', tuplet: 'none', rest: last }] };
}

/** A path as it is, and with each rest that could follow. */
function withRest(path: Path): (Path & { rest?: string })[] {
  return [
    path,
    ...RESTS.map(({ value, length }) => ({
      ...path,
      cost: path.cost + UNSEEN_REST,
      end: path.end + length,
      rest: value,
    })),
  ];
}

const VALUES = VOCABULARY.rhythm
  .filter((name) => name.startsWith('note-') && !name.includes('double_whole') && !name.endsWith('..'))
  .map((name) => name.slice('note-'.length))
  .map((value) => ({ value, length: toNumber(printedLength(value)) }));
/** Rests that may not have been seen. */
const RESTS = VALUES.filter(({ length }) => length >= 1 / 32 && length <= 1 / 2);

type Value = { value: string; tuplet: string; length: number; cost: number; retimed: boolean };

/** What a sound may last: what the reader thinks possible, what differs by a dot, a flag or a beam, and what was read in or out of a tuplet. */
function valuesOf({ read, values }: BarSound): Value[] {
  const own = values[0]?.length ?? 0;
  const cost = (value: string) => {
    if (value === read.value) return 0;
    const isDot = partValue(value).base === partValue(read.value).base;
    return (isDot ? MISREAD_DOT : MISREAD_VALUE) - (values.find((each) => each.value === value)?.p ?? 0);
  };
  const near = VALUES.filter(({ length }) => length >= own / 2 && length <= own * 2);
  const possible = [...near, ...values.filter(({ value }) => near.every((other) => other.value !== value))];
  const asRead = possible.map(({ value, length }) => ({
    value,
    tuplet: read.tuplet,
    length: sounding(length, read.tuplet),
    cost: cost(value),
    retimed: false,
  }));
  const tuplet = read.tuplet === 'none' ? '3:2' : 'none';
  return [...asRead, { value: read.value, tuplet, length: sounding(own, tuplet), cost: 0, retimed: true }];
}

/** Between which onsets something at this place begins; the same one twice where it stands with a landmark. */
function boundsAt(
  x: number,
  landmarks: readonly Landmark[],
  full: number,
  space: number,
): { from: number; to: number } {
  const [nearest] = [...landmarks].sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
  if (nearest && Math.abs(nearest.x - x) < SAME_PLACE * space)
    return { from: nearest.onset, to: nearest.onset };
  const from = landmarks.filter((mark) => mark.x < x).map(({ onset }) => onset);
  const to = landmarks.filter((mark) => mark.x > x).map(({ onset }) => onset);
  return { from: Math.max(-TOLERANCE, ...from), to: Math.min(full, ...to) };
}

/** The cheapest paths that do not overfill the bar, of those with one end in or out of such a tuplet only one. */
function best(paths: readonly Path[], full: number): Path[] {
  const byEnd = new Map<string, Path>();
  for (const path of paths) {
    const end = `${Math.round(path.end / TOLERANCE)} ${path.retimed}`;
    if (
      path.cost <= MOST_COST &&
      path.end < full + TOLERANCE &&
      path.cost < (byEnd.get(end)?.cost ?? Infinity)
    )
      byEnd.set(end, path);
  }
  return [...byEnd.values()].sort((a, b) => a.cost - b.cost).slice(0, BREADTH);
}

function unseenRest(value: string, tokens: readonly ReadToken[], before: number, space: number): ReadToken {
  const next = tokens[before] ?? tokens.at(-1);
  const place = { x: (next?.x ?? 0) - 2 * space, y: next?.y ?? 0 };
  return { ...plainToken(`rest-${value}`), p: 0, ...place, alternatives: [] };
}
