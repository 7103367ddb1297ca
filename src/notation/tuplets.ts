import { partValue, printedLength, ratioOf, VALUE_LENGTH } from './duration.ts';
import { add, compare, equal, type Fraction, fraction, multiply, subtract, ZERO } from './fraction.ts';
import type { Event } from './score.ts';

/**
 * Neighbours under one bracket: the value that their ratio counts, and what they lack of a whole tuplet, as printed values, zero
 * where they are one.
 */
export interface TupletGroup {
  events: Event[];
  unit: Fraction;
  lack: Fraction;
}

/** Where tuplet brackets begin and end in a voice, by event ids: [first, last] of each. */
export function tupletsOf(events: readonly Event[]): [string, string][] {
  return tupletGroups(events).map((group) => [group.events[0]?.id ?? '', group.events.at(-1)?.id ?? '']);
}

/** The tuplets of a voice: each ends where it is whole, or where its ratio ends or its events do not follow one another. */
export function tupletGroups(events: readonly Event[]): TupletGroup[] {
  return runsOf(events).flatMap((run) => {
    const groups: TupletGroup[] = [];
    let group: Event[] = [];
    const close = (lack: Fraction) => {
      groups.push({ events: group, unit: leastUnit(group, run), lack });
      group = [];
    };
    for (const event of run) {
      group.push(event);
      if (isWhole(group, run)) close(ZERO);
    }
    if (group.length > 0) close(lackOf(group, run));
    return groups;
  });
}

/** Neighbours of one ratio, without gap between them; rests that fill a tuplet up end it. */
function runsOf(events: readonly Event[]): Event[][] {
  const runs: Event[][] = [];
  let before: Event | undefined;
  for (const event of events) {
    if (event.tuplet !== 'none') {
      const isOver = before?.unprinted && !event.unprinted;
      const follows = before && !isOver && equal(add(before.onset, before.length), event.onset);
      if (follows && event.tuplet === before?.tuplet) runs.at(-1)?.push(event);
      else runs.push([event]);
    }
    before = event;
  }
  return runs;
}

/**
 * Whether events make a whole tuplet: their printed lengths add up to as many equal plain values as the ratio says. A ratio
 * counts in any value from the shortest up; an even one, in which half a tuplet would pass too, from the commonest of its run.
 */
function isWhole(group: readonly Event[], run: readonly Event[]): boolean {
  const [first] = group;
  if (!first || group.length < 2) return false;
  const { actual } = ratioOf(first.tuplet);
  const [sum, least] = [sumOf(group), leastUnit(group, run)];
  const units = Object.values(VALUE_LENGTH).filter((unit) => compare(unit, least) >= 0);
  return units.some((unit) => equal(sum, multiply(unit, fraction(actual))));
}

/** What events lack of as many equal values as their ratio says: of the least that hold them. */
function lackOf(group: readonly Event[], run: readonly Event[]): Fraction {
  const { actual } = ratioOf(group[0]?.tuplet ?? 'none');
  const sum = sumOf(group);
  let whole = multiply(leastUnit(group, run), fraction(actual));
  while (compare(whole, sum) < 0) whole = multiply(whole, fraction(2));
  return subtract(whole, sum);
}

function sumOf(group: readonly Event[]): Fraction {
  return group.map(({ value }) => printedLength(value)).reduce(add, ZERO);
}

function leastUnit(group: readonly Event[], run: readonly Event[]): Fraction {
  const { actual } = ratioOf(group[0]?.tuplet ?? 'none');
  if (actual % 2 === 0) return commonest(run);
  return group.map(({ value }) => baseLength(value)).reduce((a, b) => (compare(a, b) <= 0 ? a : b));
}

function baseLength(value: string): Fraction {
  return VALUE_LENGTH[partValue(value).base] ?? ZERO;
}

/** The value that most events have, the shortest of several: whole are two eighths and two sixteenths as six sixteenths. */
function commonest(run: readonly Event[]): Fraction {
  const lengths = run.map(({ value }) => baseLength(value));
  const times = (length: Fraction) => lengths.filter((each) => equal(each, length)).length;
  const [length = ZERO] = [...lengths].sort((a, b) => times(b) - times(a) || compare(a, b));
  return length;
}
