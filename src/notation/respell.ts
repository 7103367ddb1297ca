import { type AccidentalState, impliedAlter, newLine, soundGroup } from './accidentals.ts';
import { compare, type Fraction, ZERO } from './fraction.ts';
import type { Group } from './groups.ts';
import type { Bar, Event, Grace, Note, Staff, StaffBar, Voice } from './score.ts';
import { plainToken, type Token } from './token.ts';

const LIFTS = ['bb', 'b', 'N', '#', '##'];

/** One thing that bears on accidentals: a sign, or the notes of one onset or of one grace chord. */
type Step = { at: Fraction; kind: 'sign'; name: string } | Sounds;

interface Sounds {
  at: Fraction;
  kind: 'timed' | 'grace';
  notes: { note: Note; voice: Voice['number'] }[];
  /** Voices that rest here: no tie of theirs goes on. */
  rests: Voice['number'][];
}

/**
 * The staff with the accidentals that its notes need to be read as they sound (`alter`), and those that were printed although
 * they went without saying. Only `lift` changes.
 */
export function respellStaff(staff: Staff, bars: readonly Bar[]): Staff {
  let state = newLine();
  const lifts = new Map<string, string>();
  staff.bars.forEach((content, i) => {
    // Where a line ends without bar line, the bar ends all the same.
    for (const step of [...stepsOf(content), barLine(bars[i])]) state = afterStep(state, step, lifts);
  });
  const spelt = (note: Note): Note => ({ ...note, lift: lifts.get(note.id) ?? note.lift });
  return { ...staff, bars: staff.bars.map((bar) => mapNotes(bar, spelt)) };
}

/** A bar with every note changed by its onset's rule, grace notes too; those after the last event go by its onset. */
export function mapNotes(bar: StaffBar, change: (note: Note, onset: Fraction) => Note): StaffBar {
  const notesAt = (notes: readonly Note[], onset: Fraction) => notes.map((note) => change(note, onset));
  const grace = (each: Grace, onset: Fraction): Grace => ({ ...each, notes: notesAt(each.notes, onset) });
  const event = (each: Event): Event => ({
    ...each,
    notes: notesAt(each.notes, each.onset),
    graces: each.graces.map((own) => grace(own, each.onset)),
  });
  return {
    ...bar,
    voices: bar.voices.map((voice) => ({
      ...voice,
      events: voice.events.map(event),
      trailing: voice.trailing.map((each) => grace(each, voice.events.at(-1)?.onset ?? ZERO)),
    })),
  };
}

function barLine(bar: Bar | undefined): Step {
  return { at: bar?.length ?? { n: 0, d: 1 }, kind: 'sign', name: 'barline' };
}

/** What stands in a bar from left to right: signs before the grace notes and notes of their onset. */
function stepsOf({ signs, voices }: StaffBar): Step[] {
  const steps: Step[] = signs.map(({ at, name }) => ({ at, kind: 'sign', name }));
  const columns = new Map<string, Sounds>();
  // Grace notes of the upper voice are read first, of heads in one place the lower one.
  for (const { number, events } of [...voices].sort((a, b) => a.number - b.number)) {
    for (const { onset, graces, notes } of events) {
      steps.push(...graces.map((grace) => graceStep(grace, onset, number)));
      const key = `${onset.n}/${onset.d}`;
      const column: Sounds = columns.get(key) ?? { at: onset, kind: 'timed', notes: [], rests: [] };
      column.notes.unshift(...notes.map((note) => ({ note, voice: number })));
      if (notes.length === 0) column.rests.push(number);
      columns.set(key, column);
    }
  }
  const rank = { sign: 0, grace: 1, timed: 2 };
  const ordered = [...steps, ...columns.values()].sort(
    (a, b) => compare(a.at, b.at) || rank[a.kind] - rank[b.kind],
  );
  const trailing = voices.flatMap(({ number, trailing: own }) =>
    own.map((grace) => graceStep(grace, ordered.at(-1)?.at ?? { n: 0, d: 1 }, number)),
  );
  return [...ordered, ...trailing];
}

function graceStep({ notes }: Grace, at: Fraction, voice: Voice['number']): Step {
  return { at, kind: 'grace', notes: notes.map((note) => ({ note, voice })), rests: [] };
}

function afterStep(state: AccidentalState, step: Step, lifts: Map<string, string>): AccidentalState {
  if (step.kind === 'sign')
    return soundGroup(state, { kind: 'sign', members: [{ token: plainToken(step.name), index: 0 }] }).state;
  // A sign counts for all heads in its place: one that sounds so needs no other, one that sounds otherwise its own.
  const printed = new Map<string, number>();
  for (const { note } of step.notes) if (note.lift !== 'none') printed.set(note.pitch, note.alter);
  // Heads in one place that sound differently need a sign each.
  const differs = ({ pitch, alter }: Note) =>
    step.notes.some(({ note }) => note.pitch === pitch && note.alter !== alter);
  const tokens = step.notes.map(({ note, voice }) => {
    const said = printed.get(note.pitch) ?? impliedAlter(state, note.pitch, String(voice));
    const needed = note.lift !== 'none' || said !== note.alter || differs(note);
    if (needed) printed.set(note.pitch, note.alter);
    return { ...tokenOf(note, voice), lift: needed ? (LIFTS[note.alter + 2] ?? 'N') : 'none' };
  });
  step.notes.forEach(({ note }, i) => {
    lifts.set(note.id, tokens[i]?.lift ?? note.lift);
  });
  const rests = step.rests.map((voice) => ({ ...plainToken('rest-quarter'), voice: String(voice) }));
  const members = [...tokens, ...rests].map((token, index) => ({ token, index }));
  const group: Group = { kind: step.kind, members };
  return soundGroup(state, group).state;
}

function tokenOf({ pitch, tie }: Note, voice: Voice['number']): Token {
  return {
    ...plainToken('note-quarter'),
    pitch,
    tie: tie ? 'tie' : 'none',
    voice: String(voice),
  };
}
