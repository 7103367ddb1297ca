import { describe, expect, it } from 'vitest';
import { impliedTriplets } from './implied-triplets.ts';
import { readLine } from './testing/read-line.ts';

const notes = (value: string, count: number) => Array(count).fill(`note-C5_${value}`).join(' ');
const IN_TWO = 'clef-G2 keySignature-CM timeSignature-2/4';

/** Tuplets of the notes of a line after it was read. */
function tuplets(text: string, metre?: string): string[] {
  return impliedTriplets(readLine(text), metre)
    .filter(({ pitch }) => pitch !== 'nonote')
    .map(({ tuplet }) => tuplet);
}

describe('triplets without a number', () => {
  it('are read where equal notes are too many for the bar by just a third', () => {
    const text = `${IN_TWO} ${notes('eighth', 6)} barline ${notes('quarter', 1)} ${notes('eighth', 3)} barline`;
    expect(tuplets(text)).toEqual([...Array(6).fill('3:2'), 'none', ...Array(3).fill('3:2')]);
    expect(tuplets(`clef-G2 ${notes('eighth', 6)} barline`, '2/4')).toEqual(Array(6).fill('3:2'));
  });

  it('are read too where some of their notes were seen to be in one', () => {
    const seen = 'note-C5_eighth(3:2)';
    const text = `${IN_TWO} ${seen} ${notes('eighth', 3)} ${seen} ${seen} barline`;
    expect(tuplets(text)).toEqual(Array(6).fill('3:2'));
  });

  it('are read where long and short notes alternate, as in swing', () => {
    const swing = `note-C5_quarter note-D5_eighth ${notes('eighth', 3)}`;
    expect(tuplets(`${IN_TWO} ${swing} barline`)).toEqual(Array(5).fill('3:2'));
    const dotted = `note-C5_quarter. note-C5_eighth note-D5_quarter barline`;
    expect(tuplets(`${IN_TWO} ${swing} barline ${dotted}`)).toEqual(Array(8).fill('3:2'));
    const apart = `${notes('eighth', 1)} ${notes('quarter', 1)} ${notes('eighth', 2)} barline`;
    expect(tuplets(`${IN_TWO} ${apart}`)).not.toContain('3:2');
  });

  it('are not read into a full bar, one without metre, or one that they would not make full', () => {
    const full = `${IN_TWO} ${notes('eighth', 4)} barline`;
    expect(tuplets(full)).toEqual(Array(4).fill('none'));
    expect(tuplets(`clef-G2 ${notes('eighth', 6)} barline`)).toEqual(Array(6).fill('none'));
    expect(tuplets(`${IN_TWO} ${notes('eighth', 7)} barline`)).toEqual(Array(7).fill('none'));
    const parted = `${IN_TWO} ${notes('eighth', 2)} ${notes('quarter', 1)} ${notes('eighth', 1)} barline`;
    expect(tuplets(parted)).not.toContain('3:2');
  });

  it('are not read where many bars are too long in other ways: then the metre is another', () => {
    const three = `${notes('quarter', 3)} barline`;
    expect(tuplets(`${IN_TWO} ${three} ${notes('eighth', 6)} barline ${three}`)).not.toContain('3:2');
  });
});
