import { describe, expect, it } from 'vitest';
import { fitColumns } from './fit-columns.ts';
import type { ReadToken } from './read-token.ts';
import { readLine } from './testing/read-line.ts';

const SPACE = 10;

/**
 * A line of semantic text with a place after each symbol, in staff spaces, and `_` before those of the second voice.
 */
function line(text: string): ReadToken[] {
  const words = text.split(/(?<=[ |])|(?=[ |])/).filter((word) => word.trim() !== '');
  const symbols = words.filter((word) => word !== '|');
  const places = symbols.map((word) => SPACE * Number(word.split('@')[1] ?? 0));
  const seconds = symbols.map((word) => word.startsWith('_'));
  let next = -1;
  return readLine(text.replace(/@[\d.]+|_(?=note|rest)/g, '')).map((token) => {
    if (token.rhythm !== 'chord') next++;
    const step = 'CDEFGAB'.indexOf(token.pitch.charAt(0)) + 7 * Number(token.pitch.at(-1));
    const y = token.pitch === 'nonote' ? 0 : (-SPACE * step) / 2;
    return { ...token, x: places[next] ?? 0, y, voice: seconds[next] ? '2' : '1' };
  });
}

/** Columns as text: the values of each, with their voices where there are two. */
const columns = (tokens: readonly ReadToken[]) =>
  tokens
    .map(({ rhythm, pitch, voice }) =>
      rhythm === 'chord' ? '+' : `${pitch === 'nonote' ? rhythm : pitch}${voice === '2' ? '₂' : ''}`,
    )
    .slice(2)
    .join(' ');

const fitted = (bar: string) => columns(fitColumns(line(`clef-G2 timeSignature-2/4 ${bar} barline`), SPACE));

describe('fitting columns', () => {
  it('joins what stands at one place', () => {
    expect(fitted('note-C4_half@10 note-E4_half@10.3')).toBe('C4 + E4 barline');
    expect(fitted('_note-C4_half@10 note-E4_quarter@10.2 note-D4_quarter@14')).toBe('C4₂ + E4 D4 barline');
  });

  it('takes a head for one that was read twice, where the bar then adds up', () => {
    expect(fitted('note-C4_quarter@10 note-C4_quarter@10.1 note-D4_quarter@14')).toBe('C4 D4 barline');
    expect(fitted('note-C4_quarter@10 note-C4_eighth@10.1')).toBe('C4 C4 barline');
  });

  it('parts what stands one after the other', () => {
    expect(fitted('note-C4_quarter@10|note-E4_quarter@10.1|note-D4_quarter@14.5')).toBe('C4 + E4 D4 barline');
  });

  it('joins what is set aside of another voice only where the bar then adds up', () => {
    const aside = '_note-C4_half@10 note-E4_quarter@11.8 note-D4_quarter@16';
    expect(fitted(aside)).toBe('C4₂ + E4 D4 barline');
    expect(fitted('note-C4_quarter@10 note-E4_eighth@11.8')).toBe('C4 E4 barline');
  });

  it('leaves a bar alone that adds up as it was read', () => {
    const tokens = line('clef-G2 timeSignature-2/4 note-C4_quarter@10 note-E4_quarter@10.1 barline');
    expect(fitColumns(tokens, SPACE)).toEqual(tokens);
  });

  it('follows the metre in force, and a change of it', () => {
    const bar = 'note-C4_quarter@10 note-E4_quarter@10.1 barline';
    const text = `clef-G2 ${bar} timeSignature-1/4 ${bar}`;
    const [head, ...rest] = fitColumns(line(text), SPACE, '2/4');
    expect(head?.rhythm).toBe('clef-G2');
    expect(columns([...line('clef-G2 clef-G2'), ...rest])).toBe(
      'C4 E4 barline timeSignature-1/4 C4 + E4 barline',
    );
  });

  it('puts all heads of a chord into the tuplet that most of them are in', () => {
    const three =
      'note-C4_quarter(3:2)@10|note-E4_quarter(3:2)@10|note-G4_quarter@10 note-D4_quarter(3:2)@14 note-C4_quarter(3:2)@18';
    const tokens = fitColumns(line(`clef-G2 timeSignature-2/4 ${three} barline`), SPACE);
    expect(tokens.filter(({ pitch }) => pitch !== 'nonote').map(({ tuplet }) => tuplet)).toEqual(
      Array(5).fill('3:2'),
    );
  });

  it('puts no rest beside a note of its voice', () => {
    expect(fitted('note-C4_quarter@10 rest-eighth@10.2 note-D4_quarter@14')).toBe(
      'C4 rest-eighth D4 barline',
    );
  });

  it('joins a rest with what another voice has at its place', () => {
    const half = 'note-D4_half@14';
    expect(fitted(`_rest-quarter@10 note-E4_quarter@10.4 ${half}`)).toBe('rest-quarter₂ + E4 D4 barline');
    expect(fitted(`_rest-quarter@10 rest-quarter@10.2 ${half}`)).toBe(
      'rest-quarter₂ + rest-quarter D4 barline',
    );
  });
});
