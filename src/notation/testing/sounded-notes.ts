import { add, compare, type Fraction, toNumber, ZERO } from '../fraction.ts';
import type { SoundedNote } from '../musicxml-notes.ts';
import type { Note, Score, StaffBar } from '../score.ts';

const SEMITONES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Notes of a score with their ids, as a reader of the written file should find them. */
export function notesOfScore(score: Score): (SoundedNote & { id: string })[] {
  const notes: (SoundedNote & { id: string })[] = [];
  score.parts
    .flatMap(({ staves }) => staves)
    .forEach((staff, index) => {
      let barStart: Fraction = ZERO;
      staff.bars.forEach((content, i) => {
        const percussion = clefAtStart(staff.bars, i) === 'clef-percussion';
        const say = (list: readonly Note[], onset: Fraction, duration: number) => {
          for (const { id, pitch, alter } of list) {
            const semitones = (SEMITONES[pitch.charAt(0)] ?? 0) + (percussion ? 0 : alter);
            notes.push({
              id,
              staff: index,
              onset: 4 * toNumber(add(barStart, onset)),
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
          for (const grace of trailing) say(grace.notes, ends.sort(compare).at(-1) ?? ZERO, 0);
        }
        const bar = score.bars[i];
        for (let n = 0; bar && n < bar.count; n++) barStart = add(barStart, bar.length);
      });
    });
  return notes;
}

/** The clef in force where a bar starts: as MusicXML is written, a change within the bar counts from the next one on. */
function clefAtStart(bars: readonly StaffBar[], index: number): string | undefined {
  return bars
    .slice(0, index + 1)
    .flatMap(({ signs }, i) => (i < index ? signs : signs.filter(({ at }) => at.n === 0)))
    .findLast(({ name }) => name.startsWith('clef-'))?.name;
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
