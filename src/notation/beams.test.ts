import { describe, expect, it } from 'vitest';
import { beamsOf } from './beams.ts';
import { fraction } from './fraction.ts';
import { scoreFromPage } from './score-from-tokens.ts';
import { readSemantic } from './semantic.ts';

/** First beams of a bar of `C5` and rests, by their values: b(egin), c(ontinue), e(nd), - for none; deeper beams after it. */
function beams(time: string, values: string, shift?: { n: number; d: number }): string {
  const words = values.split(' ').map((value) => (value.startsWith('rest-') ? value : `note-C5_${value}`));
  const staves = [readSemantic(`clef-G2 keySignature-CM timeSignature-${time} ${words.join(' ')} barline`)];
  const events =
    scoreFromPage([{ staves, braces: [] }]).parts[0]?.staves[0]?.bars[0]?.voices[0]?.events ?? [];
  const found = beamsOf(events, time, shift);
  const letter = (value: string) =>
    value.includes('hook') ? value.charAt(0).toUpperCase() : value.charAt(0);
  return events.map(({ id }) => found.get(id)?.map(letter).join('') ?? '-').join(' ');
}

const times = (n: number, value: string) => Array.from({ length: n }, () => value).join(' ');

describe('beams', () => {
  it('join eighths by half bars in 4/4 and by beats elsewhere', () => {
    expect(beams('4/4', times(8, 'eighth'))).toBe('b c c e b c c e');
    expect(beams('C', times(8, 'eighth'))).toBe('b c c e b c c e');
    expect(beams('3/4', times(6, 'eighth'))).toBe('b e b e b e');
    expect(beams('2/4', times(4, 'eighth'))).toBe('b e b e');
  });

  it('join by dotted beats in compound metres, and the whole of 3/8', () => {
    expect(beams('6/8', times(6, 'eighth'))).toBe('b c e b c e');
    expect(beams('9/8', times(9, 'eighth'))).toBe('b c e b c e b c e');
    expect(beams('3/8', times(3, 'eighth'))).toBe('b c e');
    expect(beams('5/8', times(5, 'eighth'))).toBe('b c e b e');
    expect(beams('7/8', times(7, 'eighth'))).toBe('b e b e b c e');
  });

  it('go by beats in 4/4 where there are sixteenths', () => {
    expect(beams('4/4', `${times(4, 'sixteenth')} eighth eighth half`)).toBe('bb cc cc ee b e -');
  });

  it('hook a lone shorter note towards its neighbour', () => {
    expect(beams('2/4', 'eighth. sixteenth sixteenth eighth.')).toBe('b eB bF e');
    expect(beams('3/8', 'sixteenth eighth sixteenth eighth')).toBe('bF c cB e');
  });

  it('break at rests and longer notes, and a lone flag stays one', () => {
    expect(beams('4/4', 'eighth rest-eighth eighth eighth half')).toBe('- - b e -');
    expect(beams('3/4', 'quarter eighth quarter eighth')).toBe('- - - -');
  });

  it('count a pick-up from the end of its metre', () => {
    expect(beams('4/4', times(3, 'eighth'), fraction(5, 8))).toBe('b c e');
    expect(beams('4/4', times(5, 'eighth'), fraction(3, 8))).toBe('- b c c e');
  });
});
