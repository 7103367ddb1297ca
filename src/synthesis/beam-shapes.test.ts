import { expect, test } from 'vitest';
import { reshapeBeams } from './beam-shapes.ts';

/** Two beams of a group that rises: thickness 90, distance 135, as Verovio draws them. */
const GROUP =
  '<polygon points="0,1000 300,940 300,850 0,910"/><polygon points="100,1115 200,1095 200,1005 100,1025"/>';

test('the first beam grows about its middle, the second also comes nearer', () => {
  expect(reshapeBeams(GROUP, { thickness: 1.2, distance: 0.8 })).toBe(
    '<polygon points="0,901 300,841 300,949 0,1009"/><polygon points="100,989 200,969 200,1077 100,1097"/>',
  );
});

test('a drawing without change, and polygons that are no beams, stay as they are', () => {
  expect(reshapeBeams(GROUP, { thickness: 1, distance: 1 })).toBe(GROUP);
  const triangle = '<polygon points="0,0 10,0 5,8"/>';
  expect(reshapeBeams(`<g>${triangle}</g>`, { thickness: 2, distance: 1 })).toBe(`<g>${triangle}</g>`);
});
