import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midiPitch } from './performance.ts';
import { respellStaff } from './respell.ts';
import type { Note, Score } from './score.ts';
import { scoreFromPage, scoreFromPages } from './score-from-tokens.ts';
import { pagesFromScore } from './score-to-tokens.ts';
import { readSemantic, writeSemantic } from './semantic.ts';
import { generatedPages } from './testing/generated-pages.ts';
import { intervalOf, transposeNote, transposeScore } from './transpose.ts';

const scoreOf = (...lines: string[]): Score =>
  scoreFromPage(lines.map((line) => ({ staves: [readSemantic(line)], braces: [] })));

/** A score as semantic text, through its tokens: accidentals must be printed where they are needed. */
function textOf(score: Score): string[] {
  const systems = pagesFromScore(score).flat();
  return writeSemantic(
    systems.flat(),
    systems.map((staves) => staves.length),
  );
}

function notesOf(score: Score): Note[] {
  return score.parts.flatMap(({ staves }) =>
    staves.flatMap(({ bars }) =>
      bars.flatMap(({ voices }) =>
        voices.flatMap(({ events, trailing }) => [
          ...events.flatMap(({ notes, graces }) => [...graces.flatMap((grace) => grace.notes), ...notes]),
          ...trailing.flatMap((grace) => grace.notes),
        ]),
      ),
    ),
  );
}

describe('an interval', () => {
  it.each([
    [2, [0], { steps: 1, fifths: 2 }],
    [-2, [0], { steps: -1, fifths: -2 }],
    // Up a semitone: C major becomes D flat major, but E major F major and not E sharp.
    [1, [0], { steps: 1, fifths: -5 }],
    [1, [4], { steps: 1, fifths: -5 }],
    [1, [-4], { steps: 0, fifths: 7 }],
    [12, [3], { steps: 7, fifths: 0 }],
    [-12, [3], { steps: -7, fifths: 0 }],
    [7, [0], { steps: 4, fifths: 1 }],
    [-5, [0], { steps: -3, fifths: 1 }],
    [6, [0], { steps: 3, fifths: 6 }],
    [-6, [0], { steps: -3, fifths: -6 }],
  ])('of %i semitones suits the keys %j', (semitones, keys, expected) => {
    expect(intervalOf(semitones, keys)).toEqual({ semitones, ...expected });
  });
});

describe('a transposed score', () => {
  it('has another key, and accidentals where the new key needs them', () => {
    const score = scoreOf(
      'clef-G2 keySignature-CM timeSignature-4/4 note-C4_quarter note-F#4_quarter note-Bb4_quarter note-B4_quarter barline note-F4_whole barline',
    );
    expect(textOf(transposeScore(score, 2))).toEqual([
      'clef-G2 keySignature-DM timeSignature-4/4 note-D4_quarter note-G#4_quarter note-C5_quarter note-C#5_quarter barline note-G4_whole barline',
    ]);
    expect(textOf(transposeScore(score, -3))).toEqual([
      'clef-G2 keySignature-AM timeSignature-4/4 note-A3_quarter note-D#4_quarter note-G4_quarter note-G#4_quarter barline note-D4_whole barline',
    ]);
  });

  it('keeps an accidental that went without saying', () => {
    const tokens = readSemantic('clef-G2 keySignature-GM timeSignature-2/4 note-F#4_half barline');
    const reminded = tokens.map((token) => (token.pitch === 'F4' ? { ...token, lift: '#' } : token));
    const score = scoreFromPage([{ staves: [reminded], braces: [] }]);
    expect(notesOf(transposeScore(score, -2)).map(({ pitch, lift }) => [pitch, lift])).toEqual([['E4', 'N']]);
  });

  it('sounds exactly so many semitones away, whatever the music', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -12, max: 12 }), (seed, semitones) => {
        const score = scoreFromPages(generatedPages(seed));
        const moved = transposeScore(score, semitones);
        expect(notesOf(moved).map(midiPitch)).toEqual(
          notesOf(score).map((note) => midiPitch(note) + semitones),
        );
        expect(notesOf(moved).every(({ alter }) => Math.abs(alter) <= 2)).toBe(true);
      }),
      { numRuns: 10 },
    );
  }, 20_000);

  it('comes back as it was, up and down again', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -12, max: 12 }), (seed, semitones) => {
        const score = scoreFromPages(generatedPages(seed));
        const back = transposeScore(transposeScore(score, semitones), -semitones);
        expect(notesOf(back).map(midiPitch)).toEqual(notesOf(score).map(midiPitch));
      }),
      { numRuns: 10 },
    );
  }, 20_000);

  it('prints what is needed to read it back as it sounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -12, max: 12 }), (seed, semitones) => {
        const moved = transposeScore(scoreFromPages(generatedPages(seed)), semitones);
        const systems = pagesFromScore(moved).map((page) => page.map((staves) => ({ staves, braces: [] })));
        const heard = (each: Score) =>
          notesOf(each)
            .map(({ pitch, alter }) => `${pitch} ${alter}`)
            .sort();
        expect(heard(scoreFromPages(systems))).toEqual(heard(moved));
      }),
      { numRuns: 10 },
    );
  }, 20_000);

  it('leaves percussion where it is', () => {
    const score = scoreOf('clef-percussion keySignature-CM timeSignature-2/4 note-C5_half barline');
    expect(notesOf(transposeScore(score, 5)).map(({ pitch }) => pitch)).toEqual(['C5']);
  });
});

describe('a transposed note', () => {
  it('comes back to itself wherever its spelling needs no help', () => {
    const pitches = fc.record({
      pitch: fc
        .tuple(fc.constantFrom(...'CDEFGAB'), fc.integer({ min: 1, max: 7 }))
        .map((parts) => parts.join('')),
      alter: fc.integer({ min: -1, max: 1 }),
    });
    fc.assert(
      fc.property(pitches, fc.integer({ min: -12, max: 12 }), (note, semitones) => {
        const up = intervalOf(semitones, [0]);
        const down = { semitones: -semitones, steps: -up.steps, fifths: -up.fifths };
        const there = transposeNote(note, up);
        expect(Math.abs(there.alter)).toBeLessThanOrEqual(2);
        const exact = transposeNote(there, down);
        const stepped = 7 * Number(there.pitch.slice(1)) + 'CDEFGAB'.indexOf(there.pitch.charAt(0));
        const plain = 7 * Number(note.pitch.slice(1)) + 'CDEFGAB'.indexOf(note.pitch.charAt(0)) + up.steps;
        if (stepped === plain) expect(exact).toEqual(note);
      }),
    );
  });
});

describe('respelling', () => {
  it('changes nothing in music that is printed as it sounds', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const score = scoreFromPages(generatedPages(seed));
        for (const staff of score.parts.flatMap(({ staves }) => staves))
          expect(respellStaff(staff, score.bars)).toEqual(staff);
      }),
      { numRuns: 10 },
    );
  }, 20_000);
});
