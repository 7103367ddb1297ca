import type { Fraction } from './fraction.ts';
import { isRest } from './groups.ts';
import { barLength, printedMetre } from './metre.ts';
import { probabilityOf, type ReadToken, sayingInstead } from './read-token.ts';
import { CHORD } from './token.ts';
import { addsUp, tokenBars } from './token-bars.ts';

// Distances in staff spaces.
/** Heads nearer than this stand at one place; neighbours in one column are no further apart than this. */
const SAME_PLACE = 0.75;
const NEXT_PLACE = 1.8;
/** How far a head is set aside that would touch one a step away, or one of another voice. */
const ASIDE_OF_STEP = 1.4;
const ASIDE_OF_VOICE = 2;

/** What starts together, from the bottom. */
type Column = ReadToken[];
/** A column, or a sign that takes no time. */
type Item = Column | ReadToken;

/**
 * Gives heads of one chord one tuplet and, in bars that do not add up as they were read, joins heads and rests that stand at
 * one place and parts those that do not: engraving sets what starts together above each other, and all else apart.
 * @param space distance of the staff's lines, in the px of the places
 * @param metre in force at the start; without one every bar is looked at
 */
export function fitColumns(tokens: readonly ReadToken[], space: number, metre?: string): ReadToken[] {
  let inForce = metre;
  return tokenBars(tokens).flatMap((bar) => {
    inForce = bar.map(({ rhythm }) => printedMetre(rhythm)).find((metre) => metre !== undefined) ?? inForce;
    return fitBar(bar, space, inForce === undefined ? undefined : barLength(inForce));
  });
}

function fitBar(bar: ReadToken[], space: number, full: Fraction | undefined): ReadToken[] {
  const items = itemsOf(bar).map((item) => (Array.isArray(item) ? withOneTuplet(item) : item));
  const read = tokensOf(items);
  if (full && addsUp(read, full)) return read;
  const placed = byPlace(items, space);
  const fitted = tokensOf(placed);
  if (!full || addsUp(fitted, full)) return fitted;
  // What is set aside of its column is told from the next onset only by what makes the bar add up.
  for (const other of withOneJoin(placed, space)) {
    const tried = tokensOf(other);
    if (addsUp(tried, full)) return tried;
  }
  return fitted;
}

function itemsOf(tokens: readonly ReadToken[]): Item[] {
  const items: Item[] = [];
  tokens.forEach((token, i) => {
    const last = items.at(-1);
    const next = tokens[i + 1];
    const joins = token.rhythm === 'chord' && Array.isArray(last) && next !== undefined && isTimed(next);
    if (joins) last.push(next);
    else if (!isTimed(token)) items.push(token);
    else if (!(Array.isArray(last) && last.at(-1) === token)) items.push([token]);
  });
  return items;
}

function tokensOf(items: readonly Item[]): ReadToken[] {
  return items.flatMap((item) => {
    if (!Array.isArray(item)) return [item];
    return item.flatMap((token, i) =>
      i === 0 ? [token] : [{ ...CHORD, p: token.p, x: token.x, y: token.y, alternatives: [] }, token],
    );
  });
}

/** Whether a token takes time where it stands. A whole rest may stand anywhere in its bar. */
function isTimed({ rhythm }: ReadToken): boolean {
  return (rhythm.startsWith('note-') || rhythm.startsWith('rest-')) && rhythm !== 'rest-whole';
}

function byPlace(items: readonly Item[], space: number): Item[] {
  const placed: Item[] = [];
  for (const item of items.flatMap((each) =>
    Array.isArray(each) ? partedAt(each, NEXT_PLACE * space) : [each],
  )) {
    const before = placed.at(-1);
    if (Array.isArray(before) && Array.isArray(item) && isOnePlace(before, item, space))
      placed[placed.length - 1] = inOrder([...before, ...item]);
    else placed.push(item);
  }
  return placed;
}

/** A column cut where all that follows stands further right than all before, by this much. */
function partedAt(column: Column, least: number): Column[] {
  const parts: Column[] = [];
  let part: Column = [];
  column.forEach((token, i) => {
    part.push(token);
    const rest = column.slice(i + 1);
    const right = Math.min(...rest.map(({ x }) => x));
    if (right - Math.max(...part.map(({ x }) => x)) <= least) return;
    parts.push(part);
    part = [];
  });
  return parts;
}

/** Whether heads, or rests of another voice, stand above each other for certain: the place of a head which touches another is not known well. */
function isOnePlace(a: Column, b: Column, space: number): boolean {
  if (gap(a, b) >= SAME_PLACE * space) return false;
  if ([...a, ...b].some(isRest)) return a.every((one) => b.every((other) => one.voice !== other.voice));
  return a.every((one) => b.every((other) => Math.abs(one.y - other.y) > SAME_PLACE * space));
}

/** Each way to join two neighbouring columns of which one is set aside of the other. */
function* withOneJoin(items: readonly Item[], space: number): Generator<Item[]> {
  for (let i = 1; i < items.length; i++) {
    const [a, b] = [items[i - 1], items[i]];
    if (!Array.isArray(a) || !Array.isArray(b)) continue;
    const near = gap(a, b) < space * (sameValue(a, b) ? ASIDE_OF_STEP : ASIDE_OF_VOICE);
    const column = near ? together(a, b) : undefined;
    if (column) yield [...items.slice(0, i - 1), column, ...items.slice(i + 1)];
  }
}

function sameValue(a: Column, b: Column): boolean {
  return a.some((one) => b.some((other) => one.rhythm === other.rhythm));
}

/** Distance of the nearest two. */
function gap(a: Column, b: Column): number {
  return Math.min(...a.flatMap((one) => b.map((other) => Math.abs(one.x - other.x))));
}

/** Two columns as one, a head that was read twice once; nothing where a rest would sound with a note of its voice. */
function together(a: Column, b: Column): Column | undefined {
  const isTwice = (one: ReadToken) => (other: ReadToken) =>
    one.rhythm === other.rhythm && one.pitch === other.pitch && one.voice === other.voice;
  const added = b.filter((other) => !a.some(isTwice(other)));
  const clash = a.some((one) =>
    added.some((other) => one.voice === other.voice && isRest(one) !== isRest(other)),
  );
  return clash ? undefined : inOrder([...a, ...added]);
}

function inOrder(column: Column): Column {
  return column.sort((one, other) => other.y - one.y);
}

/** Heads of one value in one voice are one chord, which is in a tuplet or not. */
function withOneTuplet(column: Column): Column {
  return column.map((token) => {
    const chord = column.filter(({ rhythm, voice }) => rhythm === token.rhythm && voice === token.voice);
    const support = (tuplet: string) =>
      chord.reduce((sum, head) => sum + probabilityOf(head, 'tuplet', tuplet), 0);
    const best = chord.map(({ tuplet }) => tuplet).reduce((x, y) => (support(y) > support(x) ? y : x));
    return sayingInstead(token, 'tuplet', best);
  });
}
