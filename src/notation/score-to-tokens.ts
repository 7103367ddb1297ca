import { diatonic } from './clef.ts';
import { compare, type Fraction, ZERO } from './fraction.ts';
import { joinTokens } from './groups.ts';
import { keySignature } from './key.ts';
import type { Bar, Event, Grace, Note, Score, Sign, Staff, StaffBar, Voice } from './score.ts';
import { plainToken, type Token } from './token.ts';

/** Tokens of the staves of a line of music from the top; staves that the line leaves out are left out. */
export type LineTokens = Token[][];

/** A score as the tokens of its printed pages: pages, systems on each, staves in each. The inverse of `scoreFromPages`. */
export function pagesFromScore(score: Score): LineTokens[][] {
  const staves = score.parts.flatMap((part) => part.staves);
  const ends = score.bars.flatMap((bar, i) => (bar.line && i > 0 ? [i] : []));
  const lines = [0, ...ends].map((first, i) => ({ first, last: (ends[i] ?? score.bars.length) - 1 }));
  const pages: LineTokens[][] = [];
  for (const { first, last } of lines) {
    const present = staves.filter((staff) => !staff.bars[first]?.absent);
    const tokens = present.map((staff, i) => staffTokens(score.bars, staff, first, last, i === 0));
    const page = score.bars[first]?.line?.page ?? 0;
    while (pages.length <= page) pages.push([]);
    pages[page]?.push(tokens);
  }
  return pages;
}

/** Tokens of one staff from bar `first` to bar `last` as one line of music; endings are printed above the topmost staff. */
export function staffTokens(
  bars: readonly Bar[],
  staff: Staff,
  first: number,
  last: number,
  topmost = true,
): Token[] {
  const tokens: Token[] = [];
  for (let i = first; i <= last; i++) {
    const [bar, content] = [bars[i], staff.bars[i]];
    if (!bar || !content) continue;
    const signs = content.signs.filter(({ hidden }) => !hidden);
    const [atStart, later] = [signs.filter(isAtStart), signs.filter((sign) => !isAtStart(sign))];
    const names = i === first ? headNames(staff, i, atStart) : atStart.map(({ name }) => name);
    tokens.push(...names.map(plainToken));
    if (bar.left !== undefined) tokens.push(plainToken(bar.left));
    if (topmost && bar.endingStart !== undefined) tokens.push(plainToken(`ending-${bar.endingStart}-start`));
    tokens.push(...contentTokens(bar, content, later));
    if (topmost && bar.endingStop !== undefined) tokens.push(plainToken(`ending-${bar.endingStop}-stop`));
    if (bar.right !== undefined) tokens.push(plainToken(bar.right));
    tokens.push(...content.courtesy.map(plainToken));
  }
  return tokens;
}

function isAtStart({ at }: Sign): boolean {
  return compare(at, ZERO) === 0;
}

/** What a line of music begins with: its clef and key, whether they change or not, then its other signs. */
function headNames(staff: Staff, bar: number, signs: readonly Sign[]): string[] {
  const before = staff.bars.slice(0, bar).flatMap((each) => each.signs);
  const clef = [...before, ...signs].findLast(({ name }) => name.startsWith('clef-'))?.name ?? 'clef-G2';
  const changed = signs.find(({ name }) => name.startsWith('keySignature-'))?.name;
  const inForce = before.findLast(({ name }) => name.startsWith('keySignature-'))?.name ?? keySignature(0);
  const key = changed ?? (inForce === keySignature(0) ? undefined : inForce);
  const times = signs.filter(({ name }) => name.startsWith('timeSignature-')).map(({ name }) => name);
  return [clef, ...(key === undefined ? [] : [key]), ...times];
}

/** What starts together in a bar, in the order of its tokens. */
interface Column {
  at: Fraction;
  events: { event: Event; voice: Voice['number'] }[];
}

function contentTokens(bar: Bar, content: StaffBar, signs: readonly Sign[]): Token[] {
  const tokens: Token[] = [];
  if (content.voices.length === 0 && bar.count > 1) tokens.push(plainToken(`multirest-${bar.count}`));
  let waiting = [...signs].sort((a, b) => compare(a.at, b.at));
  for (const column of columnsOf(content.voices)) {
    const due = waiting.filter(({ at }) => compare(at, column.at) <= 0);
    waiting = waiting.slice(due.length);
    tokens.push(...due.map(({ name }) => plainToken(name)));
    for (const { event, voice } of [...column.events].reverse())
      for (const grace of event.graces) tokens.push(...graceTokens(grace, voice));
    tokens.push(...joinTokens(columnTokens(column)));
  }
  const trailing = content.voices.flatMap(({ trailing: graces, number }) =>
    graces.flatMap((grace) => graceTokens(grace, number)),
  );
  return [...tokens, ...trailing, ...waiting.map(({ name }) => plainToken(name))];
}

function columnsOf(voices: readonly Voice[]): Column[] {
  const columns = new Map<string, Column>();
  for (const { number, events } of [...voices].sort((a, b) => b.number - a.number)) {
    for (const event of events) {
      const key = `${event.onset.n}/${event.onset.d}`;
      const column = columns.get(key) ?? { at: event.onset, events: [] };
      column.events.push({ event, voice: number });
      columns.set(key, column);
    }
  }
  return [...columns.values()].sort((a, b) => compare(a.at, b.at));
}

/** Rests of voice 2, heads from the bottom (a shared one first for voice 2), rests of voice 1. */
function columnTokens({ events }: Column): Token[] {
  const rests = (number: Voice['number']) =>
    events
      .filter(({ event, voice }) => event.notes.length === 0 && voice === number)
      .map(({ event }) => restToken(event, number));
  const heads = events
    .flatMap(({ event, voice }) => event.notes.map((note) => ({ event, note, voice })))
    .sort((a, b) => diatonic(a.note.pitch) - diatonic(b.note.pitch))
    .map(({ event, note, voice }) => noteToken(`note-${event.value}`, note, voice, event.tuplet));
  return [...rests(2), ...heads, ...rests(1)];
}

function restToken(event: Event, voice: Voice['number']): Token {
  return {
    ...plainToken(`rest-${event.value}`),
    tuplet: event.tuplet,
    mark: event.mark,
    voice: String(voice),
  };
}

function noteToken(rhythm: string, note: Note, voice: Voice['number'], tuplet = 'none'): Token {
  return {
    rhythm,
    pitch: note.pitch,
    lift: note.lift,
    tuplet,
    mark: note.mark,
    tie: note.tie ? 'tie' : 'none',
    slur: note.slur,
    voice: String(voice),
  };
}

function graceTokens(grace: Grace, voice: Voice['number']): Token[] {
  const rhythm = `gracenote-${grace.value}${grace.slashed ? '-slashed' : ''}`;
  return joinTokens(grace.notes.map((note) => noteToken(rhythm, note, voice)));
}
