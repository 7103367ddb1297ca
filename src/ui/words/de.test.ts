import { expect, test } from 'vitest';
import { plainToken } from '../../notation/token.ts';
import { german } from './de.ts';

const { symbols, edit, read } = german;

test('symbols have German names, and notes are called as Germans do', () => {
  const note = { ...plainToken('note-quarter.'), pitch: 'F4', lift: '#', tie: 'tie' };
  expect(symbols.symbol(note, 'german')).toBe('Punktierte Viertelnote, Fis 4, mit Haltebogen');
  expect(symbols.symbol({ ...plainToken('note-half'), pitch: 'B4', lift: 'none' }, 'german')).toBe(
    'Halbe Note, H4',
  );
  expect(symbols.rhythm('note-half.')).toBe('Punktierte halbe Note');
  expect(symbols.rhythm('rest-eighth')).toBe('Achtelpause');
  expect(symbols.rhythm('keySignature-DM')).toBe('Tonart mit 2 Kreuzen');
});

test('what a bar lacks is said in note values', () => {
  expect(edit.check.short(3, 8)).toBe('3 Achtel zu wenig');
  expect(edit.check.long(1, 24)).toBe('1 Triolen-Sechzehntel zu viel');
  expect(edit.check.long(1, 120)).toBe('1/120 einer Ganzen zu viel');
});

test('the reason for a backend is said in German, and an unknown one as it is', () => {
  expect(read.reason('There is no WebGPU here, so WebAssembly does the work.')).toBe(
    'Hier gibt es kein WebGPU, also rechnet WebAssembly.',
  );
  expect(read.reason('Something new.')).toBe('Something new.');
});
