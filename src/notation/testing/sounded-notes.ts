import { add, compare, type Fraction, toNumber, ZERO } from '../fraction.ts';
import type { SoundedNote } from '../musicxml-notes.ts';
import { percussionOf } from '../percussion.ts';
import { barStarts, type Note, type Score } from '../score.ts';

const SEMITONES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Notes of a score with their ids, as a reader of the written file should find them where nothing had to be filled. */
export function notesOfScore(score: Score): (SoundedNote & { id: string })[] {
  const notes: (SoundedNote & { id: string })[] = [];
  const starts = barStarts(score.bars);
  score.parts
    .flatMap(({ staves }) => staves)
    .forEach((staff, index) => {
      const percussionAt = percussionOf(staff);
      staff.bars.forEach((content, i) => {
        const say = (list: readonly Note[], onset: Fraction, duration: number, at = onset) => {
          for (const { id, pitch, alter } of list) {
            const semitones = (SEMITONES[pitch.charAt(0)] ?? 0) + (percussionAt(i, at) ? 0 : alter);
            notes.push({
              id,
              staff: index,
              onset: 4 * toNumber(add(starts[i] ?? ZERO, onset)),
              duration,
              pitch: 12 * (Number(pitch.slice(1)) + 1) + semitones,
            });
          }
        };
        for (const { events, trailing } of content.voices) {
          for (const event of events) {
            for (const grace of event.graces) say(grace.notes, event.onset, 0);
            say(event.notes, event.onset, 4 * toNumber(event.length));
          }
          const ends = events.map(({ onset, length }) => add(onset, length));
          const end = ends.sort(compare).at(-1) ?? ZERO;
          for (const grace of trailing) say(grace.notes, end, 0, events.at(-1)?.onset ?? ZERO);
        }
      });
    });
  return notes;
}

/** Notes in an order that does not depend on how a file is laid out, rounded to what floating point can tell apart. */
export function inOrder(notes: readonly SoundedNote[]): string[] {
  return notes
    .map(
      ({ staff, onset, duration, pitch }) => `${staff} ${nineDigits(onset)} ${nineDigits(duration)} ${pitch}`,
    )
    .sort();
}

/** Nine decimals, and zero without a sign however it was summed. */
const nineDigits = (value: number): string => (Math.round(value * 1e9) / 1e9 + 0).toFixed(9);
