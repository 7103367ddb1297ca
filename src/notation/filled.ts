/** Misread bars as files can hold them. */
import { lengthOf, ratioOf, VALUE_LENGTH } from './duration.ts';
import { add, compare, equal, type Fraction, fraction, larger, subtract, ZERO } from './fraction.ts';
import { barLength } from './metre.ts';
import type { Bar, Event, Score, Sign, StaffBar, Voice } from './score.ts';
import { type TupletGroup, tupletGroups } from './tuplets.ts';

/** Programs hold no bar whose length is not a whole number of these parts of a whole note: MuseScore rounds it up. */
const PARTS = 64;

/**
 * The score with unprinted rests after tuplets that are not whole, what follows in their voice moved on, and every bar as long as its
 * metre asks or, where it holds more, as the next whole number of sixty-fourths. Plain values and tuplets then begin at n/2^k, and all
 * programs count alike from bar to bar. Bars that add up stay as they are.
 */
export function filled(score: Score): Score {
  const staves = score.parts.flatMap((part) => part.staves);
  const laid = score.bars.map((bar, i) =>
    layBar(
      bar,
      staves.map((staff) => staff.bars[i]),
    ),
  );
  let first = 0;
  const parts = score.parts.map((part) => {
    const from = first;
    first += part.staves.length;
    return {
      ...part,
      staves: part.staves.map((staff, s) => ({
        ...staff,
        bars: staff.bars.map((bar, i) => laid[i]?.contents[from + s] ?? bar),
      })),
    };
  });
  return { ...score, parts, bars: laid.map(({ bar }) => bar) };
}

function layBar(bar: Bar, contents: readonly (StaffBar | undefined)[]) {
  const laid = contents.map((content) => content && layVoices(content));
  const metre = bar.role === 'full' && bar.time !== undefined ? barLength(bar.time) : ZERO;
  const end = laid.reduce((most, each) => larger(most, each?.end ?? ZERO), larger(metre, bar.length));
  const length = upTo(PARTS, end);
  return {
    bar: equal(length, bar.length) ? bar : { ...bar, length },
    contents: laid.map((each): StaffBar | undefined => {
      if (!each) return undefined;
      const { content, voices, moved } = each;
      const placed = (sign: Sign): Sign => {
        const at =
          compare(sign.at, bar.length) >= 0 ? length : (moved.get(keyOf(sign.at)) ?? onGrid(sign.at));
        return { ...sign, at };
      };
      const fill = (event: Event): Event => (event.fillsBar ? { ...event, length } : event);
      return {
        ...content,
        signs: content.signs.map(placed),
        voices: voices.map((voice) => ({ ...voice, events: voice.events.map(fill) })),
      };
    }),
  };
}

/** The voices of a staff one event after another; where those of the first have moved, what began with them moves along. */
function layVoices(content: StaffBar) {
  const moved = new Map<string, Fraction>();
  let end = ZERO;
  const voices = content.voices.map((voice): Voice => {
    const events: Event[] = [];
    let at = ZERO;
    for (const unit of unitsOf(voice.events)) {
      const onset = unit[0]?.onset ?? ZERO;
      at = onGrid(larger(at, moved.get(keyOf(onset)) ?? onset));
      for (const event of unit) {
        if (!event.unprinted && !moved.has(keyOf(event.onset))) moved.set(keyOf(event.onset), at);
        events.push(equal(event.onset, at) ? event : { ...event, onset: at });
        if (!event.fillsBar) at = add(at, event.length);
      }
    }
    end = larger(end, at);
    return { ...voice, events };
  });
  return { content, voices, moved, end };
}

/** What must not be parted: plain events by themselves, tuplets with the rests that make them whole. */
function unitsOf(events: readonly Event[]): Event[][] {
  const tuplets = new Map(tupletGroups(events).map((group) => [group.events[0]?.id, group]));
  const inside = new Set([...tuplets.values()].flatMap((group) => group.events.slice(1).map(({ id }) => id)));
  return events
    .filter(({ id }) => !inside.has(id))
    .map((event) => {
      const tuplet = tuplets.get(event.id);
      return tuplet ? [...tuplet.events, ...restsFor(tuplet)] : [event];
    });
}

/** What a tuplet lacks, as rests. An even ratio counts the commonest value, which longer rests would change. */
function restsFor({ events, unit, lack }: TupletGroup): Event[] {
  const last = events.at(-1);
  if (!last) return [];
  const { tuplet: ratio, onset } = last;
  const isEven = ratioOf(ratio).actual % 2 === 0;
  const values: string[] = [];
  let left = lack;
  for (const [value, length] of Object.entries(VALUE_LENGTH)) {
    if (isEven && compare(length, unit) > 0) continue;
    for (; compare(length, left) <= 0; left = subtract(left, length)) values.push(value);
  }
  return values.map((value, i) => ({
    id: `${last.id}-fill${i}`,
    onset,
    length: lengthOf(value, ratio),
    value,
    tuplet: ratio,
    notes: [],
    graces: [],
    mark: 'none',
    unprinted: true,
  }));
}

/** A time that plain values lead to, as it is; any other moved on to the next sixty-fourth. */
function onGrid(at: Fraction): Fraction {
  return Number.isInteger(Math.log2(at.d)) ? at : upTo(PARTS, at);
}

function upTo(parts: number, { n, d }: Fraction): Fraction {
  return fraction(Math.ceil((n * parts) / d), parts);
}

function keyOf({ n, d }: Fraction): string {
  return `${n}/${d}`;
}
