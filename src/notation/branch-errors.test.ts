import { describe, expect, it } from 'vitest';
import { branchErrors, countConfusions } from './branch-errors.ts';
import { CHORD, plainToken, type Token } from './token.ts';

function note(pitch: string, more: Partial<Token> = {}): Token {
  return { ...plainToken('note-quarter'), pitch, lift: 'none', ...more };
}

describe('errors by branch', () => {
  const truth = [
    plainToken('clef-G2'),
    note('C4', { tie: 'tie' }),
    CHORD,
    note('E4', { lift: '#' }),
    plainToken('barline'),
    note('C4', { mark: 'accent' }),
  ];

  it('are none for an equal reading', () => {
    const errors = branchErrors([truth], [truth]);
    expect(errors.merged).toEqual({ errors: 0, total: 6 });
    expect(errors.branches.lift).toEqual({ errors: 0, total: 3 });
    expect(errors.sightings.tie).toEqual({ truth: 1, reading: 1, right: 1 });
    expect(errors.confusions).toEqual([]);
  });

  it('fall on the branch that is wrong', () => {
    const reading = truth.map((token) => (token.pitch === 'E4' ? { ...token, lift: 'N' } : token));
    const errors = branchErrors([truth], [reading]);
    expect(errors.merged.errors).toBe(1);
    expect(errors.branches.lift.errors).toBe(1);
    expect(errors.branches.pitch.errors).toBe(0);
    expect(errors.sightings.lift).toEqual({ truth: 1, reading: 1, right: 0 });
    expect(errors.confusions).toEqual([{ branch: 'lift', truth: '#', reading: 'N', count: 1 }]);
  });

  it('tell a missed symbol once', () => {
    const errors = branchErrors([truth], [truth.slice(0, -1)]);
    expect(errors.confusions).toEqual([{ branch: 'rhythm', truth: 'note-quarter', reading: '', count: 1 }]);
  });

  it('count equal confusions together', () => {
    const one = { branch: 'lift', truth: '#', reading: 'N', count: 1 } as const;
    const other = { ...one, reading: 'b' };
    expect(countConfusions([other, one, one])).toEqual([{ ...one, count: 2 }, other]);
  });
});
