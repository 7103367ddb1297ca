import { bottomLine } from '../notation/clef.ts';
import type { Slot } from './compose-rhythm.ts';
import type { Event, Head, Note } from './music.ts';
import type { Random } from './random.ts';
import type { StaffStyle } from './styles.ts';

/** Where a voice stands between two notes: carried from bar to bar so that lines flow. */
export type Line = {
  /** Position of the last melody note on the staff. */
  position: number;
  /** Heads of the last chord, repeated by an accompaniment or a tie. */
  last: number[];
  direction: number;
};

export function startLine(random: Random, [low, high]: readonly [number, number]): Line {
  return { position: Math.round((low + high) / 2) + random.int(-2, 2), last: [], direction: 1 };
}

/** The melody's next position: mostly steps, turning back at the ends of its range. */
export function nextPosition(random: Random, line: Line, style: StaffStyle): number {
  const [low, high] = style.range;
  const size = random.chance(style.stepwise)
    ? random.weighted([
        [1, 6],
        [0, 1.2],
      ])
    : random.weighted([
        [2, 5],
        [3, 3],
        [4, 2],
        [5, 1],
        [7, 1],
        [8, 0.3],
      ]);
  if (random.chance(0.35)) line.direction = -line.direction;
  let next = line.position + size * line.direction;
  if (next > high || next < low) {
    line.direction = -line.direction;
    next = line.position + size * line.direction;
  }
  line.position = Math.max(low, Math.min(high, next));
  return line.position;
}

/** Intervals above a bass, in diatonic steps, that chords of 2 to 5 heads commonly have. */
const STACKS: Record<number, number[][]> = {
  2: [
    [0, 2],
    [0, 2],
    [0, 5],
    [0, 4],
    [0, 7],
    [0, 3],
    [0, 1],
  ],
  3: [
    [0, 2, 4],
    [0, 2, 5],
    [0, 3, 5],
    [0, 4, 7],
    [0, 2, 7],
    [0, 1, 4],
  ],
  4: [
    [0, 2, 4, 7],
    [0, 3, 5, 7],
    [0, 2, 5, 7],
    [0, 2, 4, 6],
    [0, 1, 3, 5],
  ],
  5: [
    [0, 2, 4, 6, 8],
    [0, 2, 4, 7, 9],
    [0, 3, 5, 7, 10],
    [0, 1, 2, 4, 7],
  ],
};

/** Positions of a chord whose top is `top`, bottom to top. */
export function stackBelow(random: Random, top: number, sizes: StaffStyle['chordSizes']): number[] {
  const size = random.weighted<number>([
    [2, sizes[0]],
    [3, sizes[1]],
    [4, sizes[2]],
    [5, sizes[3]],
  ]);
  const stack = random.pick(STACKS[size] ?? [[0, 2]]);
  const height = stack.at(-1) ?? 0;
  return stack.map((interval) => top - height + interval);
}

/** Lowest position that voice 1 sounds during each slot of voice 2, so that voices do not cross. */
function ceilingOf(upper: readonly Event[], slot: Slot, bottom: number): number {
  let ceiling = 99;
  for (const event of upper) {
    if (event.kind !== 'note') continue;
    if (event.onset < slot.onset + slot.ticks && slot.onset < event.onset + event.ticks)
      ceiling = Math.min(ceiling, (event.heads[0]?.step ?? 99) - bottom);
  }
  return ceiling;
}

function headsAt(positions: readonly number[], bottom: number, nextId: () => string): Head[] {
  return positions.map((position) => ({
    id: nextId(),
    step: position + bottom,
    alter: 0,
    lift: 'none',
    tied: false,
  }));
}

/** Notes and rests on the slots; `upper` is the first voice where this is the second. */
export function pitchSlots(
  random: Random,
  slots: readonly Slot[],
  style: StaffStyle,
  line: Line,
  clef: string,
  nextId: () => string,
  upper?: readonly Event[],
): Event[] {
  const bottom = bottomLine(clef);
  const [lowest] = style.range;
  return slots.map((slot): Event => {
    const { onset, ticks, length, tuplet } = slot;
    const rest: Event = {
      kind: 'rest',
      id: nextId(),
      length,
      onset,
      ticks,
      tuplet,
      mark: 'none',
      wholeBar: false,
    };
    if (slot.rest) return rest;
    const top = nextPosition(random, line, style);
    let positions = [top];
    if (random.chance(style.chord)) {
      positions =
        line.last.length > 1 && random.chance(0.25) ? line.last : stackBelow(random, top, style.chordSizes);
    }
    if (upper) {
      const ceiling = ceilingOf(upper, slot, bottom) - (random.chance(0.12) ? 0 : 1);
      const excess = Math.max(0, (positions.at(-1) ?? 0) - ceiling);
      positions = positions.map((position) => position - excess);
      if ((positions[0] ?? 0) < lowest - 6) return rest;
    }
    line.last = positions;
    const note: Note = {
      kind: 'note',
      id: nextId(),
      length,
      onset,
      ticks,
      tuplet,
      heads: headsAt(positions, bottom, nextId),
      graces: [],
      mark: 'none',
      slur: 'none',
    };
    return note;
  });
}
