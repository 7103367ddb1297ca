import { describe, expect, it } from 'vitest';
import { layoutOf } from './parts.ts';

const [G, F, C3] = ['clef-G2', 'clef-F4', 'clef-C3'];

describe('parts', () => {
  it('are one for each staff without brace', () => {
    expect(
      layoutOf([
        { clefs: [G], braces: [] },
        { clefs: [G], braces: [] },
      ]),
    ).toEqual({
      parts: [{ staves: 1 }],
      places: [[0], [0]],
    });
    expect(layoutOf([{ clefs: [G, G], braces: [] }]).parts).toEqual([{ staves: 1 }, { staves: 1 }]);
  });

  it('join two staves in a brace, or treble over bass alone', () => {
    expect(layoutOf([{ clefs: [G, G, F], braces: [[1, 2]] }]).parts).toEqual([{ staves: 1 }, { staves: 2 }]);
    expect(layoutOf([{ clefs: [G, F], braces: [] }]).parts).toEqual([{ staves: 2 }]);
  });

  it('stand apart within a bracket', () => {
    expect(layoutOf([{ clefs: [G, G, C3, F], braces: [[0, 3]] }]).parts).toEqual([
      { staves: 1, group: 1 },
      { staves: 1, group: 1 },
      { staves: 1, group: 1 },
      { staves: 1, group: 1 },
    ]);
    expect(
      layoutOf([
        {
          clefs: [G, C3, G, F],
          braces: [
            [0, 3],
            [2, 3],
          ],
        },
      ]).parts,
    ).toEqual([
      { staves: 1, group: 1 },
      { staves: 1, group: 1 },
      { staves: 2, group: 1 },
    ]);
  });

  it('keep three staves of an organ together, but not three voices', () => {
    expect(layoutOf([{ clefs: [G, F, F], braces: [[0, 2]] }]).parts).toEqual([{ staves: 3 }]);
    expect(layoutOf([{ clefs: [G, G, G], braces: [[0, 2]] }]).parts).toHaveLength(3);
  });

  it('find their staves in systems that leave some out', () => {
    const full = { clefs: [G, G, F], braces: [[1, 2]] } as const;
    expect(layoutOf([full, { clefs: [G, F], braces: [[0, 1]] }, full]).places).toEqual([
      [0, 1, 2],
      [1, 2],
      [0, 1, 2],
    ]);
    expect(layoutOf([full, { clefs: [G], braces: [] }]).places[1]).toEqual([0]);
  });

  it('are none on a page without music', () => {
    expect(layoutOf([])).toEqual({ parts: [], places: [] });
  });
});
