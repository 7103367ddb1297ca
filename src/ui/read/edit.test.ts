import { describe, expect, it } from 'vitest';
import { NO_EDITS, withCommand } from '../../notation/edit/commands.ts';
import { lineAt } from '../../notation/edit/edited.ts';
import type { ReadToken } from '../../notation/read-token.ts';
import { plainToken, type Token } from '../../notation/token.ts';
import type { ReadPage } from '../../workers/protocol.ts';
import { barCheckAt, barText, checksOf, nextCheck } from './checks.ts';
import { type Action, commandOf, offersOf } from './edit-actions.ts';
import { meaningOf } from './edit-keys.ts';
import {
  editedLines,
  editedPages,
  lastFixOf,
  placeOfSource,
  scoreOf,
  shownStaves,
  sourceOfPlace,
} from './edited.ts';
import { type Piece, pageOf } from './store.ts';

function read(token: Token, more: Partial<ReadToken> = {}): ReadToken {
  return { ...token, p: 0.99, x: 0, y: 0, alternatives: [], ...more };
}
const note = (pitch: string, value = 'quarter', more: Partial<ReadToken> = {}) =>
  read({ ...plainToken(`note-${value}`), pitch, lift: 'none' }, more);
const sign = (rhythm: string) => read(plainToken(rhythm));

/** A staff of 3/4 whose five lines are 10 px apart from y 10 to 50. */
function pieceOf(...staves: ReadToken[][]): Piece {
  const lines = [10, 20, 30, 40, 50].map((y): [number, number][] => [
    [0, y],
    [400, y],
  ]);
  const reading: ReadPage = {
    photo: { width: 400, height: 100 },
    rotation: 0,
    backend: 'wasm',
    reason: '',
    timings: { geometry: 0, draft: 0, reading: 0, notation: 0 },
    systems: staves.map((tokens) => ({
      staves: [
        {
          box: [0, 0, 400, 60],
          lines,
          tokens: tokens.map((token, i) => ({ ...token, x: 20 * i })),
          source: 'reading',
        },
      ],
      braces: [],
    })),
  };
  return { id: 'piece', name: '', pages: [pageOf('p', reading, 0)], edits: NO_EDITS };
}

const head = [sign('clef-G2'), sign('timeSignature-3/4')];
const bar = sign('barline');
const full = [note('A4', 'half.'), bar];
const at = (token: number, staff = 0) => ({ page: 'p', staff, token });

function done(piece: Piece, action: Action, token: number): Piece {
  const command = commandOf(action, editedLines(piece), at(token), lastFixOf(piece));
  return command ? { ...piece, edits: withCommand(piece.edits, command) } : piece;
}
const tokenOf = (piece: Piece, token: number) => lineAt(editedLines(piece), at(token))?.[token];

describe('an edited piece', () => {
  const piece = pieceOf([...head, ...full], [sign('clef-G2'), ...full]);

  it('is one score, whose notes lead to their symbols and back', () => {
    const source = scoreOf(piece).parts[0]?.staves[0]?.bars[1]?.voices[0]?.events[0]?.source;
    const place = source && placeOfSource(piece, source);
    expect(place).toEqual(at(1, 1));
    expect(place && sourceOfPlace(piece, place)).toEqual(source);
  });

  it('keeps what it works out, and the staves that are not touched', () => {
    expect(scoreOf(piece)).toBe(scoreOf({ ...piece }));
    expect(editedPages(piece)).toBe(editedPages({ ...piece }));
    const [page] = piece.pages;
    const changed = done(piece, { kind: 'letter', letter: 'G' }, 2);
    if (page) expect(shownStaves(changed, page)[1]).toBe(page.staves[1]);
    expect(editedPages({ ...changed, edits: { ...changed.edits, done: 0 } })).toBe(editedPages(piece));
  });

  it('puts a corrected head on its line of the photo', () => {
    const changed = done(piece, { kind: 'letter', letter: 'B' }, 2);
    expect(editedPages(changed)[0]?.[0]?.staves[0]?.tokens[2]).toMatchObject({ pitch: 'B4', y: 30 });
    const higher = done(piece, { kind: 'fix', fix: { kind: 'step', by: 4 } }, 2);
    expect(editedPages(higher)[0]?.[0]?.staves[0]?.tokens[2]).toMatchObject({ pitch: 'E5', y: 15 });
  });
});

describe('actions', () => {
  const piece = pieceOf([...head, note('A4'), note('C5', 'eighth', { lift: '#' }), sign('rest-eighth'), bar]);

  it('change what is selected', () => {
    expect(tokenOf(done(piece, { kind: 'length', by: -1 }, 2), 2)?.rhythm).toBe('note-eighth');
    expect(tokenOf(done(piece, { kind: 'length', by: 1 }, 4), 4)?.rhythm).toBe('rest-quarter');
    expect(tokenOf(done(piece, { kind: 'dot' }, 2), 2)?.rhythm).toBe('note-quarter.');
    expect(tokenOf(done(piece, { kind: 'lift', by: -1 }, 3), 3)?.lift).toBe('none');
    expect(tokenOf(done(piece, { kind: 'lift', by: -1 }, 2), 2)?.lift).toBe('b');
    expect(tokenOf(done(piece, { kind: 'natural' }, 2), 2)?.lift).toBe('N');
    expect(tokenOf(done(piece, { kind: 'tie' }, 2), 2)?.tie).toBe('tie');
    expect(tokenOf(done(piece, { kind: 'voice' }, 2), 2)?.voice).toBe('2');
  });

  it('insert after it what goes on as before', () => {
    expect(tokenOf(done(piece, { kind: 'letter', letter: 'D' }, 5), 6)).toMatchObject({
      rhythm: 'note-eighth',
      pitch: 'D5',
    });
    expect(tokenOf(done(piece, { kind: 'insert', what: 'rest' }, 2), 3)?.rhythm).toBe('rest-quarter');
    expect(tokenOf(done(piece, { kind: 'head', letter: 'C' }, 2), 4)).toMatchObject({ pitch: 'C5' });
  });

  it('are done again, to one or to all alike', () => {
    const many = pieceOf([...head, note('A4'), note('A4'), note('B4'), bar, note('A4'), bar]);
    const once = done(many, { kind: 'lift', by: 1 }, 2);
    expect(tokenOf(done(once, { kind: 'again' }, 4), 4)?.lift).toBe('#');
    const alike = done(once, { kind: 'alike' }, 2);
    expect([2, 3, 4, 6].map((token) => tokenOf(alike, token)?.lift)).toEqual(['#', '#', 'none', '#']);
    expect(commandOf({ kind: 'alike' }, editedLines(many), at(2), null)).toBeNull();
  });

  it('offer what else it might be, and what was read once it was changed', () => {
    const alternatives: ReadToken['alternatives'] = [
      { branch: 'lift', value: '#', p: 0.1 },
      { branch: 'pitch', value: 'B4', p: 0.3 },
    ];
    const doubtful = pieceOf([...head, note('A4', 'quarter', { alternatives })]);
    const token = tokenOf(doubtful, 2);
    expect(token && offersOf(token).map(({ alternative }) => alternative?.value)).toEqual(['B4', '#']);
    const chosen = done(doubtful, { kind: 'alternative', number: 0 }, 2);
    const now = tokenOf(chosen, 2);
    expect(now?.pitch).toBe('B4');
    expect(now && offersOf(now).map(({ chosen: is }) => is)).toEqual([false, true, false]);
    expect(tokenOf(done(chosen, { kind: 'alternative', number: 0 }, 2), 2)?.asRead).toBeUndefined();
  });
});

describe('what to check', () => {
  const alternatives: ReadToken['alternatives'] = [{ branch: 'rhythm', value: 'note-half.', p: 0.2 }];
  const piece = pieceOf([
    ...head,
    ...full,
    note('A4', 'half', { alternatives }),
    bar,
    note('C5', 'half.', { p: 0.7 }),
    bar,
    note('D5', 'half.', { p: 0.4 }),
    bar,
  ]);

  it('is the bar that does not add up, at the symbol that would fill it, then symbols in order of doubt', () => {
    const checks = checksOf(piece);
    expect(checks.map(({ place: { token } }) => token)).toEqual([4, 8, 6]);
    expect(checks[0]).toMatchObject({ kind: 'bar', from: 3, to: 5, filler: { value: 'note-half.' } });
    const found = barCheckAt(checks, at(4));
    expect(found && barText(found)).toBe('one quarter short');
    expect(barCheckAt(checks, at(6))).toBeNull();
  });

  it('is walked through from one to the next, and round', () => {
    const checks = checksOf(piece);
    expect(nextCheck(checks, null)).toBe(checks[0]);
    expect(nextCheck(checks, at(8))).toBe(checks[2]);
    expect(nextCheck(checks, at(6))).toBe(checks[0]);
    expect(nextCheck([], null)).toBeNull();
  });

  it('is done with what was put right', () => {
    const right = done(
      done(piece, { kind: 'alternative', number: 0 }, 4),
      { kind: 'fix', fix: { kind: 'right' } },
      8,
    );
    expect(checksOf(right).map(({ place: { token } }) => token)).toEqual([6]);
  });
});

describe('keys', () => {
  const key = (name: string, more: Partial<Parameters<typeof meaningOf>[0]> = {}) => ({
    key: name,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  });

  it('mean what the list of keys says', () => {
    expect(meaningOf(key('3'), true)).toEqual({ kind: 'edit', action: { kind: 'alternative', number: 2 } });
    expect(meaningOf(key('ArrowUp'), true)).toMatchObject({ action: { fix: { kind: 'step', by: 1 } } });
    expect(meaningOf(key('ArrowUp'), false)).toEqual({ kind: 'move', direction: 'up' });
    expect(meaningOf(key('ArrowDown', { ctrlKey: true }), true)).toMatchObject({
      action: { fix: { by: -7 } },
    });
    expect(meaningOf(key('g'), true)).toMatchObject({ action: { kind: 'letter', letter: 'G' } });
    expect(meaningOf(key('G', { shiftKey: true }), true)).toMatchObject({ action: { kind: 'head' } });
    expect(meaningOf(key('z', { ctrlKey: true }), true)).toEqual({ kind: 'undo' });
    expect(meaningOf(key('Z', { metaKey: true, shiftKey: true }), true)).toEqual({ kind: 'redo' });
    expect(meaningOf(key('?'), false)).toEqual({ kind: 'help' });
  });

  it('leave others to the browser', () => {
    for (const event of [key('Tab'), key('c', { ctrlKey: true }), key('ArrowUp', { altKey: true }), key(' ')])
      expect(meaningOf(event, true)).toBeUndefined();
  });
});
