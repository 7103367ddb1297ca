import { describe, expect, it } from 'vitest';
import { endingsOf, playingOrder } from './repeats.ts';
import { scoreFromPage } from './score-from-tokens.ts';
import { plainToken } from './token.ts';

/** Bars of whole rests between the signs of a line such as `| |: 1[ ]1 :| 2[`. */
function bars(text: string) {
  const names: Record<string, string> = {
    '|': 'barline',
    '|:': 'repeat-start',
    ':|': 'repeat-end',
    ':|:': 'repeat-both',
    '||': 'barline-final',
    '1[': 'ending-1-start',
    ']1': 'ending-1-stop',
    '2[': 'ending-2-start',
    ']2': 'ending-2-stop',
    '-': 'rest-whole',
  };
  const staves = [text.split(' ').map((word) => plainToken(names[word] ?? word))];
  return scoreFromPage([{ staves, braces: [] }]).bars;
}

describe('repeats', () => {
  it('go back to the sign, or to the beginning', () => {
    expect(playingOrder(bars('- | |: - | - :| - ||'))).toEqual([0, 1, 2, 1, 2, 3]);
    expect(playingOrder(bars('- | - :| - ||'))).toEqual([0, 1, 0, 1, 2]);
    expect(playingOrder(bars('|: - :| - ||'))).toEqual([0, 0, 1]);
  });

  it('follow one another from a double repeat, or from where the last one ended', () => {
    expect(playingOrder(bars('- :|: - :| - ||'))).toEqual([0, 0, 1, 1, 2]);
    expect(playingOrder(bars('- :| - | - :|'))).toEqual([0, 0, 1, 2, 1, 2]);
  });

  it('leave the first ending out the second time, then go on', () => {
    expect(playingOrder(bars('|: - | 1[ - ]1 :| 2[ - ]2 || - :|'))).toEqual([0, 1, 0, 2, 3, 3]);
  });

  it('believe a first ending whose repeat sign was not seen', () => {
    expect(playingOrder(bars('- | 1[ - | 2[ - ||'))).toEqual([0, 1, 0, 2]);
    expect(endingsOf(bars('- | 1[ - | - :| 2[ - ||'))).toEqual([
      { number: 1, first: 1, last: 2 },
      { number: 2, first: 3, last: 3 },
    ]);
  });

  it('play a piece without repeats once', () => {
    expect(playingOrder(bars('- | - | - ||'))).toEqual([0, 1, 2]);
    expect(playingOrder([])).toEqual([]);
  });
});
