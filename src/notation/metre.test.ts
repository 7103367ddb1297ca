import { describe, expect, it } from 'vitest';
import { type Fraction, fraction, ZERO } from './fraction.ts';
import { type BarPlace, barLength, inferTime, rolesOf, timeParts } from './metre.ts';

const evidence = (length: Fraction, ...onsets: Fraction[]) => ({ length, onsets: [ZERO, ...onsets] });

describe('metre', () => {
  it('knows the length of its bars', () => {
    expect(barLength('6/8')).toEqual(fraction(3, 4));
    expect(barLength('C')).toEqual(fraction(1));
    expect(barLength('C/')).toEqual(fraction(1));
    expect(timeParts('C/')).toEqual({ beats: 2, unit: 2 });
  });

  it('is inferred from what most bars hold', () => {
    const two = evidence(fraction(1, 2));
    expect(inferTime([two, two, evidence(fraction(3, 8)), two])).toBe('2/4');
    expect(inferTime([evidence(fraction(5, 8)), evidence(fraction(5, 8))])).toBe('5/8');
    expect(inferTime([evidence(fraction(1)), evidence(fraction(1))])).toBe('4/4');
    expect(
      inferTime([evidence(fraction(1)), evidence(fraction(3, 4)), evidence(fraction(1, 2))]),
    ).toBeUndefined();
    expect(inferTime([])).toBeUndefined();
  });

  it('tells dotted beats from plain ones', () => {
    const [quarter, dotted, half] = [fraction(1, 4), fraction(3, 8), fraction(1, 2)];
    expect(inferTime([evidence(fraction(3, 4), dotted), evidence(fraction(3, 4), quarter, dotted)])).toBe(
      '6/8',
    );
    expect(inferTime([evidence(fraction(3, 4), quarter, half), evidence(fraction(3, 4), quarter)])).toBe(
      '3/4',
    );
    const eighths = [1, 2, 3, 4, 5].map((n) => fraction(n, 8));
    expect(inferTime([evidence(fraction(3, 4), ...eighths)])).toBe('3/4');
  });
});

describe('short bars', () => {
  const expected = fraction(3, 4);
  const bar = (quarters: number, more: Partial<BarPlace> = {}): BarPlace => ({
    length: fraction(quarters, 4),
    expected,
    opens: 'nothing',
    closes: false,
    ...more,
  });
  const start = { opens: 'piece' } as const;
  const section = { opens: 'section' } as const;

  it('are pick-ups at the beginning, with their complement at the end', () => {
    expect(rolesOf([bar(1, start), bar(3), bar(2, { closes: true })])).toEqual([
      'pickup',
      'full',
      'complement',
    ]);
    expect(rolesOf([bar(1, start), bar(3), bar(3, { closes: true })])).toEqual(['pickup', 'full', 'full']);
  });

  it('are halves of one bar at a repeat or the end of a line', () => {
    expect(rolesOf([bar(3, start), bar(2, { closes: true }), bar(1, section), bar(3)])).toEqual([
      'full',
      'split',
      'split',
      'full',
    ]);
    expect(rolesOf([bar(3, start), bar(1), bar(2, { opens: 'line' }), bar(3)])).toEqual([
      'full',
      'split',
      'split',
      'full',
    ]);
  });

  it('may be the pick-up of a section that ends with its complement', () => {
    expect(
      rolesOf([bar(3, start), bar(3, { closes: true }), bar(1, section), bar(3), bar(2, { closes: true })]),
    ).toEqual(['full', 'full', 'pickup', 'full', 'complement']);
  });

  it('complete one pick-up in both endings', () => {
    expect(
      rolesOf([bar(1, start), bar(3), bar(2, { closes: true }), bar(2, { ...section, closes: true })]),
    ).toEqual(['pickup', 'full', 'complement', 'complement']);
  });

  it('have no excuse in the middle, at the end without pick-up, or where they are too long', () => {
    expect(rolesOf([bar(3, start), bar(2), bar(3)])).toEqual(['full', 'full', 'full']);
    expect(rolesOf([bar(3, start), bar(2), bar(1), bar(3)])).toEqual(['full', 'full', 'full', 'full']);
    expect(rolesOf([bar(3, start), bar(3), bar(2, { closes: true })])).toEqual(['full', 'full', 'full']);
    expect(rolesOf([bar(4, start), bar(3)])).toEqual(['full', 'full']);
  });
});
