import { describe, expect, it } from 'vitest';
import type { ReadToken, StaffPlace } from '../../inference/tromr/reading.ts';
import { plainToken } from '../../notation/token.ts';
import { afterEvent, barNumber, nearestSymbol, neighbour, newStaff, shownTokens } from './staves.ts';

const place: StaffPlace = {
  box: [0, 0, 400, 40],
  lines: [0, 1, 2, 3, 4].map((i) => [
    [0, i * 10],
    [400, i * 10],
  ]),
};

function sign(rhythm: string, x: number, y = 20, p = 1): ReadToken {
  return { ...plainToken(rhythm), p, x, y, alternatives: [] };
}

function note(pitch: string, x: number, y: number, p = 1): ReadToken {
  return { ...sign('note-quarter', x, y, p), pitch, lift: 'none' };
}

const draft = [
  sign('clef-G2', 10),
  note('A4', 50, 25),
  note('B4', 90, 20),
  sign('barline', 130),
  note('C5', 170, 15),
];
const staff = { ...newStaff(place), draft };

describe('draft and firm tokens together', () => {
  it('shows the draft alone at first', () => {
    expect(shownTokens(staff).map(({ state }) => state)).toEqual(Array(5).fill('draft'));
  });

  it('shows firm tokens as far as they go and the draft to their right', () => {
    const shown = shownTokens({ ...staff, firm: [sign('clef-G2', 11), note('A4', 51, 25)] });
    expect(shown.map(({ state }) => state)).toEqual(['firm', 'firm', 'draft', 'draft', 'draft']);
    expect(shown.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  });

  it('marks what the reading changed, and nothing else', () => {
    const shown = shownTokens({ ...staff, firm: [sign('clef-G2', 11), note('G4', 51, 30)], complete: true });
    expect(shown.map(({ changed }) => changed)).toEqual([false, true]);
  });

  it('replaces one staff on an event and keeps the others as they are', () => {
    const other = newStaff(place);
    const next = afterEvent([staff, other], { kind: 'tokens', staff: 0, tokens: draft, complete: true });
    expect(next[0]).toMatchObject({ complete: true, firm: draft });
    expect(next[1]).toBe(other);
  });
});

describe('going from symbol to symbol', () => {
  const first = shownTokens({ ...staff, firm: draft, complete: true });
  const second = shownTokens({ ...staff, firm: [sign('clef-F4', 12), note('C3', 95, 20)], complete: true });
  const page = { id: 'p', staves: [first, second] };
  const at = (staff: number, token: number) => ({ page: 'p', staff, token });

  it('starts at the first symbol', () => {
    expect(neighbour(page, null, 'right')).toEqual(at(0, 0));
  });

  it('goes along the staff and on to the next', () => {
    expect(neighbour(page, at(0, 1), 'right')).toEqual(at(0, 2));
    expect(neighbour(page, at(0, 4), 'right')).toEqual(at(1, 0));
    expect(neighbour(page, at(0, 0), 'left')).toEqual(at(0, 0));
  });

  it('goes down to the symbol below, and stays at the last staff', () => {
    expect(neighbour(page, at(0, 2), 'down')).toEqual(at(1, 1));
    expect(neighbour(page, at(1, 1), 'down')).toEqual(at(1, 1));
  });

  it('goes bar by bar', () => {
    expect(neighbour(page, at(0, 1), 'bar-right')).toEqual(at(0, 4));
    expect(neighbour(page, at(0, 4), 'bar-left')).toEqual(at(0, 0));
    expect(barNumber(first, 4)).toBe(2);
  });

  it('finds the symbol that was tapped, forgivingly, and none far from all', () => {
    expect(nearestSymbol(page, { x: 55, y: 30 }, 30)).toEqual(at(0, 1));
    expect(nearestSymbol(page, { x: 390, y: 300 }, 30)).toBeNull();
  });
});
