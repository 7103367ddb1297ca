import { partValue, printedLength, ratioOf, VALUE_LENGTH } from './duration.ts';
import { add, compare, equal, type Fraction, fraction, multiply, ZERO } from './fraction.ts';
import type { Event } from './score.ts';

/** Where tuplet brackets begin and end in a voice, by event ids: [first, last] of each. */
export function tupletsOf(events: readonly Event[]): [string, string][] {
  const spans: [string, string][] = [];
  for (const run of runsOf(events)) {
    let group: Event[] = [];
    for (const event of run) {
      group.push(event);
      if (isWhole(group, run)) {
        spans.push(span(group));
        group = [];
      }
    }
    if (group.length > 0) spans.push(span(group));
  }
  return spans;
}

function span(group: readonly Event[]): [string, string] {
  return [group[0]?.id ?? '', group.at(-1)?.id ?? ''];
}

/** Neighbours of one ratio. */
function runsOf(events: readonly Event[]): Event[][] {
  const runs: Event[][] = [];
  let before = 'none';
  for (const event of events) {
    if (event.tuplet !== 'none') {
      if (event.tuplet === before) runs.at(-1)?.push(event);
      else runs.push([event]);
    }
    before = event.tuplet;
  }
  return runs;
}

/**
 * Whether events make a whole tuplet: their printed lengths add up to as many equal plain values as the ratio says. An odd
 * ratio counts in any value from the shortest up; an even one, in which half a tuplet would pass too, in the commonest value of its run.
 */
function isWhole(group: readonly Event[], run: readonly Event[]): boolean {
  const [first] = group;
  if (!first || group.length < 2) return false;
  const { actual } = ratioOf(first.tuplet);
  const sum = group.map(({ value }) => printedLength(value)).reduce(add, ZERO);
  const shortest = group.map(({ value }) => baseLength(value)).reduce((a, b) => (compare(a, b) <= 0 ? a : b));
  const units = Object.values(VALUE_LENGTH).filter((unit) =>
    actual % 2 === 0 ? equal(unit, commonest(run)) : compare(unit, shortest) >= 0,
  );
  return units.some((unit) => equal(sum, multiply(unit, fraction(actual))));
}

function baseLength(value: string): Fraction {
  return VALUE_LENGTH[partValue(value).base] ?? ZERO;
}

function commonest(run: readonly Event[]): Fraction {
  const bases = run.map(({ value }) => partValue(value).base);
  const times = (base: string) => bases.filter((each) => each === base).length;
  const [base = 'eighth'] = [...bases].sort((a, b) => times(b) - times(a));
  return VALUE_LENGTH[base] ?? ZERO;
}
