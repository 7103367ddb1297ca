import { describe, expect, it, test } from 'vitest';
import { noteName, usualNaming } from './note-names.ts';

const SIGNS = ['double flat', 'flat', '', 'sharp', 'double sharp'] as const;

describe('names of notes', () => {
  it.each([
    ['F', 1, 'F sharp', 'Fis', 'fa sharp'],
    ['B', 0, 'B', 'H', 'si'],
    ['B', -1, 'B flat', 'B', 'si flat'],
    ['B', -2, 'B double flat', 'Heses', 'si double flat'],
    ['E', -1, 'E flat', 'Es', 'mi flat'],
    ['E', -2, 'E double flat', 'Eses', 'mi double flat'],
    ['A', -1, 'A flat', 'As', 'la flat'],
    ['A', -2, 'A double flat', 'Asas', 'la double flat'],
    ['D', -2, 'D double flat', 'Deses', 're double flat'],
    ['C', 2, 'C double sharp', 'Cisis', 'do double sharp'],
  ])('calls %s altered by %i “%s”, “%s” or “%s”', (step, alter, letters, german, syllables) => {
    expect(noteName(step, alter, 'letters', SIGNS)).toBe(letters);
    expect(noteName(step, alter, 'german', SIGNS)).toBe(german);
    expect(noteName(step, alter, 'syllables', SIGNS)).toBe(syllables);
  });
});

test('the naming follows the first language of the visitor', () => {
  expect(usualNaming(['de-AT', 'en'])).toBe('german');
  expect(usualNaming(['pt-BR'])).toBe('syllables');
  expect(usualNaming(['en-GB', 'de'])).toBe('letters');
  expect(usualNaming([])).toBe('letters');
});
