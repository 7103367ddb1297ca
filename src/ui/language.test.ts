import { expect, test } from 'vitest';
import { chooseLanguage, usualLanguages, wantedLanguage } from './language.ts';

test('the page speaks the first of the visitor’s languages that it knows', () => {
  expect(chooseLanguage(['fr-CH', 'de-CH', 'en'])).toBe('de');
  expect(chooseLanguage(['fr', 'it'])).toBe('en');
  expect(chooseLanguage([])).toBe('en');
});

test('a language that was chosen counts, for words and for what is usual', () => {
  expect(wantedLanguage('de')).toBe('de');
  expect(usualLanguages('de')).toEqual(['de']);
});
