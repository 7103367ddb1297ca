import { bottomLine } from '../notation/clef.ts';
import { type AccidentalMemory, alterHeads, freshMemory } from './compose-accidentals.ts';
import { addGraces, addMarks } from './compose-ornaments.ts';
import { type Line, pitchSlots, startLine } from './compose-pitch.ts';
import { fillBeats, type Rhythm, spansOf } from './compose-rhythm.ts';
import { lastBeats } from './metre.ts';
import type { Bar, Event, Metre, Note, Span, StaffBar, Voice } from './music.ts';
import type { Random } from './random.ts';
import type { StaffStyle } from './styles.ts';

/** What composing one staff carries from bar to bar. */
export type StaffState = {
  style: StaffStyle;
  clef: string;
  lines: [Line, Line];
  memory: AccidentalMemory;
  /** The last note of the bar before where a tie leads on from it. */
  pending: { note: Note; bar: Bar } | undefined;
  voices: number;
  /** The rhythm of the last voice composed. */
  upper: Rhythm | undefined;
};

export type BarPlan = {
  metre: Metre;
  /** Ticks of this bar: fewer than the metre's in a pick-up and its complement. */
  ticks: number;
  key: number;
  /** A tie may lead into the next bar. */
  mayTieOver: boolean;
  last: boolean;
};

const CLEF_CHANGES: Record<string, string[]> = {
  'clef-G2': ['clef-F4', 'clef-F4', 'clef-C3', 'clef-G2-8va'],
  'clef-F4': ['clef-G2', 'clef-G2', 'clef-C4'],
};
const OTHER_CHANGES = ['clef-G2', 'clef-F4', 'clef-C3', 'clef-C4'];

export function startStaff(random: Random, style: StaffStyle): StaffState {
  const [low, high] = style.range;
  return {
    style,
    clef: style.clef,
    lines: [startLine(random, style.range), startLine(random, [low - 3, high - 6])],
    memory: freshMemory(),
    pending: undefined,
    voices: 1,
    upper: undefined,
  };
}

/** Composes one bar of one staff; ties and slurs that it starts are noted in `bar`. */
export function composeStaffBar(
  random: Random,
  state: StaffState,
  plan: BarPlan,
  bar: Bar,
  nextId: () => string,
): StaffBar {
  const { style } = state;
  if (!state.pending && !plan.last && random.chance(style.barRest)) return emptyBar(state, plan, nextId);
  if (!state.pending) state.voices = random.chance(style.twoVoices) ? 2 : 1;
  const beats = plan.ticks === plan.metre.ticks ? plan.metre.beats : lastBeats(plan.metre, plan.ticks);
  const voices: Voice[] = [];
  for (let index = 0; index < state.voices; index++)
    voices.push(composeVoice(random, state, plan, bar, beats, voices, nextId));
  if (state.voices === 1) {
    addGraces(random, voices, style, nextId);
    if (random.chance(style.clefChange)) changeClef(random, state, voices, nextId);
  }
  alterHeads(random, voices, plan.key, style, state.memory);
  addMarks(random, voices, style);
  return { voices };
}

function emptyBar(state: StaffState, plan: BarPlan, nextId: () => string): StaffBar {
  state.memory = freshMemory();
  const rest: Event = {
    kind: 'rest',
    id: nextId(),
    length: { base: 'whole', dots: 0 },
    onset: 0,
    ticks: plan.ticks,
    tuplet: 'none',
    mark: 'none',
    wholeBar: true,
  };
  return { voices: [{ events: [rest], spans: [] }] };
}

function composeVoice(
  random: Random,
  state: StaffState,
  plan: BarPlan,
  bar: Bar,
  beats: readonly number[],
  above: readonly Voice[],
  nextId: () => string,
): Voice {
  const { style } = state;
  const two = state.voices === 2;
  const lower = above.length === 1;
  const [low, high] = style.range;
  // As in hymns, the lower voice often moves with the upper one.
  const rhythm =
    (lower && random.chance(style.together) ? state.upper : undefined) ??
    freshRhythm(random, beats, style, two);
  state.upper = rhythm;
  const [first] = rhythm.slots;
  if (first && (state.pending || plan.last)) first.rest = false;
  // Each voice keeps to its half of the staff.
  const range: [number, number] = !two ? [low, high] : lower ? [low - 4, high - 4] : [low + 4, high + 3];
  const line = state.lines[lower ? 1 : 0];
  const upper = above[0]?.events;
  const voiceStyle = { ...style, range, chord: two ? style.chord * 0.4 : style.chord };
  const events = pitchSlots(random, rhythm.slots, voiceStyle, line, state.clef, nextId, upper);
  const pending = lower ? undefined : state.pending;
  if (!lower) state.pending = undefined;
  tieNotes(random, events, style.tie, pending, bar, lower, nextId);
  if (!lower && plan.mayTieOver) {
    const end = events.at(-1);
    if (end?.kind === 'note' && random.chance(style.tie * 1.5)) {
      for (const head of end.heads) head.tied = true;
      state.pending = { note: end, bar };
    }
  }
  return { events, spans: spansOf(random, rhythm, beats, style.beams, nextId) };
}

/** A rhythm of the bar's own: of two voices, each is calmer than one alone. */
function freshRhythm(random: Random, beats: readonly number[], { rhythm }: StaffStyle, two: boolean): Rhythm {
  if (!two) return fillBeats(random, beats, rhythm);
  return fillBeats(random, beats, { ...rhythm, typical: rhythm.typical * 1.4, tuplet: rhythm.tuplet / 3 });
}

/** Ties some notes to the next one, which takes over the pitches; the first note continues `pending`. */
function tieNotes(
  random: Random,
  events: readonly Event[],
  chance: number,
  pending: StaffState['pending'],
  bar: Bar,
  lower: boolean,
  nextId: () => string,
): void {
  const join = (from: Note, to: Note, startBar: Bar) => {
    to.heads = from.heads.map((head) => ({
      ...head,
      id: nextId(),
      tied: false,
      lift: 'none',
      enclosed: false,
    }));
    from.heads.forEach((head, i) => {
      head.tied = true;
      startBar.ties.push({ from: head.id, to: to.heads[i]?.id ?? '' });
    });
  };
  const [first] = events;
  if (pending && first?.kind === 'note') join(pending.note, first, pending.bar);
  // Below another voice the next note's pitch has been fitted to that voice, and stays.
  if (lower) return;
  for (let i = 1; i < events.length; i++) {
    const from = events[i - 1];
    const to = events[i];
    if (from?.kind === 'note' && to?.kind === 'note' && random.chance(chance)) join(from, to, bar);
  }
}

/** Changes the clef at the bar's end or before one of its notes; the notes after it keep their places on the staff. */
function changeClef(random: Random, state: StaffState, voices: readonly Voice[], nextId: () => string): void {
  const [voice] = voices;
  if (!voice || state.pending) return;
  const { events, spans } = voice;
  const clef = random.pick((CLEF_CHANGES[state.clef] ?? OTHER_CHANGES).filter((name) => name !== state.clef));
  const within = events.flatMap((event, i) => (mayPrecede(event, events[i - 1], spans, i) ? [i] : []));
  const at = within.length > 0 && random.chance(0.4) ? random.pick(within) : events.length;
  const shift = bottomLine(clef) - bottomLine(state.clef);
  for (const event of events.slice(at)) {
    if (event.kind !== 'note') continue;
    for (const head of [...event.heads, ...event.graces.flatMap((grace) => grace.heads)]) head.step += shift;
  }
  for (const span of spans) {
    if (span.from >= at) span.from++;
    if (span.to >= at) span.to++;
  }
  const last = events.at(-1);
  const end = last && last.kind !== 'clef' ? last.onset + last.ticks : 0;
  events.splice(at, 0, { kind: 'clef', id: nextId(), onset: events[at]?.onset ?? end, clef });
  state.clef = clef;
}

/** Whether a clef may stand before event `i`: after no tie, and not within a beam or tuplet. */
function mayPrecede(event: Event, before: Event | undefined, spans: readonly Span[], i: number): boolean {
  if (event.kind !== 'note' || !before) return false;
  if (before.kind === 'note' && before.heads.some((head) => head.tied)) return false;
  return !spans.some(({ from, to }) => from < i && i <= to);
}
