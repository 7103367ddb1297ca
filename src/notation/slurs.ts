import { compare, type Fraction, larger, ZERO } from './fraction.ts';
import type { Part } from './score.ts';

/** A slur from one note to another, by ids, with a number that no slur has that overlaps it. */
export interface Slur {
  start: string;
  stop: string;
  number: number;
}

/** A note where a slur begins or ends, and the event or grace chord that it belongs to. */
interface Place {
  id: string;
  chord: string;
  staff: number;
  voice: number;
  bar: number;
  /** Onset in the bar. */
  at: Fraction;
}

// MusicXML numbers slurs from 1 to 16.
const MOST = 16;

/**
 * The slurs of a part. A stop ends the latest slur begun in its voice, else in its staff, else in the part; starts and stops
 * without partner (their line was misread or ends elsewhere) are left out, and no slur joins two heads of one chord or runs back.
 */
export function slursOf(part: Part): Slur[] {
  const slurs: (Slur & { first: number; last: number })[] = [];
  let open: Place[] = [];
  const bars = Math.max(0, ...part.staves.map((staff) => staff.bars.length));
  for (let bar = 0; bar < bars; bar++) {
    part.staves.forEach((staff, staffIndex) => {
      for (const { number: voice, events, trailing } of staff.bars[bar]?.voices ?? []) {
        const end = events.map(({ onset }) => onset).reduce(larger, ZERO);
        const chords = [
          ...events.flatMap((event) =>
            [...event.graces, event].map((each) => ({ ...each, at: event.onset })),
          ),
          ...trailing.map((each) => ({ ...each, at: end })),
        ];
        for (const { id: chord, notes, at } of chords) {
          for (const { id, slur } of notes) {
            const place = { id, chord, staff: staffIndex, voice, bar, at };
            if (slur === 'stop' || slur === 'both') stop(place);
            if (slur === 'start' || slur === 'both') open.push(place);
          }
        }
      }
    });
  }
  return slurs.map(({ start, stop: end, number }) => ({ start, stop: end, number }));

  function stop({ id, chord, staff, voice, bar, at }: Place): void {
    // At one onset, only a grace note comes before: in its own voice.
    const latest = (each: Place) => (each.staff === staff && each.voice === voice ? 0 : -1);
    const isBefore = (each: Place) => each.bar < bar || Math.sign(compare(each.at, at)) <= latest(each);
    const others = open.filter((each) => each.chord !== chord && isBefore(each));
    const begun =
      others.findLast((each) => each.staff === staff && each.voice === voice) ??
      others.findLast((each) => each.staff === staff) ??
      others.at(-1);
    if (!begun) return;
    open = open.filter((each) => each !== begun);
    const taken = new Set(slurs.filter(({ last }) => last >= begun.bar).map(({ number }) => number));
    const number = Array.from({ length: MOST }, (_, i) => i + 1).find((each) => !taken.has(each));
    if (number !== undefined) slurs.push({ start: begun.id, stop: id, number, first: begun.bar, last: bar });
  }
}
