import type { Score, ScoreBar } from './mei-score.ts';
import { type Bar, eventId, type Piece } from './music.ts';
import type { Random } from './random.ts';

/** Which staves of the score to take: all of a small score, a pair under one brace, or one alone. */
export function pickStaves(random: Random, score: Score): number[] {
  const all = score.staves.map((_, i) => i);
  const pairs = score.braces.map(([from, to]) => all.slice(from, to + 1));
  const single = () => [random.pick(all)];
  if (all.length === 1) return all;
  return random.weighted<() => number[]>([
    [() => all, all.length <= 4 ? 4 : 0],
    [() => random.pick(pairs), pairs.length > 0 ? 3 : 0],
    [() => all.slice(0, 2), pairs.length === 0 ? 2 : 0],
    [single, 4],
  ])();
}

/** Longest stretches of bars, as [from, to), in which every one of the staves can be used. */
export function usableRuns(score: Score, staves: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  let from: number | undefined;
  score.bars.forEach((bar, i) => {
    const usable = bar.cut === undefined && staves.every((staff) => bar.flaws[staff] === undefined);
    if (usable) from ??= i;
    else if (from !== undefined) {
      runs.push([from, i]);
      from = undefined;
    }
  });
  if (from !== undefined) runs.push([from, score.bars.length]);
  return runs;
}

/** A stretch of `count` bars at most, from anywhere in a run; undefined where no run has three bars. */
export function pickRun(
  random: Random,
  runs: readonly [number, number][],
  count: number,
): [number, number] | undefined {
  const long = runs.filter(([from, to]) => to - from >= 3);
  if (long.length === 0) return undefined;
  const [from, to] = random.weighted(long.map((run) => [run, run[1] - run[0]] as const));
  // Often the run's own beginning, where title pages begin.
  const start = random.chance(0.2) ? from : random.int(from, Math.max(from, to - count));
  return [start, Math.min(to, start + count)];
}

/** The clef in force on a staff before bar `index`. */
function clefBefore(score: Score, staff: number, index: number): string {
  for (let i = index - 1; i >= 0; i--) {
    const content = score.bars[i]?.staves[staff];
    const clef =
      content && 'voices' in content
        ? content.voices[0]?.events.findLast((e) => e.kind === 'clef')
        : undefined;
    if (clef?.kind === 'clef') return clef.clef;
  }
  return score.staves[staff]?.clef ?? 'clef-G2';
}

/** Bars `from` to `to` (without it) of some staves as a piece of its own; the score is left as it is. */
export function takeExcerpt(
  random: Random,
  score: Score,
  staves: readonly number[],
  [from, to]: readonly [number, number],
): Piece {
  const bars = structuredClone(score.bars.slice(from, to)).map((bar): Bar => barOf(bar, staves));
  const [first] = bars;
  if (first) {
    first.newKey = false;
    first.newTime = false;
  }
  trimEndings(bars);
  connect(bars);
  if (random.chance(0.25)) stripLyrics(bars);
  const braces = score.braces.flatMap(([a, b]): [number, number][] => {
    const [start, end] = [staves.indexOf(a), staves.indexOf(b)];
    return start >= 0 && end > start ? [[start, end]] : [];
  });
  const labelled = random.chance(0.4);
  return {
    staves: staves.map((staff) => {
      const label = score.staves[staff]?.label;
      return { clef: clefBefore(score, staff, from), ...(labelled && label ? { label } : {}) };
    }),
    symbol: staves.length > 1 && braces.length === 0 ? 'bracket' : 'none',
    braces,
    barsThrough: staves.length > 1 && braces.length === 0 && random.chance(0.5),
    hideTime: from > 0 && random.chance(0.5),
    bars,
  };
}

function barOf(bar: ScoreBar, staves: readonly number[]): Bar {
  const { flaws: _flaws, cut: _cut, signs, ...rest } = bar;
  return {
    ...rest,
    staves: staves.flatMap((staff) => bar.staves[staff] ?? []),
    distractions: signs.flatMap(({ staff, mei }) => {
      const n = staves.indexOf(staff) + 1;
      return n > 0 ? [mei.replace('staff="@"', `staff="${n}"`)] : [];
    }),
  };
}

/** An ending that the excerpt cuts in two is no ending any more. */
function trimEndings(bars: readonly Bar[]): void {
  let open: Bar[] = [];
  const drop = (group: readonly Bar[]) => {
    for (const bar of group) delete bar.ending;
  };
  for (const bar of bars) {
    if (!bar.ending) {
      drop(open);
      open = [];
      continue;
    }
    if (bar.ending.opens) {
      drop(open);
      open = [];
    } else if (open.length === 0) {
      delete bar.ending;
      continue;
    }
    open.push(bar);
    if (bar.ending.closes) open = [];
  }
  drop(open);
}

/** Keeps ties and slurs whose two ends lie in the excerpt, and marks their notes. One slur starts or ends at a note. */
function connect(bars: readonly Bar[]): void {
  const heads = new Map<string, { tied: boolean }>();
  const notes = new Map<string, { starts: boolean; stops: boolean; slur: string }>();
  const written: { starts: boolean; stops: boolean; apply: () => void }[] = [];
  for (const bar of bars) {
    for (const content of bar.staves) {
      if ('rests' in content) continue;
      for (const event of content.voices.flatMap(({ events }) => events)) {
        if (event.kind !== 'note') continue;
        for (const head of event.heads) {
          head.tied = false;
          heads.set(head.id, head);
        }
        const state = {
          starts: false,
          stops: false,
          slur: 'none',
          apply: () => {
            event.slur = state.starts ? (state.stops ? 'both' : 'start') : state.stops ? 'stop' : 'none';
          },
        };
        notes.set(eventId(event), state);
        written.push(state);
      }
    }
  }
  for (const bar of bars) {
    bar.ties = bar.ties.filter(({ from, to }) => heads.has(from) && heads.has(to));
    for (const { from } of bar.ties) {
      const head = heads.get(from);
      if (head) head.tied = true;
    }
    bar.slurs = bar.slurs.filter(({ from, to }) => {
      const start = notes.get(from);
      const stop = notes.get(to);
      if (!start || !stop || start.starts || stop.stops) return false;
      start.starts = true;
      stop.stops = true;
      return true;
    });
  }
  for (const state of written) state.apply();
}

function stripLyrics(bars: readonly Bar[]): void {
  for (const bar of bars) {
    for (const content of bar.staves) {
      if ('rests' in content) continue;
      for (const event of content.voices.flatMap(({ events }) => events))
        if (event.kind === 'note') delete event.syllable;
    }
  }
}

/** Notes in the piece per bar and staff: an excerpt of rests teaches little. */
export function noteDensity(piece: Piece): number {
  let notes = 0;
  for (const bar of piece.bars) {
    for (const content of bar.staves) {
      if ('voices' in content)
        notes += content.voices
          .flatMap(({ events }) => events)
          .filter((event) => event.kind === 'note').length;
    }
  }
  return notes / Math.max(1, piece.bars.length * piece.staves.length);
}
