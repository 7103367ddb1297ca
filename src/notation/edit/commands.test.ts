import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreFromPages } from '../score-from-tokens.ts';
import { decodeSteps, encodeSteps } from '../steps.ts';
import { generatedPages } from '../testing/generated-pages.ts';
import { CHORD, plainToken, type Token, VOCABULARY } from '../token.ts';
import {
  afterCommand,
  type Command,
  type Edits,
  edited,
  NO_EDITS,
  redone,
  undone,
  withCommand,
} from './commands.ts';
import { type EditedToken, lineAt, type PageLines } from './edited.ts';
import { type Fix, plainOf } from './fix.ts';
import { clefAt } from './lines.ts';
import { REACHES } from './signs.ts';

function note(pitch: string, value = 'quarter', more: Partial<Token> = {}): Token {
  return { ...plainToken(`note-${value}`), pitch, lift: 'none', ...more };
}

/** As if read from a photo: one symbol every 10 px. */
function read(tokens: readonly Token[]): EditedToken[] {
  return tokens.map((token, i) => ({ ...token, p: 0.9, x: 10 * i, y: 50, alternatives: [] }));
}

/** One page, each list of lines a system. */
function page(...systems: (readonly (readonly Token[])[])[]): PageLines[] {
  return [{ id: 'p', systems: systems.map((staves) => ({ staves: staves.map(read), braces: [] })) }];
}

const at = (token: number, staff = 0) => ({ page: 'p', staff, token });

/** The staff after a command, in short words; `*` marks what the visitor put right. */
function lineAfter(pages: readonly PageLines[], command: Command, staff = 0): string[] {
  return text(lineAt(afterCommand(pages, command).pages, { page: 'p', staff }) ?? []);
}

function text(tokens: readonly EditedToken[]): string[] {
  return tokens.map(({ rhythm, pitch, lift, asRead }) => {
    const said = pitch === 'nonote' ? rhythm : `${pitch}${lift === 'none' ? '' : lift} ${rhythm.slice(5)}`;
    return asRead === undefined ? said : `${said}*`;
  });
}

const fix = (fix: Fix, ...tokens: number[]): Command => ({
  kind: 'fix',
  places: tokens.map((token) => at(token)),
  fix,
});

const clef = plainToken('clef-G2');
const bar = plainToken('barline');
const rest = plainToken('rest-quarter');

describe('putting a symbol right', () => {
  const pages = page([[clef, note('C5'), rest, note('E4', 'half.'), bar]]);

  it('takes an alternative of any branch', () => {
    expect(lineAfter(pages, fix({ kind: 'set', branch: 'lift', value: '#' }, 1))[1]).toBe('C5# quarter*');
    expect(lineAfter(pages, fix({ kind: 'set', branch: 'rhythm', value: 'note-eighth' }, 1))[1]).toBe(
      'C5 eighth*',
    );
    expect(lineAfter(pages, fix({ kind: 'set', branch: 'rhythm', value: 'rest-eighth' }, 1))[1]).toBe(
      'rest-eighth*',
    );
    expect(lineAfter(pages, fix({ kind: 'set', branch: 'rhythm', value: 'barline-double' }, 4))[4]).toBe(
      'barline-double*',
    );
  });

  it('moves it by places of the staff and octaves, no farther than can be written', () => {
    expect(lineAfter(pages, fix({ kind: 'step', by: -1 }, 1))[1]).toBe('B4 quarter*');
    expect(lineAfter(pages, fix({ kind: 'step', by: 7 }, 1))[1]).toBe('C6 quarter*');
    expect(afterCommand(pages, fix({ kind: 'step', by: 70 }, 1)).pages).toBe(pages);
  });

  it('takes a letter as its nearest place, and makes a note of a rest', () => {
    expect(lineAfter(pages, fix({ kind: 'letter', letter: 'A' }, 1))[1]).toBe('A4 quarter*');
    expect(lineAfter(pages, fix({ kind: 'letter', letter: 'F' }, 1))[1]).toBe('F5 quarter*');
    expect(lineAfter(pages, fix({ kind: 'letter', letter: 'B' }, 2))[2]).toBe('B4 quarter*');
  });

  it('changes length and dots apart from each other', () => {
    expect(lineAfter(pages, fix({ kind: 'length', value: 'eighth' }, 3))[3]).toBe('E4 eighth.*');
    expect(lineAfter(pages, fix({ kind: 'dots', dots: 0 }, 3))[3]).toBe('E4 half*');
    expect(lineAfter(pages, fix({ kind: 'dots', dots: 2 }, 2))[2]).toBe('rest-quarter..*');
  });

  it('says that the reader was right, and goes back to what it said', () => {
    expect(lineAfter(pages, fix({ kind: 'right' }, 1))[1]).toBe('C5 quarter*');
    const changed = afterCommand(pages, fix({ kind: 'step', by: 2 }, 1)).pages;
    expect(lineAfter(changed, fix({ kind: 'as-read' }, 1))[1]).toBe('C5 quarter');
  });

  it('does nothing where it does not suit', () => {
    for (const command of [
      fix({ kind: 'step', by: 1 }, 2),
      fix({ kind: 'set', branch: 'tie', value: 'tie' }, 2),
      fix({ kind: 'set', branch: 'lift', value: 'none' }, 1),
      fix({ kind: 'set', branch: 'mark', value: 'no such' }, 1),
      fix({ kind: 'step', by: 1 }, 99),
      fix({ kind: 'dots', dots: -1 }, 1),
    ])
      expect(afterCommand(pages, command).pages).toBe(pages);
  });
});

describe('chords', () => {
  const pages = page([[clef, note('C5'), CHORD, note('E5'), CHORD, note('G5'), bar]]);

  it('share their length, and turn to one rest', () => {
    expect(
      lineAfter(pages, fix({ kind: 'length', value: 'half' }, 3)).filter((word) => / half/.test(word)),
    ).toHaveLength(3);
    expect(lineAfter(pages, fix({ kind: 'rest' }, 3))).toEqual(['clef-G2', 'rest-quarter*', 'barline']);
  });

  it('stay in order from the bottom, and the symbol is followed', () => {
    const outcome = afterCommand(pages, fix({ kind: 'step', by: 4 }, 3));
    expect(text(lineAt(outcome.pages, at(0)) ?? []).slice(1, 6)).toEqual([
      'C5 quarter',
      'chord',
      'G5 quarter',
      'chord',
      'B5 quarter*',
    ]);
    expect(outcome.focus).toEqual(at(5));
  });

  it('lose and gain heads', () => {
    expect(lineAfter(pages, { kind: 'delete', places: [at(1)] })).toEqual([
      'clef-G2',
      'E5 quarter',
      'chord',
      'G5 quarter',
      'barline',
    ]);
    const joined = afterCommand(pages, { kind: 'join', place: at(3), symbol: note('D5') });
    expect(text(lineAt(joined.pages, at(0)) ?? []).slice(1, 6)).toEqual([
      'C5 quarter',
      'chord',
      'D5 quarter*',
      'chord',
      'E5 quarter',
    ]);
    expect(joined.focus).toEqual(at(3));
  });
});

describe('inserting and deleting', () => {
  const pages = page([[clef, note('C5'), CHORD, note('E5'), rest, bar]]);

  it('never comes between the heads of a chord', () => {
    for (const token of [1, 2, 3])
      expect(lineAfter(pages, { kind: 'insert', place: at(token), symbol: bar })).toEqual([
        'clef-G2',
        'barline*',
        'C5 quarter',
        'chord',
        'E5 quarter',
        'rest-quarter',
        'barline',
      ]);
    const end = afterCommand(pages, { kind: 'insert', place: at(6), symbol: note('A4') });
    expect(end.focus).toEqual(at(6));
  });

  it('puts the new symbol between its neighbours on the photo', () => {
    const { pages: now } = afterCommand(pages, { kind: 'insert', place: at(5), symbol: rest });
    expect(lineAt(now, at(0))?.[5]).toMatchObject({ x: 45, asRead: null, p: 1 });
  });

  it('deletes several at once', () => {
    expect(lineAfter(pages, { kind: 'delete', places: [at(1), at(4), at(2)] })).toEqual([
      'clef-G2',
      'E5 quarter',
      'barline',
    ]);
  });
});

describe('a clef, key or metre for a range', () => {
  const time = plainToken('timeSignature-3/4');
  const line = [clef, plainToken('keySignature-GM'), note('F4'), bar, note('A4'), bar, note('C5'), bar];
  const pages = page([[...line.slice(0, 2), time, ...line.slice(2)], line], [line, line]);

  it('keeps heads at their places when the clef changes', () => {
    const now = lineAfter(pages, {
      kind: 'sign',
      place: at(0),
      name: 'clef-F4',
      reach: 'end',
      staves: 'one',
    });
    expect(now.filter((word) => /quarter/.test(word))).toEqual(['A2 quarter', 'C3 quarter', 'E3 quarter']);
    expect(lineAfter(pages, fix({ kind: 'set', branch: 'rhythm', value: 'clef-F4' }, 0))[3]).toBe(
      'A2 quarter',
    );
  });

  it('reaches over one bar and back', () => {
    const now = lineAfter(pages, {
      kind: 'sign',
      place: at(5),
      name: 'clef-F4',
      reach: 'bar',
      staves: 'one',
    });
    expect(now.slice(4)).toEqual([
      'barline',
      'clef-F4*',
      'C3 quarter',
      'barline',
      'clef-G2*',
      'C5 quarter',
      'barline',
    ]);
  });

  it('reaches over the lines of its staff, and no other', () => {
    const command = {
      kind: 'sign',
      place: at(1),
      name: 'keySignature-DM',
      reach: 'end',
      staves: 'one',
    } as const;
    expect(lineAfter(pages, command, 0)[1]).toBe('keySignature-DM*');
    expect(lineAfter(pages, command, 1)[1]).toBe('keySignature-GM');
    expect(lineAfter(pages, command, 2)[1]).toBe('keySignature-DM*');
    expect(lineAfter(pages, { ...command, reach: 'line' }, 2)[1]).toBe('keySignature-GM');
    expect(lineAfter(pages, { ...command, staves: 'all' }, 3)[1]).toBe('keySignature-DM*');
  });

  it('ends where another sign was read', () => {
    const changing = page(
      [[clef, note('F4'), bar, plainToken('clef-C3'), note('C4'), bar]],
      [[plainToken('clef-C3'), note('C4')]],
    );
    const command = { kind: 'sign', place: at(0), name: 'clef-F4', reach: 'change', staves: 'one' } as const;
    expect(lineAfter(changing, command)).toEqual([
      'clef-F4*',
      'A2 quarter',
      'barline',
      'clef-C3',
      'C4 quarter',
      'barline',
    ]);
    expect(lineAfter(changing, command, 1)).toEqual(['clef-C3', 'C4 quarter']);
  });

  it('gives a metre to all staves at one bar, and takes it back after a range', () => {
    const command = {
      kind: 'sign',
      place: at(5),
      name: 'timeSignature-4/4',
      reach: 'bar',
      staves: 'all',
    } as const;
    expect(lineAfter(pages, command).slice(4, 9)).toEqual([
      'barline',
      'timeSignature-4/4*',
      'A4 quarter',
      'barline',
      'timeSignature-3/4*',
    ]);
    expect(lineAfter(pages, command, 1)).toContain('timeSignature-4/4*');
    const toTheEnd = lineAfter(pages, { ...command, reach: 'line' }, 2);
    expect(toTheEnd[2]).toBe('timeSignature-3/4*');
  });
});

describe('edits', () => {
  const pages = page([[clef, note('C5'), note('D5'), bar]]);

  it('are undone and done again without end, until another one is done', () => {
    const up = fix({ kind: 'step', by: 1 }, 1);
    let edits: Edits = NO_EDITS;
    for (let i = 0; i < 5; i++) edits = withCommand(edits, up);
    expect(text(lineAt(edited(pages, edits), at(0)) ?? [])[1]).toBe('A5 quarter*');
    const back = undone(undone(edits));
    expect(text(lineAt(edited(pages, back), at(0)) ?? [])[1]).toBe('F5 quarter*');
    expect(redone(redone(redone(back)))).toEqual(edits);
    expect(withCommand(back, up).commands).toHaveLength(4);
    expect(undone(NO_EDITS)).toEqual(NO_EDITS);
  });
});

const FIXES: fc.Arbitrary<Fix> = fc.oneof(
  fc.constantFrom('rhythm', 'pitch', 'lift', 'tuplet', 'mark', 'tie', 'slur', 'voice').chain((branch) =>
    fc.record({
      kind: fc.constant('set'),
      branch: fc.constant(branch),
      value: fc.constantFrom(...VOCABULARY[branch]),
    }),
  ),
  fc.record({ kind: fc.constant('step' as const), by: fc.integer({ min: -9, max: 9 }) }),
  fc.record({ kind: fc.constant('letter' as const), letter: fc.constantFrom(...'ABCDEFG') }),
  fc.record({
    kind: fc.constant('length' as const),
    value: fc.constantFrom('whole', 'eighth', 'sixty_fourth'),
  }),
  fc.record({ kind: fc.constant('dots' as const), dots: fc.integer({ min: 0, max: 2 }) }),
  fc.constantFrom({ kind: 'rest' as const }, { kind: 'right' as const }, { kind: 'as-read' as const }),
);
const PLACE = fc.record({ page: fc.constantFrom('0', '1'), staff: fc.nat(4), token: fc.nat(40) });
const SYMBOL = fc.constantFrom(
  note('A4'),
  note('C2', 'eighth.', { voice: '2' }),
  note('E6', 'half', { tuplet: '3:2' }),
  rest,
  bar,
  plainToken('clef-F4'),
  plainToken('clef-C3'),
  plainToken('repeat-end'),
);
const SIGNS = VOCABULARY.rhythm.filter((name) => /^(clef|keySignature|timeSignature)-/.test(name));
const COMMANDS: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('fix' as const),
    places: fc.array(PLACE, { minLength: 1, maxLength: 3 }),
    fix: FIXES,
  }),
  fc.record({ kind: fc.constantFrom('insert' as const, 'join' as const), place: PLACE, symbol: SYMBOL }),
  fc.record({
    kind: fc.constant('delete' as const),
    places: fc.array(PLACE, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('sign' as const),
    place: PLACE,
    name: fc.constantFrom(...SIGNS),
    reach: fc.constantFrom(...REACHES),
    staves: fc.constantFrom('one' as const, 'all' as const),
  }),
);

function generated(seed: number): PageLines[] {
  return generatedPages(seed)
    .slice(0, 2)
    .map((systems, i) => ({
      id: String(i),
      systems: systems.slice(0, 2).map(({ staves, braces }) => ({ staves: staves.map(read), braces })),
    }));
}

/** Whether every line is steps of the reader's that lead back to it. */
function canBeSaid(pages: readonly PageLines[]): boolean {
  return pages.every(({ id, systems }) =>
    systems
      .flatMap(({ staves }) => staves)
      .every((line, staff) => {
        const clef = clefAt(pages, { page: id, staff, token: 0 });
        const plain = line.map(plainOf);
        try {
          return JSON.stringify(decodeSteps(encodeSteps(plain, clef), clef)) === JSON.stringify(plain);
        } catch {
          return false;
        }
      }),
  );
}

// Time on a crowded machine says nothing.
describe('any row of commands', { timeout: 60_000 }, () => {
  it('leaves tokens that can be said and read again, and a score', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(COMMANDS, { maxLength: 6 }), (seed, commands) => {
        const read = generated(seed);
        fc.pre(canBeSaid(read));
        const pages = edited(read, { commands, done: commands.length });
        expect(canBeSaid(pages)).toBe(true);
        scoreFromPages(pages.map(({ systems }) => systems));
      }),
      { numRuns: 25 },
    );
  });

  it('is undone to exactly what there was', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(COMMANDS, { minLength: 1, maxLength: 6 }), (seed, commands) => {
        const pages = generated(seed);
        const before = JSON.stringify(pages);
        let edits: Edits = NO_EDITS;
        const states = [before];
        for (const command of commands) {
          edits = withCommand(edits, command);
          states.push(JSON.stringify(edited(pages, edits)));
        }
        for (const state of states.toReversed()) {
          expect(JSON.stringify(edited(pages, edits))).toBe(state);
          edits = undone(edits);
        }
        for (const state of states.slice(1)) {
          edits = redone(edits);
          expect(JSON.stringify(edited(pages, edits))).toBe(state);
        }
      }),
      { numRuns: 15 },
    );
  });
});
