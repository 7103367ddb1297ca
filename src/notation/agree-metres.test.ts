import { describe, expect, it } from 'vitest';
import { agreeMetres } from './agree-metres.ts';
import type { ReadToken } from './read-token.ts';
import { readLine } from './testing/read-line.ts';

const STAFF = (metre: string) => `clef-G2 keySignature-CM timeSignature-${metre} note-C5_quarter barline`;

const metresOf = (staves: readonly (readonly ReadToken[])[]) =>
  agreeMetres(staves).map((tokens) => tokens.find(({ rhythm }) => rhythm.startsWith('time'))?.rhythm);

/** A staff whose time signature could as well have been another, with this probability. */
function doubting(metre: string, other: string, p: number): ReadToken[] {
  const alternative = { branch: 'rhythm', value: `timeSignature-${other}`, p } as const;
  return readLine(STAFF(metre)).map((token) =>
    token.rhythm.startsWith('time') ? { ...token, alternatives: [alternative] } : token,
  );
}

describe('the metre of a system', () => {
  it('is what most of its staves say, but for one that is sure of another', () => {
    const others = [readLine(STAFF('6/4')), readLine(STAFF('6/4'))];
    expect(metresOf([...others, doubting('3/4', '6/8', 0.2)])).toEqual(Array(3).fill('timeSignature-6/4'));
    expect(metresOf([...others, readLine(STAFF('3/4'))])).toContain('timeSignature-3/4');
  });

  it('is what the surer one of two staves says', () => {
    const staves = [readLine(STAFF('6/4')), doubting('3/4', '6/4', 0.4)];
    expect(metresOf(staves)).toEqual(Array(2).fill('timeSignature-6/4'));
  });

  it('is not put where none is printed, nor taken from a change within the line', () => {
    const change = readLine(
      `clef-G2 keySignature-CM note-C5_quarter barline timeSignature-3/4 note-C5_half. barline`,
    );
    const staves = [readLine(STAFF('4/4')), change];
    expect(metresOf(staves)).toEqual(['timeSignature-4/4', 'timeSignature-3/4']);
    expect(agreeMetres([change])[0]).toEqual(change);
  });

  it('is what its bars add up to, where the sign is in doubt', () => {
    const bars = 'note-C5_half. note-C5_half. barline '.repeat(3);
    const staff = doubting('4/4', '6/4', 0.2).slice(0, 2);
    const line = [...staff, ...readLine(`clef-G2 ${bars}`).slice(1)];
    expect(metresOf([line])).toEqual(['timeSignature-6/4']);
  });

  it('is not what a staff is sure of, where its bars fill that of the others', () => {
    const bars = 'note-C5_half. note-C5_half. barline '.repeat(2);
    const staff = (metre: string) => readLine(`clef-G2 keySignature-CM timeSignature-${metre} ${bars}`);
    expect(metresOf([staff('6/4'), staff('6/4'), staff('4/4')])).toEqual(Array(3).fill('timeSignature-6/4'));
  });

  it('does not change for one staff of several', () => {
    const other = readLine('clef-G2 keySignature-CM note-C5_quarter barline note-C5_quarter barline');
    const lone = readLine(
      'clef-G2 keySignature-CM note-C5_quarter barline timeSignature-2/4 note-C5_quarter barline',
    );
    expect(metresOf([other, lone, other])).toEqual([undefined, undefined, undefined]);
    expect(metresOf([lone])).toEqual(['timeSignature-2/4']);
  });

  it('changes to the same on all of its staves', () => {
    const change = (metre: string, p: number) =>
      readLine(
        `clef-G2 keySignature-CM note-C5_quarter barline timeSignature-${metre} note-C5_quarter barline`,
        { 4: [{ branch: 'rhythm', value: 'timeSignature-2/8', p }] },
      );
    const staves = [change('2/8', 0), change('12/8', 0.1), change('2/8', 0)];
    expect(metresOf(staves)).toEqual(Array(3).fill('timeSignature-2/8'));
  });
});
