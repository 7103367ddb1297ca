import { compare, equal, type Fraction, subtract, ZERO } from '../fraction.ts';
import type { Score, Source, StaffBar } from '../score.ts';

/** A bar of a staff that does not add up to its metre, or whose voices overlap. */
export interface BarToCheck {
  /** Index in `score.bars`. */
  bar: number;
  /** What stands in it, in order; empty if the bar is missing in this staff. */
  sources: Source[];
  /** Of a missing bar: the nearest symbol of the staff in its line, if there is one. */
  near?: Source;
  /** What it lacks (positive) or has too much (negative) in whole notes; zero where voices overlap. */
  lacks: Fraction;
}

/** The bars to check of all staves, in the order of bars. Pick-ups and split bars are none. */
export function barsToCheck(score: Score): BarToCheck[] {
  const staves = score.parts.flatMap((part) => part.staves);
  return score.bars.flatMap((_, bar) =>
    staves.flatMap(({ bars }): BarToCheck[] => {
      const content = bars[bar];
      if (!content?.irregular) return [];
      const { expected, found } = content.irregular;
      const sources = sourcesOf(content);
      const near = sources.length > 0 ? undefined : neighbourOf(score, bars, bar);
      return [
        {
          bar,
          sources,
          ...(near ? { near } : {}),
          lacks: equal(expected, found) ? ZERO : subtract(expected, found),
        },
      ];
    }),
  );
}

function neighbourOf(score: Score, bars: readonly StaffBar[], bar: number): Source | undefined {
  const starts = score.bars.flatMap(({ line }, i) => (line ? [i] : []));
  const first = starts.findLast((start) => start <= bar) ?? 0;
  const end = starts.find((start) => start > bar) ?? bars.length;
  const before = bars.slice(first, bar).flatMap(sourcesOf).at(-1);
  return before ?? bars.slice(bar + 1, end).flatMap(sourcesOf)[0];
}

function sourcesOf({ voices }: StaffBar): Source[] {
  const events = voices.flatMap((voice) => voice.events);
  return [...events]
    .sort((a, b) => compare(a.onset, b.onset))
    .flatMap(({ notes, source }) => {
      const heads = notes.flatMap((note) => note.source ?? []);
      return heads.length > 0 ? heads : (source ?? []);
    });
}
