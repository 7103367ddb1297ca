import { describe, expect, it } from 'vitest';
import { fitArcs } from './fit-arcs.ts';
import type { ReadToken } from './read-token.ts';
import { readLine } from './testing/read-line.ts';

/** A line of notes, each with its arcs: `(` and `)` begin and end a slur, `~` is a tie. */
function line(text: string): ReadToken[] {
  return readLine(`clef-G2 ${text.replace(/[()~!]/g, '')}`).map((token, i) => {
    const said = i === 0 ? '' : (text.split(' ')[i - 1] ?? '');
    const slur = said.includes('(') ? 'start' : said.includes(')') ? 'stop' : 'none';
    const mark = said.includes('!') ? 'staccato' : 'none';
    return { ...token, slur, mark, tie: said.includes('~') ? 'tie' : 'none' };
  });
}

const arcs = (tokens: readonly ReadToken[]) =>
  tokens.filter(({ pitch }) => pitch !== 'nonote').map(({ tie, slur }) => `${tie} ${slur}`);

describe('fitting arcs', () => {
  it('takes a slur between two neighbours of one pitch for the tie that it is, over a bar line too', () => {
    const fitted = fitArcs(line('note-C4_half( barline note-C4_half) note-D4_half'));
    expect(arcs(fitted)).toEqual(['tie none', 'none none', 'none none']);
    expect(fitted[1]?.alternatives).toContainEqual({ branch: 'slur', value: 'start', p: 1 });
  });

  it('leaves a slur over repeated notes that are marked', () => {
    const portato = line('note-C4_quarter(! note-C4_quarter)!');
    expect(fitArcs(portato)).toEqual(portato);
  });

  it('leaves a slur that goes on beyond the next note', () => {
    const phrase = line('note-C4_quarter( note-C4_quarter note-D4_half)');
    expect(fitArcs(phrase)).toEqual(phrase);
  });

  it('makes a tie to another pitch the slur that ends there', () => {
    expect(arcs(fitArcs(line('note-C4_half~ note-D4_half)')))).toEqual(['none start', 'none stop']);
  });

  it('leaves a tie at the end of the line, where it goes on on the next', () => {
    const end = line('note-C4_half note-D4_half~ barline');
    expect(fitArcs(end)).toEqual(end);
  });

  it('takes the second of two accidentals for a new note', () => {
    const altered = line('note-C4_half( note-C#4_half)');
    expect(fitArcs(altered)).toEqual(altered);
  });
});
