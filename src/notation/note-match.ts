import type { WrittenNote } from './musicxml-notes.ts';

/** How many notes each of two lists has, and how many of them both have. */
export interface NoteMatch {
  truth: number;
  reading: number;
  right: number;
}

/** Harmonic mean of precision and recall; 1 for two empty lists. */
export function f1({ truth, reading, right }: NoteMatch): number {
  return truth + reading === 0 ? 1 : (2 * right) / (truth + reading);
}

/** Notes that two files share, by three measures from the mildest to the strictest. */
export interface NoteMatches {
  /** Staff, bar, beat and sounding pitch. Bars are aligned, so that one missed or too long costs its own notes alone. */
  beat: NoteMatch;
  /** Staff, quarters from the beginning and sounding pitch: after a bar too long, nothing is right. */
  onset: NoteMatch;
  /** The same and the duration. */
  duration: NoteMatch;
}

/** Compares the notes of two files. Grace notes count only where the truth has some. */
export function matchNotes(truth: readonly WrittenNote[], reading: readonly WrittenNote[]): NoteMatches {
  const graces = truth.some(({ duration }) => duration === 0);
  const counted = graces ? reading : reading.filter(({ duration }) => duration > 0);
  const match = (right: number): NoteMatch => ({ truth: truth.length, reading: counted.length, right });
  return {
    beat: match(sharedByBars(byBar(truth), byBar(counted))),
    onset: match(shared(truth.map(atOnset), counted.map(atOnset))),
    duration: match(shared(truth.map(whole), counted.map(whole))),
  };
}

// Millionths of a quarter tell apart all fractions that music has, and forgive how they were summed, below zero as above.
const millionths = (quarters: number) => String(Math.round(1e6 * quarters));
const atBeat = ({ staff, beat, pitch }: WrittenNote) => `${staff} ${millionths(beat)} ${pitch}`;
const atOnset = ({ staff, onset, pitch }: WrittenNote) => `${staff} ${millionths(onset)} ${pitch}`;
const whole = (note: WrittenNote) => `${atOnset(note)} ${millionths(note.duration)}`;

/** What stands in each bar from the first to the last with notes. */
function byBar(notes: readonly WrittenNote[]): string[][] {
  const count = notes.reduce((most, { bar }) => Math.max(most, bar + 1), 0);
  const bars = Array.from({ length: count }, (): string[] => []);
  for (const note of notes) bars[note.bar]?.push(atBeat(note));
  return bars;
}

/** Most notes that two lists of bars can share when bars are paired in order (longest common subsequence over bars). */
function sharedByBars(truth: readonly string[][], reading: readonly string[][]): number {
  let row = new Array<number>(reading.length + 1).fill(0);
  for (const bar of truth) {
    const next = [0];
    reading.forEach((other, j) => {
      const paired = (row[j] ?? 0) + shared(bar, other);
      next.push(Math.max(paired, row[j + 1] ?? 0, next[j] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

function shared(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const key of a) left.set(key, (left.get(key) ?? 0) + 1);
  let count = 0;
  for (const key of b) {
    const rest = left.get(key) ?? 0;
    if (rest > 0) count++;
    left.set(key, rest - 1);
  }
  return count;
}
