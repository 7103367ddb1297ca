import { describe, expect, it } from 'vitest';
import { readingOrder } from './layout.ts';

const SPACE = 10;

/** A staff whose middle line falls by `slope`, with its box as in a photo. */
function staff(name: string, x: number, y: number, width: number, slope = 0) {
  const fall = slope * width;
  const lines = [-2, -1, 0, 1, 2].map((i) => [
    { x, y: y + i * SPACE },
    { x: x + width, y: y + i * SPACE + fall },
  ]);
  const box: [number, number, number, number] = [x, y - 2 * SPACE, width, fall + 4 * SPACE];
  return { name, box, lines, space: SPACE };
}

const namesOf = (staves: ReturnType<typeof staff>[], width = 2000) =>
  readingOrder(staves, width).map(({ name }) => name);

describe('the reading order of staves', () => {
  it('goes down the left page of an open book, then down the right one', () => {
    const open = [
      staff('right 1', 1050, 100, 900),
      staff('left 2', 60, 300, 900),
      staff('left 1', 60, 100, 900),
      staff('right 2', 1050, 300, 900),
    ];
    expect(namesOf(open)).toEqual(['left 1', 'left 2', 'right 1', 'right 2']);
  });

  it('leaves out what is cut off of the opposite page, on a slanting photo too', () => {
    const rows = [0, 1, 2, 3, 4];
    const page = rows.map((i) => staff(`page ${i}`, 600 - 60 * i, 300 + 240 * i, 1000, 0.25));
    const left = rows.slice(0, 3).map((i) => staff(`left ${i}`, 0, 150 + 240 * i, 400 - 60 * i, 0.25));
    const right = rows.map((i) => staff(`right ${i}`, 1700 - 60 * i, 560 + 240 * i, 300 + 60 * i, 0.25));
    expect(namesOf([...right, ...page, ...left])).toEqual(page.map(({ name }) => name));
  });

  it('keeps the staves of a page that is cut off as a whole', () => {
    const cut = [staff('first', 0, 100, 900), staff('last, short', 0, 300, 300)];
    expect(namesOf(cut, 900)).toEqual(['first', 'last, short']);
  });

  it('keeps short staves that stand whole on the photo', () => {
    const beside = [staff('long', 60, 100, 1200), staff('example', 1400, 100, 400)];
    expect(namesOf(beside)).toEqual(['long', 'example']);
  });
});
