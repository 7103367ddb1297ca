import {
  type BarSound,
  change,
  isSameLength,
  lengthAsRead,
  lengthOfBar,
  type PossibleValue,
  type SoundingBar,
  sounding,
  soundingBars,
  TOLERANCE,
} from './bar-sounds.ts';
import { printedLength, ratioOf } from './duration.ts';
import { toNumber } from './fraction.ts';
import { impliedTriplets } from './implied-triplets.ts';
import type { ReadToken } from './read-token.ts';

/** How much the odds of a bar's values rise where they fill the bar: within a line, and at its ends and at repeats, where bars may be cut. */
const FILLED = { within: Math.log(30), atEnds: Math.log(6) };
/** A tuplet sign on a note that makes no whole tuplet with its neighbours. */
const LOOSE = Math.log(0.03);
/** The first note of a tuplet tells whether there is one; what the reader says of the others mostly follows from that. */
const TUPLET_SHARE = { first: 1, others: 0.1 };
/** Beams are misread for all of their notes: of these the one that doubts them most counts, and the others by this much. */
const BEAM_SHARE = 0.05;
/** A tuplet of unequal notes against one of equal ones, and where it is no triplet. */
const UNEVEN = { triplet: Math.log(0.5), other: Math.log(0.1) };
/** The least probability of a value that may be taken, and what a tuplet, or a value under beams, has that the reader did not think of. */
const LEAST_VALUE = 0.02;
const LEAST = 0.003;
/** Ways to read a bar that are followed side by side. */
const BREADTH = 100;
/** Notes in a tuplet at most, and the longest value that it has `actual` of, in whole notes. */
const LONGEST_TUPLET = 16;
const LONGEST_UNIT = 1 / 2;

/** Values that beams tell apart, with their lengths in whole notes. */
const BEAMED = new Map(
  ['eighth', 'sixteenth', 'thirty_second'].map((value) => [value, toNumber(printedLength(value))]),
);

type Choice = { value: string; tuplet: string };

/** What was decided for the sounds so far, how probable that is, and where they end, in whole notes. */
type Path = { logP: number; end: number; choices: Choice[] };

/**
 * Values and tuplets of a staff line read as music: of what the reader thinks possible that is taken which is likeliest,
 * given that tuplets are whole and voices mostly fill their bar. Where nothing possible fills a bar it stays as read, but for
 * triplets whose number is not printed.
 * @param metre in force at the start; without one the length that most bars have counts
 */
export function fitBars(
  tokens: readonly ReadToken[],
  metre?: string,
): { tokens: ReadToken[]; metre: string | undefined } {
  const bars = soundingBars(tokens, metre);
  const usual = commonest(bars.map(({ voices }) => lengthAsRead(voices[0])));
  const fitted = [...tokens];
  bars.forEach((bar, i) => {
    const full = bar.full ?? usual;
    if (full === undefined || isCompleted(bars, i, full)) return;
    const mayBeCut = i === 0 || i === bars.length - 1 || bar.atRepeat;
    const filled = mayBeCut ? FILLED.atEnds : FILLED.within;
    for (const sounds of bar.voices) {
      bestPath(sounds, full, filled)?.choices.forEach((choice, k) => {
        const sound = sounds[k];
        if (sound) change(fitted, sound, choice);
      });
    }
  });
  return { tokens: impliedTriplets(fitted, metre), metre: bars.at(-1)?.metre ?? metre };
}

/** Whether a bar at a repeat is full as read together with the line's upbeat or the one behind the repeat. */
function isCompleted(bars: readonly SoundingBar[], i: number, full: number): boolean {
  const [bar, next, upbeat] = [bars[i], bars[i + 1], bars[0]];
  if (!bar?.atRepeat || i === 0) return false;
  return [next, upbeat].some((rest) => rest && isSameLength(lengthOfBar(bar) + lengthOfBar(rest), full));
}

/** The length that at least half of three or more bars have. */
function commonest(lengths: readonly number[]): number | undefined {
  const found = lengths.find(
    (length) => 2 * lengths.filter((other) => isSameLength(length, other)).length >= lengths.length,
  );
  return lengths.length >= 3 && found !== 0 ? found : undefined;
}

/** The likeliest way to read a voice's sounds of a bar, if it fills the bar and is likelier for that than what was read. */
function bestPath(sounds: readonly BarSound[], full: number, filled: number): Path | undefined {
  const best = ways(sounds, full + TOLERANCE).find(({ end }) => isSameLength(end, full));
  const [read] = ways(sounds.map(asRead), Number.POSITIVE_INFINITY);
  return best && read && best.logP + (isSameLength(read.end, full) ? 0 : filled) > read.logP
    ? best
    : undefined;
}

function asRead({ read, values, tuplets, tokens }: BarSound): BarSound {
  const own = new Map([[read.tuplet, tuplets.get(read.tuplet) ?? 0]]);
  return { read, values: values.slice(0, 1), tuplets: own, tokens };
}

/** Ways to read sounds one after another that end by `limit`, the likeliest first. */
function ways(sounds: readonly BarSound[], limit: number): Path[] {
  const paths: Path[][] = [[{ logP: 0, end: 0, choices: [] }], ...sounds.map(() => [])];
  const ratios = new Set(sounds.flatMap(({ tuplets }) => [...tuplets.keys()]));
  ratios.delete('none');
  sounds.forEach((sound, i) => {
    const rest = sounds.slice(i, i + LONGEST_TUPLET);
    const begins = sounds[i - 1]?.read.tuplet !== sound.read.tuplet;
    const spans = [
      ...alone(sound, begins),
      ...[...ratios].flatMap((ratio) => wholeTuplets(rest, ratio)),
      ...[...BEAMED].flatMap(([value, length]) => underBeams(rest, value, length)),
    ];
    for (const path of likeliest(paths[i] ?? []))
      for (const { logP, end, choices } of spans)
        if (path.end + end <= limit)
          paths[i + choices.length]?.push({
            logP: path.logP + logP,
            end: path.end + end,
            choices: [...path.choices, ...choices],
          });
  });
  return likeliest(paths.at(-1) ?? []);
}

/** The likeliest paths, of those with the same end only one. */
function likeliest(paths: readonly Path[]): Path[] {
  const ends = new Set<number>();
  const kept = [...paths]
    .sort((a, b) => b.logP - a.logP)
    .filter(({ end }) => {
      const rounded = Math.round(end / TOLERANCE);
      return !ends.has(rounded) && ends.add(rounded);
    });
  return kept.slice(0, BREADTH);
}

/** Everything that one sound can be by itself; `begins` if what was read of the sound before has another tuplet. */
function alone({ values, tuplets }: BarSound, begins: boolean): Path[] {
  return values.filter(isPossible).flatMap(({ value, length, p }) =>
    [...new Set(['none', ...tuplets.keys()])].map((tuplet) => ({
      logP: Math.log(p) + tupletLogP(tuplets, tuplet, begins) + (tuplet === 'none' ? 0 : LOOSE),
      end: sounding(length, tuplet),
      choices: [{ value, tuplet }],
    })),
  );
}

/** Every whole tuplet of this ratio that begins with the first sound. */
function wholeTuplets(sounds: readonly BarSound[], ratio: string): Path[] {
  const { actual } = ratioOf(ratio);
  const found: Path[] = [];
  const grow = (path: Path, printed: number, least: number): void => {
    const unit = printed / actual;
    if (path.choices.length > 1 && unit >= least && Number.isInteger(Math.log2(unit))) {
      const uneven = path.choices.length === actual ? 0 : UNEVEN[actual === 3 ? 'triplet' : 'other'];
      found.push({ ...path, logP: path.logP + uneven });
    }
    const next = sounds[path.choices.length];
    if (!next) return;
    for (const { value, length, p } of next.values.filter(isPossible)) {
      if (printed + length > actual * LONGEST_UNIT) continue;
      const grown = {
        logP: path.logP + Math.log(p) + tupletLogP(next.tuplets, ratio, path.choices.length === 0),
        end: path.end + sounding(length, ratio),
        choices: [...path.choices, { value, tuplet: ratio }],
      };
      grow(grown, printed + length, Math.min(least, length));
    }
  };
  grow({ logP: 0, end: 0, choices: [] }, 0, Number.POSITIVE_INFINITY);
  return found;
}

/** Every run of beamed notes from the first sound on as one under the beams of this value. */
function underBeams(sounds: readonly BarSound[], value: string, length: number): Path[] {
  const found: Path[] = [];
  let path: Path = { logP: 0, end: 0, choices: [] };
  const doubts: number[] = [];
  for (const { read, values } of sounds) {
    if (!BEAMED.has(read.value) || read.tuplet !== 'none') break;
    const p = Math.max(LEAST, values.find((each) => each.value === value)?.p ?? 0);
    const isRead = read.value === value;
    if (!isRead) doubts.push(Math.log(p));
    path = {
      logP: path.logP + (isRead ? Math.log(p) : 0),
      end: path.end + length,
      choices: [...path.choices, { value, tuplet: 'none' }],
    };
    const likeliest = Math.max(...doubts);
    const others = doubts.reduce((sum, logP) => sum + logP, 0) - likeliest;
    if (doubts.length > 1) found.push({ ...path, logP: path.logP + likeliest + BEAM_SHARE * others });
  }
  return found;
}

function isPossible({ p }: PossibleValue, index: number): boolean {
  return index === 0 || p >= LEAST_VALUE;
}

function tupletLogP(tuplets: ReadonlyMap<string, number>, tuplet: string, first: boolean): number {
  const share = TUPLET_SHARE[first ? 'first' : 'others'];
  return share * Math.log(Math.max(LEAST, tuplets.get(tuplet) ?? 0));
}
