/** Places of a score in time: where what was read is played, and which stretch a loop of bars or symbols is. */
import { toNumber } from '../../notation/fraction.ts';
import type { Performance } from '../../notation/performance.ts';
import type { Event, Score, Source } from '../../notation/score.ts';
import type { Span } from './schedule.ts';

/** What begins together, when it is played: the cursor stops here. */
export type Stop = {
  /** Quarters from the beginning of the performance. */
  at: number;
  /** Where its first symbols were read; never empty. */
  sources: Source[];
  /** Ids of notes and rests in the engraving. */
  ids: string[];
  /** Index of the bar in the score. */
  bar: number;
};

/** The stops of a performance in order of time, repeats played out. */
export function stopsOf(score: Score, performance: Performance): Stop[] {
  const staves = score.parts.flatMap((part) => part.staves);
  return performance.bars.flatMap(({ bar, onset }) => {
    const stops = new Map<number, Stop>();
    for (const staff of staves) {
      for (const event of staff.bars[bar]?.voices.flatMap(({ events }) => events) ?? []) {
        const source = sourceOf(event);
        if (!source) continue;
        const at = onset + 4 * toNumber(event.onset);
        const stop = stops.get(at) ?? { at, sources: [], ids: [], bar };
        stop.sources.push(source);
        stop.ids.push(...(event.notes.length > 0 ? event.notes.map(({ id }) => id) : [event.id]));
        stops.set(at, stop);
      }
    }
    return [...stops.values()].sort((a, b) => a.at - b.at);
  });
}

function sourceOf(event: Event): Source | undefined {
  return event.source ?? event.notes[0]?.source;
}

/** The last stop at or before a time, by index; -1 before the first. */
export function stopBefore(stops: readonly Stop[], at: number): number {
  let [low, high] = [0, stops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stops[middle]?.at ?? 0) <= at + 1e-9) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The first time that a bar is played, undefined if it never is. */
export function barSpan(performance: Performance, bar: number): Span | undefined {
  const played = performance.bars.find((each) => each.bar === bar);
  return played && { start: played.onset, end: played.onset + played.duration };
}

/** From the beginning of one bar to the end of another, as they are first played in that order. */
export function loopOfBars(performance: Performance, from: number, to: number): Span | null {
  const [first, last] = from <= to ? [from, to] : [to, from];
  const start = performance.bars.find(({ bar }) => bar === first)?.onset;
  if (start === undefined) return null;
  const end = performance.bars.find(({ bar, onset }) => bar === last && onset >= start);
  return end ? { start, end: end.onset + end.duration } : null;
}

/** A symbol in time: when it is first played, how long, and the keys that sound; a sign takes no time. */
export type Moment = { bar: number; span: Span; keys: number[]; staff: number; percussion: boolean };

/** The moment of a symbol that was read; undefined for what has no place in a bar of the score. */
export function momentOf(score: Score, performance: Performance, source: Source): Moment | undefined {
  let staff = -1;
  for (const part of score.parts)
    for (const { bars } of part.staves) {
      staff++;
      for (const [bar, content] of bars.entries()) {
        for (const event of content.voices.flatMap(({ events }) => events)) {
          const notes = event.notes.filter((note) => sameSource(note.source, source));
          if (notes.length === 0 && !sameSource(event.source, source)) continue;
          const start = (barSpan(performance, bar)?.start ?? 0) + 4 * toNumber(event.onset);
          const ids = notes.map(({ id }) => id);
          const heard = performance.notes.filter((note) => note.notes.some((id) => ids.includes(id)));
          return {
            bar,
            span: { start, end: start + 4 * toNumber(event.length) },
            keys: [...new Set(heard.map(({ pitch }) => pitch))],
            staff,
            percussion: heard.some(({ percussion }) => percussion),
          };
        }
      }
    }
  return undefined;
}

/** The bar in which a symbol stands, signs and bar lines too: that of the nearest symbol before it in its staff that sounds. */
export function barOfSource(score: Score, source: Source): number | undefined {
  let found: number | undefined;
  let best = Number.NEGATIVE_INFINITY;
  for (const { bars } of score.parts.flatMap((part) => part.staves))
    for (const [bar, content] of bars.entries())
      for (const event of content.voices.flatMap(({ events }) => events)) {
        const own = sourceOf(event);
        if (!own || !sameStaff(own, source)) continue;
        // Before the first of its line there is only the next one.
        const rank = own.token <= source.token ? own.token : -own.token - 1;
        if (rank > best) [best, found] = [rank, bar];
      }
  return found;
}

function sameStaff(a: Source, b: Source): boolean {
  return a.page === b.page && a.system === b.system && a.staff === b.staff;
}

function sameSource(a: Source | undefined, b: Source): boolean {
  return a !== undefined && sameStaff(a, b) && a.token === b.token;
}
