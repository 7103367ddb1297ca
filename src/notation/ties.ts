import { add, compare, type Fraction, ZERO } from './fraction.ts';
import { type Bar, barStarts, type Event, type Note, type Staff } from './score.ts';

interface TimedEvent {
  event: Event;
  voice: number;
  start: Fraction;
  end: Fraction;
}

/** Every event of a staff with its time from the beginning of the piece, in whole notes, in order of onset. */
function timedEvents(staff: Staff, bars: readonly Bar[]): TimedEvent[] {
  const events: TimedEvent[] = [];
  const starts = barStarts(bars);
  staff.bars.forEach((content, i) => {
    for (const { number, events: own } of content.voices) {
      for (const event of own) {
        const start = add(starts[i] ?? ZERO, event.onset);
        events.push({ event, voice: number, start, end: add(start, event.length) });
      }
    }
  });
  return events.sort((a, b) => compare(a.start, b.start));
}

/**
 * The note that each tied note of a staff is tied to, by ids: the next of the same pitch and alteration that begins where it ends,
 * in its own voice if there is one; after a grace note, in the event that it ornaments. A tie into nothing is not listed.
 */
export function tieTargets(staff: Staff, bars: readonly Bar[]): Map<string, string> {
  const targets = new Map<string, string>();
  const events = timedEvents(staff, bars);
  const byStart = new Map<string, TimedEvent[]>();
  for (const timed of events) {
    const key = `${timed.start.n}/${timed.start.d}`;
    byStart.set(key, [...(byStart.get(key) ?? []), timed]);
  }
  for (const { event, voice, end } of events) {
    const starting = byStart.get(`${end.n}/${end.d}`) ?? [];
    const next = [...starting.filter((each) => each.voice === voice), ...starting];
    for (const note of event.notes) {
      const target = note.tie ? find(next, note) : undefined;
      if (target) targets.set(note.id, target.id);
    }
    event.graces.forEach((grace, i) => {
      const later = [...event.graces.slice(i + 1).flatMap(({ notes }) => notes), ...event.notes];
      for (const note of grace.notes) {
        const target = note.tie ? later.find((each) => samePitch(each, note)) : undefined;
        if (target) targets.set(note.id, target.id);
      }
    });
  }
  return targets;
}

function find(events: readonly TimedEvent[], note: Note): Note | undefined {
  return events.flatMap(({ event }) => event.notes).find((each) => samePitch(each, note));
}

function samePitch(a: Note, b: Note): boolean {
  return a.pitch === b.pitch && a.alter === b.alter;
}
