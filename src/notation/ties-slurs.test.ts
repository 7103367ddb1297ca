import { describe, expect, it } from 'vitest';
import type { Note, Score } from './score.ts';
import { scoreFromPage } from './score-from-tokens.ts';
import { slursOf } from './slurs.ts';
import { tieTargets } from './ties.ts';
import { CHORD, plainToken, type Token } from './token.ts';

function note(pitch: string, value = 'quarter', more: Partial<Token> = {}): Token {
  return { ...plainToken(`note-${value}`), pitch, lift: 'none', ...more };
}

const TIE = { tie: 'tie' } as const;

function scoreOf(...tokens: Token[]): Score {
  return scoreFromPage([{ staves: [[plainToken('clef-G2'), ...tokens]], braces: [] }]);
}

function notes(score: Score): Note[] {
  const bars = score.parts[0]?.staves[0]?.bars ?? [];
  return bars.flatMap(({ voices }) =>
    voices.flatMap(({ events }) =>
      events.flatMap((event) => [...event.graces.flatMap((g) => g.notes), ...event.notes]),
    ),
  );
}

/** Ties as pairs of indices among all notes. */
function ties(score: Score): number[][] {
  const all = notes(score).map(({ id }) => id);
  const [staff] = score.parts[0]?.staves ?? [];
  return [...(staff ? tieTargets(staff, score.bars) : [])].map((pair) => pair.map((id) => all.indexOf(id)));
}

describe('ties', () => {
  it('go to the next note of the pitch, across a bar line too', () => {
    expect(
      ties(
        scoreOf(note('C5', 'half', TIE), note('C5', 'half', TIE), plainToken('barline'), note('C5', 'half')),
      ),
    ).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('join only those notes of a chord that are tied', () => {
    const chord = [note('C5', 'half', TIE), CHORD, note('E5', 'half')];
    expect(ties(scoreOf(...chord, note('C5', 'half'), CHORD, note('E5', 'half')))).toEqual([[0, 2]]);
  });

  it('lead nowhere if no such note follows at once', () => {
    expect(ties(scoreOf(note('C5', 'half', TIE), note('D5', 'quarter'), note('C5', 'quarter')))).toEqual([]);
    expect(ties(scoreOf(note('C5', 'half', TIE)))).toEqual([]);
  });

  it('may lead into another voice, and from a grace note to its own', () => {
    const lower = note('C5', 'whole', { ...TIE, voice: '2' });
    expect(
      ties(scoreOf(lower, CHORD, note('G5', 'whole'), plainToken('barline'), note('C5', 'whole'))),
    ).toEqual([[1, 2]]);
    const grace = { ...note('C5', 'quarter', TIE), rhythm: 'gracenote-eighth' };
    expect(ties(scoreOf(grace, note('C5', 'whole')))).toEqual([[0, 1]]);
  });
});

describe('slurs', () => {
  const slurs = (score: Score) => {
    const all = notes(score).map(({ id }) => id);
    const [part] = score.parts;
    return part
      ? slursOf(part).map(({ start, stop, number }) => [all.indexOf(start), all.indexOf(stop), number])
      : [];
  };
  const slurred = (pitch: string, slur: string, more: Partial<Token> = {}) =>
    note(pitch, 'quarter', { slur, ...more });

  it('run from start to stop, one after another under one number', () => {
    expect(
      slurs(
        scoreOf(slurred('C5', 'start'), slurred('D5', 'both'), plainToken('barline'), slurred('E5', 'stop')),
      ),
    ).toEqual([
      [0, 1, 1],
      [1, 2, 2],
    ]);
    const far = [plainToken('barline'), note('C5'), plainToken('barline')];
    expect(
      slurs(
        scoreOf(
          slurred('C5', 'start'),
          slurred('D5', 'stop'),
          ...far,
          slurred('C5', 'start'),
          slurred('D5', 'stop'),
        ),
      ),
    ).toEqual([
      [0, 1, 1],
      [3, 4, 1],
    ]);
  });

  it('keep to their voice', () => {
    const [two, one] = [{ voice: '2' }, { voice: '1' }];
    const tokens = [
      slurred('C4', 'start', two),
      CHORD,
      slurred('C5', 'start', one),
      slurred('D4', 'stop', two),
      CHORD,
      slurred('D5', 'stop', one),
    ];
    expect(slurs(scoreOf(...tokens)).map(([start, stop]) => [start, stop])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('do not join what sounds at once, apart from a grace note and its own', () => {
    const two = { voice: '2' };
    const chord = [
      slurred('C4', 'start', two),
      CHORD,
      slurred('C5', 'stop'),
      slurred('D4', 'stop', two),
      CHORD,
      note('D5'),
    ];
    expect(slurs(scoreOf(...chord)).map(([start, stop]) => [start, stop])).toEqual([[2, 3]]);
    const grace = { ...slurred('B4', 'start'), rhythm: 'gracenote-eighth' };
    expect(slurs(scoreOf(grace, slurred('C5', 'stop')))).toEqual([[0, 1, 1]]);
  });

  it('without partner are left out', () => {
    expect(slurs(scoreOf(slurred('C5', 'stop'), slurred('D5', 'start')))).toEqual([]);
  });
});
