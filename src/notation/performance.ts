import { add, compare, type Fraction, fraction, subtract, toNumber, ZERO } from './fraction.ts';
import { timeParts } from './metre.ts';
import { percussionOf } from './percussion.ts';
import { playingOrder } from './repeats.ts';
import type { Bar, Event, Grace, Note, Score, Staff } from './score.ts';
import { tieTargets } from './ties.ts';

/** A note as it is played. Times are in quarters from the beginning, repeats played out. */
export interface PlayedNote {
  onset: number;
  duration: number;
  /** MIDI key number, 60 = middle C. */
  pitch: number;
  /** 1…127. */
  velocity: number;
  part: number;
  /** Staff counted through all parts. */
  staff: number;
  percussion: boolean;
  /** Ids of the notes that are heard as one: a note and those that it is tied to. */
  notes: string[];
}

/** Where a bar begins in the performance, and where it stands in the score. */
export interface PlayedBar {
  onset: number;
  /** Quarters, a multi-bar rest in full. */
  duration: number;
  bar: number;
  /** Time signature in force, and the quarters of one beat. */
  time: string;
  beat: number;
}

export interface Performance {
  notes: PlayedNote[];
  bars: PlayedBar[];
  /** Quarters from beginning to end. */
  duration: number;
}

const SEMITONES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** MIDI key number at which a note sounds; 60 = middle C. */
export function midiPitch({ pitch, alter }: Pick<Note, 'pitch' | 'alter'>): number {
  return 12 * (Number(pitch.slice(1)) + 1) + (SEMITONES[pitch.charAt(0)] ?? 0) + alter;
}

/** The score as it is played: repeats with their endings in order, ties as one note, grace notes just before the beat. */
export function perform(score: Score): Performance {
  const order = playingOrder(score.bars);
  const bars: PlayedBar[] = [];
  const starts: Fraction[] = [];
  let at = ZERO;
  for (const index of order) {
    const bar = score.bars[index];
    if (!bar) continue;
    const duration = fraction(bar.length.n * bar.count, bar.length.d);
    const time = bar.time ?? '4/4';
    bars.push({ onset: quarters(at), duration: quarters(duration), bar: index, time, beat: beatOf(time) });
    starts.push(at);
    at = add(at, duration);
  }
  const staves = score.parts.flatMap((part, i) => part.staves.map((staff) => ({ staff, part: i })));
  const notes = staves.flatMap(({ staff, part }, i) =>
    playStaff(staff, score.bars, order, starts).map((note) => ({ ...note, part, staff: i })),
  );
  notes.sort((a, b) => a.onset - b.onset || a.staff - b.staff || a.pitch - b.pitch);
  return { notes, bars, duration: quarters(at) };
}

function quarters(time: Fraction): number {
  return 4 * toNumber(time);
}

/** Quarters of a beat: a dotted beat in 6/8, 9/8 and 12/8. */
function beatOf(time: string): number {
  const { beats, unit } = timeParts(time);
  const compound = unit >= 8 && beats > 3 && beats % 3 === 0;
  return (compound ? 12 : 4) / unit;
}

type StaffNote = Omit<PlayedNote, 'part' | 'staff'>;

/** A note that still sounds, to be joined by those tied to it. */
interface Sounding {
  played: StaffNote;
  end: Fraction;
  /** Id of the note that it is tied to. */
  next: string | undefined;
}

function playStaff(
  staff: Staff,
  bars: readonly Bar[],
  order: readonly number[],
  starts: readonly Fraction[],
): StaffNote[] {
  const targets = tieTargets(staff, bars);
  const percussionAt = percussionOf(staff);
  const played: StaffNote[] = [];
  let sounding: Sounding[] = [];
  order.forEach((index, i) => {
    const start = starts[i] ?? ZERO;
    const voices = staff.bars[index]?.voices ?? [];
    const events = voices.flatMap((voice) => voice.events).sort((a, b) => compare(a.onset, b.onset));
    const barEnd = add(start, bars[index]?.length ?? ZERO);
    for (const { trailing, events: own } of voices)
      played.push(...playGraces(trailing, barEnd, percussionAt(index, own.at(-1)?.onset ?? ZERO)));
    for (const event of events) {
      const onset = add(start, event.onset);
      const percussion = percussionAt(index, event.onset);
      played.push(...playGraces(event.graces, onset, percussion));
      const end = add(onset, event.length);
      const begun = event.notes.flatMap((note): Sounding[] => {
        const before = sounding.find(
          ({ next, end: until }) => next === note.id && compare(until, onset) === 0,
        );
        if (!before) return [{ ...strike(event, note, onset, percussion), end, next: targets.get(note.id) }];
        before.end = end;
        before.next = targets.get(note.id);
        before.played.duration += quarters(event.length);
        before.played.notes.push(note.id);
        return [];
      });
      played.push(...begun.map((note) => note.played));
      sounding = [...sounding.filter((note) => compare(note.end, onset) > 0), ...begun];
    }
  });
  return played;
}

const LOUD: Readonly<Record<string, number>> = { accent: 100, marcato: 108 };
const SHORT: Readonly<Record<string, number>> = { staccato: 0.5, staccatissimo: 0.3 };

function strike(event: Event, note: Note, onset: Fraction, percussion: boolean): { played: StaffNote } {
  const marks = event.notes.flatMap(({ mark }) => mark.split('+'));
  const share = Math.min(1, ...marks.map((mark) => SHORT[mark] ?? 1));
  return {
    played: {
      onset: quarters(onset),
      duration: quarters(event.length) * share,
      pitch: midiPitch(percussion ? { pitch: note.pitch, alter: 0 } : note),
      velocity: Math.max(80, ...marks.map((mark) => LOUD[mark] ?? 0)),
      percussion,
      notes: [note.id],
    },
  };
}

const GRACE = fraction(1, 32);

/** Grace notes take a thirty-second each before their note; at the very beginning they share its first moments. */
function playGraces(graces: readonly Grace[], onset: Fraction, percussion: boolean): StaffNote[] {
  return graces.flatMap((grace, i) => {
    const lead = fraction(GRACE.n * (graces.length - i), GRACE.d);
    const start = compare(lead, onset) > 0 ? ZERO : subtract(onset, lead);
    return grace.notes.map((note) => ({
      onset: quarters(start),
      duration: quarters(GRACE),
      pitch: midiPitch(percussion ? { pitch: note.pitch, alter: 0 } : note),
      velocity: 70,
      percussion,
      notes: [note.id],
    }));
  });
}
