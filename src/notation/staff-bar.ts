import { lengthOf } from './duration.ts';
import { type Fraction, ZERO } from './fraction.ts';
import type { Group, Placed } from './groups.ts';
import type { LineBar } from './line-bars.ts';
import { type Event, type Grace, type Note, type Sign, type Source, sourceId, type Voice } from './score.ts';
import type { SolvedBar } from './voices.ts';

/** Where the tokens of a line are from, and how its notes sound (semitones by token index). */
export interface LineContext {
  source: Omit<Source, 'token'>;
  alters: ReadonlyMap<number, number>;
}

/** The voices of a solved bar as events; `length` is the time that a rest fills which fills its bar. */
export function voicesOf(bar: LineBar, solved: SolvedBar, length: Fraction, context: LineContext): Voice[] {
  if (bar.columns.length === 0 && bar.graces.length === 0) return [];
  const voices = ([1, 2] as const).map((number): Voice & { columns: number[] } => {
    const own = bar.columns.flatMap((group, column) => {
      const members = group.members.filter((_, i) => solved.voices[column]?.[i] === number);
      const event = eventOf(members, solved.onsets[column] ?? ZERO, context);
      return event ? [{ event, column }] : [];
    });
    const [only] = own;
    if (only && own.length === 1 && isWholeRest(only.event)) {
      only.event = { ...only.event, onset: ZERO, length, fillsBar: true };
    }
    return {
      number,
      events: own.map(({ event }) => event),
      columns: own.map(({ column }) => column),
      trailing: [],
    };
  });
  for (const { column, group } of bar.graces) addGraces(voices, column, group, context);
  return voices
    .filter(({ events, trailing }) => events.length + trailing.length > 0)
    .map(({ number, events, trailing }) => ({ number, events, trailing }));
}

function isWholeRest({ notes, value, tuplet }: Event): boolean {
  return notes.length === 0 && value === 'whole' && tuplet === 'none';
}

function eventOf(members: readonly Placed[], onset: Fraction, context: LineContext): Event | undefined {
  const heads = members.filter(({ token }) => token.pitch !== 'nonote');
  const [first] = heads.length > 0 ? heads : members;
  if (!first) return undefined;
  const value = first.token.rhythm.replace(/^(note|rest)-/, '');
  const source = { ...context.source, token: first.index };
  return {
    id: sourceId('e', source),
    onset,
    length: lengthOf(value, first.token.tuplet),
    value,
    tuplet: first.token.tuplet,
    notes: heads.map((head) => noteOf(head, context)),
    graces: [],
    mark: heads.length > 0 ? 'none' : first.token.mark,
    source,
  };
}

function noteOf({ token, index }: Placed, { source, alters }: LineContext): Note {
  const place = { ...source, token: index };
  return {
    id: sourceId('n', place),
    pitch: token.pitch,
    alter: alters.get(index) ?? 0,
    lift: token.lift,
    mark: token.mark,
    tie: token.tie === 'tie',
    slur: token.slur,
    source: place,
  };
}

/**
 * Gives grace notes to the event that they stand before: of their own voice if it has one there, else of the other; else to
 * the next event of their voice, or to its end.
 */
function addGraces(
  voices: (Voice & { columns: number[] })[],
  column: number,
  group: Group,
  context: LineContext,
): void {
  const numbers = [...new Set(group.members.map(({ token }) => token.voice))];
  for (const number of numbers) {
    const members = group.members.filter(({ token }) => token.voice === number);
    const grace = graceOf(members, context);
    const own = voices.find((voice) => String(voice.number) === number);
    if (!grace || !own) continue;
    const here = [own, ...voices].find((voice) => voice.columns.includes(column));
    const voice = here ?? own;
    const event = voice.events[voice.columns.findIndex((each) => each >= column)];
    if (event) event.graces.push(grace);
    else own.trailing.push(grace);
  }
}

function graceOf(members: readonly Placed[], context: LineContext): Grace | undefined {
  const [first] = members;
  if (!first) return undefined;
  const [, value = 'eighth', slashed] = first.token.rhythm.split('-');
  return {
    id: sourceId('e', { ...context.source, token: first.index }),
    value,
    slashed: slashed !== undefined,
    notes: members.map((member) => noteOf(member, context)),
  };
}

/** The signs of a bar at the onsets before which they stand. */
export function signsOf(bar: LineBar, solved: SolvedBar, end: Fraction, { source }: LineContext): Sign[] {
  return bar.signs.map(({ column, name, token }) => ({
    at: solved.onsets[column] ?? (column === 0 ? ZERO : end),
    name,
    source: { ...source, token },
  }));
}
