import { expect, test } from 'vitest';
import { edit } from './edit.ts';

test('what a bar lacks is said in notes, of tuplets too', () => {
  const { short, long } = edit.check;
  expect(short(1, 8)).toBe('one eighth short');
  expect(short(3, 4)).toBe('three quarters short');
  expect(long(1, 24)).toBe('one triplet sixteenth too long');
  expect(long(2, 5)).toBe('two quintuplet quarters too long');
  expect(long(1, 120)).toBe('1/120 of a whole note too long');
});
