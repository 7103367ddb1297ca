import { describe, expect, it } from 'vitest';
import type { WrittenNote } from './musicxml-notes.ts';
import { f1, matchNotes } from './note-match.ts';

/** A bar of quarters on one staff, `start` quarters from the beginning. */
const bar = (index: number, start: number, ...pitches: number[]): WrittenNote[] =>
  pitches.map((pitch, beat) => ({ staff: 0, bar: index, beat, onset: start + beat, duration: 1, pitch }));

describe('notes of two files', () => {
  it('match by staff, onset and pitch, and by duration', () => {
    const truth = bar(0, 0, 60, 62);
    const reading = bar(0, 0, 60, 62, 64).map((note) =>
      note.pitch === 62 ? { ...note, duration: 2 } : note,
    );
    const { onset, duration, beat } = matchNotes(truth, reading);
    expect(onset).toEqual({ truth: 2, reading: 3, right: 2 });
    expect(f1(onset)).toBeCloseTo(0.8);
    expect(duration.right).toBe(1);
    expect(beat).toEqual(onset);
    expect(f1({ truth: 0, reading: 0, right: 0 })).toBe(1);
  });

  it('match where sums of fractions end a hair below zero', () => {
    const hair = bar(0, 0, 60).map((note) => ({ ...note, beat: -1e-12, onset: -1e-12 }));
    expect(matchNotes(bar(0, 0, 60), hair)).toEqual(matchNotes(bar(0, 0, 60), bar(0, 0, 60)));
  });

  it('match by bar and beat behind a bar that is too long or missing, and not by onset', () => {
    const truth = [...bar(0, 0, 60, 62), ...bar(1, 2, 64, 65), ...bar(2, 4, 67, 69)];
    const tooLong = [...bar(0, 0, 60, 62, 62), ...bar(1, 3, 64, 65), ...bar(2, 5, 67, 69)];
    expect(matchNotes(truth, tooLong).onset.right).toBe(2);
    expect(matchNotes(truth, tooLong).beat).toEqual({ truth: 6, reading: 7, right: 6 });
    const missing = [...bar(0, 0, 60, 62), ...bar(1, 2, 67, 69)];
    expect(matchNotes(truth, missing).beat).toEqual({ truth: 6, reading: 4, right: 4 });
  });

  it('do not match across bars that stand in another order', () => {
    const truth = [...bar(0, 0, 60, 62), ...bar(1, 2, 64, 65)];
    const turned = [...bar(0, 0, 64, 65), ...bar(1, 2, 60, 62)];
    expect(matchNotes(truth, turned).beat.right).toBe(2);
  });

  it('leave grace notes out where the truth has none', () => {
    const plain = bar(0, 0, 60);
    const graced = [...bar(0, 0, 59).map((note) => ({ ...note, duration: 0 })), ...plain];
    expect(matchNotes(plain, graced).onset).toEqual({ truth: 1, reading: 1, right: 1 });
    expect(matchNotes(graced, plain).onset).toEqual({ truth: 2, reading: 1, right: 1 });
  });
});
