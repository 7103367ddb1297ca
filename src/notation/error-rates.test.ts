import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conventionOf } from './convention.ts';
import { align, editDistance } from './edit-distance.ts';
import { pageErrors, rateOf } from './error-rates.ts';

const HEAD = 'clef-G2 keySignature-CM';

describe('edit distance', () => {
  it('counts insertions, deletions and replacements', () => {
    expect(editDistance([...'kitten'], [...'sitting'])).toBe(3);
    expect(editDistance([], [...'abc'])).toBe(3);
    expect(editDistance([...'abc'], [])).toBe(3);
  });

  it('is symmetric, bounded by the longer side, and zero only for equals', () => {
    const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance === 0).toBe(a.join() === b.join());
      }),
    );
  });

  it('agrees with the alignment that it is the cost of', () => {
    const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const pairs = align(a, b, { pair: (x, y) => (x === y ? 0 : 1), left: () => 1, right: () => 1 });
        expect(pairs.filter(({ left, right }) => left !== right)).toHaveLength(editDistance(a, b));
        expect(pairs.flatMap(({ left }) => (left === undefined ? [] : [left]))).toEqual(a);
        expect(pairs.flatMap(({ right }) => (right === undefined ? [] : [right]))).toEqual(b);
      }),
    );
  });
});

describe('errors of a page', () => {
  it('are none for an equal reading', () => {
    const staves = [`${HEAD} note-C4_quarter barline`, `${HEAD} note-D4_quarter barline`];
    const { total, missed, invented } = pageErrors(staves, staves);
    expect(rateOf(total.merged)).toBe(0);
    expect(total.notes).toEqual({ truth: 2, pitch: 2, value: 2, both: 2 });
    expect([missed, invented]).toEqual([0, 0]);
  });

  it('part pitch from rhythm', () => {
    const truth = [`${HEAD} note-C4_quarter note-E4_half barline`];
    const { total } = pageErrors(truth, [`${HEAD} note-C#4_quarter note-E4_quarter barline`]);
    expect(total.merged).toEqual({ errors: 2, total: 5 });
    expect(total.rhythm).toEqual({ errors: 1, total: 5 });
    expect(total.pitch).toEqual({ errors: 1, total: 2 });
    expect(total.notes).toEqual({ truth: 2, pitch: 1, value: 1, both: 0 });
  });

  it('count each note of a chord, and a chord read one after another', () => {
    const truth = [`${HEAD} note-C4_half|note-E4_half|note-G4_half`];
    expect(pageErrors(truth, [`${HEAD} note-C4_half|note-F4_half|note-G4_half`]).total.merged.errors).toBe(1);
    expect(pageErrors(truth, [`${HEAD} note-C4_half note-E4_half note-G4_half`]).total.merged.errors).toBe(2);
  });

  it('cost a missed or an invented staff its tokens', () => {
    const one = `${HEAD} note-C4_quarter barline`;
    const two = `${HEAD} note-G5_half note-A5_half rest-half barline`;
    const missed = pageErrors([one, two, one], [one, one]);
    expect(missed.total.merged).toEqual({ errors: 6, total: 14 });
    expect([missed.missed, missed.invented]).toEqual([1, 0]);
    expect(missed.staves.map(({ truth, reading }) => [truth, reading])).toEqual([
      [0, 0],
      [1, undefined],
      [2, 1],
    ]);
    const invented = pageErrors([one], [two, one]);
    expect(invented.total.merged).toEqual({ errors: 6, total: 4 });
    expect(pageErrors([], [one]).total.merged).toEqual({ errors: 4, total: 0 });
  });

  it('ignore ratios and grace notes where the truth has none', () => {
    const truth = [`${HEAD} note-C4_eighth note-D4_eighth note-E4_eighth`];
    const reading = [
      `${HEAD} gracenote-B3_eighth tie note-C4_eighth(3:2) note-D4_eighth(3:2) note-E4_eighth(3:2)`,
    ];
    expect(pageErrors(truth, reading).total.merged.errors).toBe(0);
    expect(pageErrors(truth, reading, { ratios: true, graces: true, keys: true }).total.merged.errors).toBe(
      5,
    );
    expect(conventionOf(reading)).toEqual({ ratios: true, graces: true, keys: true });
  });

  it('leave the key signature out of both where the truth writes its pitches without', () => {
    const bar = 'note-F4_quarter note-C5_quarter note-G4_quarter note-F5_quarter barline';
    const truth = [`clef-G2 keySignature-DM ${Array(10).fill(bar).join(' ')} note-G#4_half`];
    const reading = [
      `clef-G2 keySignature-DM ${Array(10)
        .fill(bar.replaceAll(/([FC])(\d)/g, '$1#$2'))
        .join(' ')} note-G4_half`,
    ];
    const convention = conventionOf(truth);
    expect(convention.keys).toBe(false);
    expect(pageErrors(truth, reading, convention).total.merged.errors).toBe(1);
    expect(conventionOf(reading).keys).toBe(true);
  });

  it('keep the note that is half right with its partner', () => {
    const truth = [`${HEAD} note-C4_quarter note-D4_quarter note-E4_quarter`];
    const reading = [`${HEAD} note-C4_half note-D#4_quarter note-E4_quarter`];
    expect(pageErrors(truth, reading).total.notes).toEqual({ truth: 3, pitch: 2, value: 2, both: 1 });
  });

  it('tell time signatures apart that mean the same', () => {
    const errors = pageErrors([`${HEAD} timeSignature-4/4`], [`${HEAD} timeSignature-C`]);
    expect(errors.total.merged.errors).toBe(1);
  });
});
