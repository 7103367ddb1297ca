import { describe, expect, it } from 'vitest';
import { fitOnsets } from './fit-onsets.ts';
import type { ReadToken } from './read-token.ts';
import { readLine } from './testing/read-line.ts';

const SPACE = 10;
const quarters = staff('note-C4_quarter note-D4_quarter note-E4_quarter note-F4_quarter', 100, 200, 300, 400);

/** A bar without its head, whose sounds stand at these places. */
function staff(text: string, ...places: number[]): ReadToken[] {
  const sounds = readLine(`${text} barline`).filter(({ rhythm }) => !/^(clef|key)/.test(rhythm));
  let x = -1;
  return sounds.map((token) => ({ ...token, x: token.rhythm === 'chord' ? 0 : (places[++x] ?? 500) }));
}

/** What the first of these staves says once it is timed. */
function timed(...staves: ReadToken[][]): string {
  const metres = staves.map(() => '4/4');
  return (fitOnsets(staves, metres, SPACE)[0] ?? [])
    .map(({ rhythm }) => rhythm.replace('note-', ''))
    .join(' ');
}

describe('a bar that does not add up', () => {
  it('has a rest or a dot that was not seen where what stands above begins later', () => {
    expect(timed(staff('note-C5_quarter note-C5_half', 200, 300), quarters)).toBe(
      'rest-quarter quarter half barline',
    );
    expect(timed(staff('note-C5_quarter note-C5_half', 100, 300), quarters)).toBe(
      'quarter rest-quarter half barline',
    );
    expect(timed(staff('note-C5_quarter note-C5_half', 100, 200), quarters)).toBe('quarter half. barline');
  });

  it('has another value where what stands above comes sooner', () => {
    const long = 'note-C5_half note-C5_quarter note-C5_quarter note-C5_quarter';
    expect(timed(staff(long, 100, 200, 300, 400), quarters)).toBe('quarter quarter quarter quarter barline');
  });

  it('takes sounds between two others for later than the one and sooner than the other', () => {
    const text = 'note-C5_eighth note-C5_quarter note-C5_half';
    expect(timed(staff(text, 100, 150, 300), quarters)).toBe('eighth quarter. half barline');
    expect(timed(staff(text, 150, 200, 300), quarters)).toBe('rest-eighth eighth quarter half barline');
  });

  it('has a triplet whose number was not seen, or none where a number was something else', () => {
    const eighths =
      'note-C5_eighth note-D5_eighth note-E5_eighth note-C5_eighth note-D5_eighth note-E5_eighth note-C5_half';
    const triplets = fitOnsets(
      [staff(eighths, 100, 133, 167, 200, 233, 267, 300), quarters],
      ['4/4', '4/4'],
      SPACE,
    );
    expect(triplets[0]?.map(({ tuplet }) => tuplet).join(' ')).toBe('3:2 3:2 3:2 3:2 3:2 3:2 none none');
    const fingered = 'note-C5_quarter(3:2) note-D5_quarter(3:2) note-E5_quarter note-F5_quarter';
    const plain = fitOnsets([staff(fingered, 100, 200, 300, 400), quarters], ['4/4', '4/4'], SPACE);
    expect(plain[0]?.map(({ rhythm, tuplet }) => `${rhythm} ${tuplet}`).slice(0, 2)).toEqual([
      'note-quarter none',
      'note-quarter none',
    ]);
  });

  it('is timed by the other voice of its own staff', () => {
    const text =
      'note-C4_quarter|note-C5_quarter note-D4_quarter|note-D5_quarter note-E4_quarter|note-E5_quarter note-F4_quarter|note-F5_half';
    const both = staff(text, 100, 101, 200, 201, 300, 301, 400, 401).map((token, i) =>
      i % 3 === 0 ? { ...token, voice: '2' } : token,
    );
    expect(timed(both)).not.toContain('half');
  });

  it('stays as it was read without anything that tells its times', () => {
    const short = staff('note-C5_quarter note-C5_half', 200, 300);
    expect(timed(short)).toBe('quarter half barline');
    expect(timed(short, short)).toBe('quarter half barline');
    expect(timed(short, [...quarters, ...quarters])).toBe('quarter half barline');
  });

  it('stays as it was read where it would have to be another altogether', () => {
    const wild = staff(
      Array(14).fill('note-C5_quarter').join(' '),
      ...Array.from({ length: 14 }, (_, i) => 100 + 25 * i),
    );
    expect(timed(wild, quarters).split(' ')).toHaveLength(15);
    expect(timed(wild, quarters)).not.toContain('eighth');
  });
});
