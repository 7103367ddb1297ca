import { describe, expect, it } from 'vitest';
import { fraction } from '../fraction.ts';
import { scoreFromPage } from '../score-from-tokens.ts';
import { plainToken, type Token } from '../token.ts';
import { alikeTo } from './alike.ts';
import { barsToCheck } from './bars-to-check.ts';

function note(value: string, pitch = 'A4', voice = '1'): Token {
  return { ...plainToken(`note-${value}`), pitch, lift: 'none', voice };
}
const bar = plainToken('barline');
const head = [plainToken('clef-G2'), plainToken('timeSignature-3/4')];
const check = (...staves: Token[][]) => barsToCheck(scoreFromPage([{ staves, braces: [] }]));
const full = [note('half.'), bar];

describe('bars to check', () => {
  it('are those that are short or long, with what they lack', () => {
    const line = [...head, ...full, note('half'), bar, ...full, note('whole'), bar, ...full];
    const source = (token: number) => ({ page: 0, system: 0, staff: 0, token });
    expect(check(line)).toEqual([
      { bar: 1, sources: [source(4)], lacks: fraction(1, 4) },
      { bar: 3, sources: [source(8)], lacks: fraction(-1, 4) },
    ]);
  });

  it('are no pick-ups with their complement', () => {
    expect(
      check([...head, note('quarter'), bar, ...full, note('half'), plainToken('barline-final')]),
    ).toEqual([]);
  });

  it('are bars that one staff lacks', () => {
    const checked = check([...head, ...full, ...full], [...head, ...full]);
    expect(checked).toEqual([
      { bar: 0, sources: [], near: { page: 0, system: 0, staff: 1, token: 2 }, lacks: fraction(3, 4) },
    ]);
  });
});

describe('symbols alike', () => {
  const read = (tokens: Token[]) => tokens.map((token) => ({ ...token, p: 1, x: 0, y: 0, alternatives: [] }));
  const staccato = { ...note('quarter'), mark: 'staccato' };
  const lines = read([note('quarter'), staccato, staccato, note('eighth'), plainToken('rest-quarter')]);
  const pages = [{ id: 'p', systems: [{ staves: [lines], braces: [] }] }];
  const tokens = (places: { token: number }[]) => places.map(({ token }) => token);

  it('agree in what the fix is about', () => {
    expect(tokens(alikeTo(pages, staccato, { kind: 'set', branch: 'mark', value: 'tenuto' }))).toEqual([
      1, 2,
    ]);
    expect(tokens(alikeTo(pages, note('quarter'), { kind: 'length', value: 'half' }))).toEqual([0, 1, 2]);
    expect(tokens(alikeTo(pages, note('half'), { kind: 'step', by: 1 }))).toEqual([0, 1, 2, 3]);
  });

  it('are none that were corrected', () => {
    const corrected = lines.map((token, i) => (i === 1 ? { ...token, asRead: token } : token));
    const now = [{ id: 'p', systems: [{ staves: [corrected], braces: [] }] }];
    expect(tokens(alikeTo(now, staccato, { kind: 'set', branch: 'mark', value: 'tenuto' }))).toEqual([2]);
  });
});
