import { describe, expect, it } from 'vitest';
import { plainToken, VOCABULARY } from '../../notation/token.ts';
import { alternativeWords, rhythmWords, symbolWords } from './symbol-words.ts';

const note = { ...plainToken('note-quarter'), pitch: 'F4', lift: '#' };

describe('symbols in words', () => {
  it('says value and sounding pitch', () => {
    expect(symbolWords(note)).toBe('quarter note, F sharp 4');
    expect(symbolWords({ ...note, lift: 'none' }, -1)).toBe('quarter note, F flat 4');
    expect(symbolWords({ ...note, lift: 'none' }, 0)).toBe('quarter note, F4');
  });

  it('says what stands at the note', () => {
    const rich = {
      ...note,
      rhythm: 'note-eighth.',
      tuplet: '3:2',
      mark: 'staccato+accent',
      tie: 'tie',
      slur: 'stop',
      voice: '2',
    };
    expect(symbolWords(rich)).toBe(
      'dotted eighth note, F sharp 4, triplet, staccato and accent, tied on, slur ends, lower voice',
    );
  });

  it.each([
    ['clef-F4', 'bass clef'],
    ['clef-C1', 'C clef on line 1'],
    ['keySignature-EbM', 'key signature of 3 flats'],
    ['keySignature-GM', 'key signature of 1 sharp'],
    ['timeSignature-6/8', 'time signature 6 8'],
    ['timeSignature-C/', 'cut time'],
    ['rest-sixteenth..', 'double-dotted sixteenth rest'],
    ['gracenote-eighth-slashed', 'slashed grace note, eighth'],
    ['multirest-12', 'rest of 12 bars'],
    ['ending-2-start', 'second ending begins'],
  ])('says %s as “%s”', (rhythm, words) => {
    expect(rhythmWords(rhythm)).toBe(words);
  });

  it('has words for every value that the reader knows', () => {
    for (const branch of ['rhythm', 'pitch', 'lift', 'tuplet', 'mark', 'tie', 'slur', 'voice'] as const)
      for (const value of VOCABULARY[branch].filter((one) => !['pad', 'begin', 'end', 'chord'].includes(one)))
        expect(alternativeWords({ branch, value })).not.toMatch(/undefined|[_#]|-\d|^$/);
  });
});
