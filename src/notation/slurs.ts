import type { Note, Part } from './score.ts';

/** A slur from one note to another, by ids, with a number that no slur has that overlaps it. */
export interface Slur {
  start: string;
  stop: string;
  number: number;
}

interface Open {
  id: string;
  staff: number;
  voice: number;
  bar: number;
}

// MusicXML numbers slurs from 1 to 16.
const MOST = 16;

/**
 * The slurs of a part. A stop ends the latest slur begun in its voice, else in its staff, else in the part; starts and stops
 * without partner (their line was misread or ends elsewhere) are left out.
 */
export function slursOf(part: Part): Slur[] {
  const slurs: (Slur & { first: number; last: number })[] = [];
  let open: Open[] = [];
  const bars = Math.max(0, ...part.staves.map((staff) => staff.bars.length));
  for (let bar = 0; bar < bars; bar++) {
    part.staves.forEach((staff, staffIndex) => {
      for (const { number: voice, events, trailing } of staff.bars[bar]?.voices ?? []) {
        const graces = (each: readonly { notes: Note[] }[]) => each.flatMap(({ notes }) => notes);
        const notes = [
          ...events.flatMap((event) => [...graces(event.graces), ...event.notes]),
          ...graces(trailing),
        ];
        for (const note of notes) {
          if (note.slur === 'stop' || note.slur === 'both') stop(note.id, staffIndex, voice, bar);
          if (note.slur === 'start' || note.slur === 'both')
            open.push({ id: note.id, staff: staffIndex, voice, bar });
        }
      }
    });
  }
  return slurs.map(({ start, stop: end, number }) => ({ start, stop: end, number }));

  function stop(id: string, staff: number, voice: number, bar: number): void {
    const begun =
      open.findLast((each) => each.staff === staff && each.voice === voice) ??
      open.findLast((each) => each.staff === staff) ??
      open.at(-1);
    if (!begun) return;
    open = open.filter((each) => each !== begun);
    const taken = new Set(slurs.filter(({ last }) => last >= begun.bar).map(({ number }) => number));
    const number = Array.from({ length: MOST }, (_, i) => i + 1).find((each) => !taken.has(each));
    if (number !== undefined) slurs.push({ start: begun.id, stop: id, number, first: begun.bar, last: bar });
  }
}
