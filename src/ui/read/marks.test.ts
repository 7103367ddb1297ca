import { describe, expect, it } from 'vitest';
import type { ReadToken, StaffPlace } from '../../inference/tromr/reading.ts';
import { CHORD, plainToken, VOCABULARY } from '../../notation/token.ts';
import glyphs from './glyphs.json' with { type: 'json' };
import { frameAt, staffMarks } from './marks.ts';
import { newStaff, shownTokens } from './staves.ts';

/** Five lines 10 px apart that fall by one px in twenty. */
const place: StaffPlace = {
  box: [0, 100, 1000, 90],
  lines: [0, 1, 2, 3, 4].map((i) => [
    [0, 100 + 10 * i],
    [1000, 150 + 10 * i],
  ]),
};

function read(token: Partial<ReadToken>, x: number, y: number): ReadToken {
  return { ...plainToken('note-quarter'), pitch: 'B4', lift: 'none', p: 1, x, y, alternatives: [], ...token };
}

function marksOf(...tokens: ReadToken[]) {
  return staffMarks(place, shownTokens({ ...newStaff(place), firm: tokens, complete: true }));
}

describe('marks on the photo', () => {
  it('follow the slant of the staff', () => {
    const frame = frameAt(place, 500);
    expect(frame.middle).toBeCloseTo(145);
    expect(frame.space).toBeCloseTo(10);
    expect(frame.angle).toBeCloseTo((Math.atan(0.05) * 180) / Math.PI);
  });

  it('turn stems down above the middle line and up below it', () => {
    const stem = (y: number) => marksOf(read({}, 500, y))[0]?.shapes.find((shape) => shape.kind === 'line');
    expect(stem(130)).toMatchObject({ y2: 3.2 });
    expect(stem(160)).toMatchObject({ y2: -3.2 });
  });

  it('give a chord one stem that reaches over all its heads', () => {
    const marks = marksOf(read({}, 500, 170), read(CHORD, 500, 160), read({}, 500, 150));
    expect(marks).toHaveLength(2);
    const stems = marks.flatMap(({ shapes }) => shapes.filter((shape) => shape.kind === 'line'));
    expect(stems).toHaveLength(1);
    expect(stems[0]).toMatchObject({ y2: -5.2 });
  });

  it('turn short notes that follow one another to one side', () => {
    const short = { rhythm: 'note-eighth' };
    const marks = marksOf(read(short, 400, 165), read(short, 440, 135), read(short, 480, 140));
    const ends = marks.map(({ shapes }) => shapes.find((shape) => shape.kind === 'line'));
    expect(ends).toMatchObject([{ y2: -3.2 }, { y2: -3.2 }, { y2: -3.2 }]);
  });

  it('turn the two voices of a bar away from each other', () => {
    const marks = marksOf(
      read({ voice: '2' }, 500, 130),
      read(CHORD, 500, 130),
      read({ voice: '1' }, 500, 120),
    );
    const ends = marks.map(({ shapes }) => shapes.find((shape) => shape.kind === 'line'));
    expect(ends).toMatchObject([{ y2: 3.2 }, { y2: -3.2 }]);
  });

  it('have an outline for every glyph that any value asks for', () => {
    const known = Object.keys(glyphs);
    const tokens = [
      ...VOCABULARY.rhythm.filter((rhythm) => !['pad', 'begin', 'end', 'chord'].includes(rhythm)),
    ].map((rhythm) =>
      /^(grace)?note-/.test(rhythm)
        ? read({ rhythm }, 500, 150)
        : { ...read({}, 500, 150), ...plainToken(rhythm) },
    );
    for (const mark of VOCABULARY.mark) tokens.push(read({ mark }, 500, 150));
    for (const lift of VOCABULARY.lift) tokens.push(read({ lift }, 500, 150));
    const asked = marksOf(...tokens).flatMap(({ shapes }) =>
      shapes.flatMap((shape) => (shape.kind === 'glyph' ? [shape.name] : [])),
    );
    expect(new Set(asked.filter((name) => !known.includes(name)))).toEqual(new Set());
  });
});
