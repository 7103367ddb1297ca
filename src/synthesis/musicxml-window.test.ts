import { expect, test } from 'vitest';
import { countMeasures, measureWindow, onlyParts, partIds } from './musicxml-window.ts';

const measure = (n: number, content = '') => `<measure number="${n}">${content}<note/></measure>`;
const KEY = '<key><fifths>2</fifths></key>';
const SCORE = `<score-partwise><part-list><score-part id="P1"/><score-part id="P2"/></part-list>
<part id="P1">${measure(1, `<attributes><divisions>4</divisions>${KEY}</attributes>`)}${measure(2)}${measure(3)}</part>
<part id="P2">${measure(1)}${measure(2)}${measure(3)}</part></score-partwise>`;

test('a window keeps the list of parts, the measures asked for of every part, and the key in force there', () => {
  const cut = measureWindow(SCORE, 1, 1);
  expect(cut).toContain('<part-list><score-part id="P1"/><score-part id="P2"/></part-list>');
  expect(cut.match(/<measure number="\d"/g)).toEqual(['<measure number="2"', '<measure number="2"']);
  expect(cut).toContain(`<measure number="2"><attributes><divisions>4</divisions>${KEY}</attributes>`);
  expect(countMeasures(SCORE)).toBe(3);
  expect(countMeasures(cut)).toBe(1);
});

test('parts are taken out of a score with what the list of parts says of them', () => {
  expect(partIds(SCORE)).toEqual(['P1', 'P2']);
  const one = onlyParts(SCORE.replace('<score-part id="P1"/>', '<part-group number="1" type="start"/>$&'), [
    'P2',
  ]);
  expect(one).toMatch(/^<score-partwise><part-list><score-part id="P2"\/><\/part-list>\s*<part id="P2">/);
  expect(partIds(one)).toEqual(['P2']);
  expect(countMeasures(one)).toBe(3);
});
