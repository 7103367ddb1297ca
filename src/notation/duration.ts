import { type Fraction, fraction, multiply } from './fraction.ts';

/** Names of undotted values from the longest, and the length of each in whole notes. */
export const VALUE_LENGTH: Readonly<Record<string, Fraction>> = {
  double_whole: fraction(2),
  whole: fraction(1),
  half: fraction(1, 2),
  quarter: fraction(1, 4),
  eighth: fraction(1, 8),
  sixteenth: fraction(1, 16),
  thirty_second: fraction(1, 32),
  sixty_fourth: fraction(1, 64),
};

/** Flags or beams of an undotted value: 1 for an eighth. */
export function flagsOf(base: string): number {
  return Math.max(0, Object.keys(VALUE_LENGTH).indexOf(base) - 3);
}

/** `quarter..` parted into `quarter` and 2. */
export function partValue(value: string): { base: string; dots: number } {
  const base = value.replace(/\.+$/, '');
  return { base, dots: value.length - base.length };
}

/** `3:2` -> 3 in the time of 2; `none` -> 1 in the time of 1. */
export function ratioOf(tuplet: string): { actual: number; normal: number } {
  const [, actual, normal] = /^(\d+):(\d+)$/.exec(tuplet) ?? [];
  return { actual: Number(actual ?? 1), normal: Number(normal ?? 1) };
}

/** Length of a printed value such as `eighth.` in whole notes, tuplet ratio left aside. */
export function printedLength(value: string): Fraction {
  const { base, dots } = partValue(value);
  const whole = VALUE_LENGTH[base] ?? fraction(0);
  return multiply(whole, fraction(2 ** (dots + 1) - 1, 2 ** dots));
}

/** Time that a printed value takes under a tuplet's ratio, in whole notes. */
export function lengthOf(value: string, tuplet = 'none'): Fraction {
  const { actual, normal } = ratioOf(tuplet);
  return multiply(printedLength(value), fraction(normal, actual));
}
