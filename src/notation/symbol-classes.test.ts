import { describe, expect, it } from 'vitest';
import { addClassCounts, classCounts, classesOf } from './symbol-classes.ts';
import { CHORD, plainToken, type Token } from './token.ts';

function note(pitch: string, more: Partial<Token> = {}): Token {
  return { ...plainToken('note-quarter'), pitch, lift: 'none', ...more };
}

describe('classes of symbols', () => {
  it('name the kind of each symbol and what makes it hard', () => {
    const tokens = [
      plainToken('clef-F4'),
      plainToken('keySignature-DM'),
      note('C4', { lift: '#' }),
      CHORD,
      note('E4', { rhythm: 'note-eighth.', tie: 'tie', voice: '2' }),
      plainToken('rest-half'),
      plainToken('barline-final'),
    ];
    expect(classesOf(tokens)).toEqual([
      ['clef'],
      ['key'],
      ['note, quarter', '… in a chord', '… on or beyond ledger lines', '… with accidental'],
      ['join of a chord'],
      [
        'note, eighth',
        '… in a chord',
        '… on or beyond ledger lines',
        '… with dots',
        '… tied on',
        '… in the second voice',
      ],
      ['rest'],
      ['double or final bar line'],
    ]);
  });

  it('count what is wrong, missed and invented in each', () => {
    const truth = [plainToken('clef-G2'), note('C5'), note('D5', { mark: 'accent' }), plainToken('barline')];
    const reading = [plainToken('clef-G2'), note('C5'), note('D5'), note('A5', { rhythm: 'note-half' })];
    const counts = classCounts(truth, reading);
    expect(counts.get('note, quarter')).toEqual({ truth: 2, wrong: 1, missed: 0, invented: 0 });
    expect(counts.get('… with mark')).toEqual({ truth: 1, wrong: 1, missed: 0, invented: 0 });
    expect(counts.get('note, half')).toEqual({ truth: 0, wrong: 0, missed: 0, invented: 1 });
    expect(counts.get('bar line')).toEqual({ truth: 1, wrong: 0, missed: 1, invented: 0 });
    expect(addClassCounts(counts, counts).get('clef')).toEqual({
      truth: 2,
      wrong: 0,
      missed: 0,
      invented: 0,
    });
  });
});
