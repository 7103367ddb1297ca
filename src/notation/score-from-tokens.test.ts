import { describe, expect, it } from 'vitest';
import { toNumber } from './fraction.ts';
import type { Score } from './score.ts';
import { scoreFromPage, scoreFromPages } from './score-from-tokens.ts';
import { pagesFromScore } from './score-to-tokens.ts';
import { readSemantic } from './semantic.ts';
import { plainToken, type Token } from './token.ts';

/** Systems of one staff each, from semantic text; `||`, `|:` and `:|` may stand for bar lines, `/` for a line without end. */
function systems(...lines: string[]) {
  return lines.map((line) => ({ staves: [staff(line)], braces: [] }));
}

const NAMES: Readonly<Record<string, string>> = {
  '||': 'barline-double',
  '|]': 'barline-final',
  '|:': 'repeat-start',
  ':|': 'repeat-end',
};

function staff(line: string): Token[] {
  const words = line.split(' ').map((word) => (word === '|' ? 'barline' : (NAMES[word] ?? word)));
  const barLines = words.filter((word) => /^(barline|repeat)/.test(word));
  const text = words.map((word) => (/^(barline|repeat)/.test(word) ? 'barline' : word)).join(' ');
  return readSemantic(text).map((token) =>
    token.rhythm === 'barline' ? plainToken(barLines.shift() ?? 'barline') : token,
  );
}

function bars(score: Score, index = 0) {
  return score.parts.flatMap(({ staves }) => staves)[index]?.bars ?? [];
}

function irregular(score: Score): (string | undefined)[] {
  return bars(score).map(({ irregular: fault }) =>
    fault ? `${4 * toNumber(fault.found)}/${4 * toNumber(fault.expected)}` : undefined,
  );
}

const q = (n: number) => Array.from({ length: n }, () => 'note-C5_quarter').join(' ');

describe('bars against the metre', () => {
  it('are marked where they are too short or too long, and kept as they are', () => {
    const score = scoreFromPage(systems(`clef-G2 timeSignature-3/4 ${q(3)} | ${q(2)} | ${q(4)} | ${q(3)} |`));
    expect(irregular(score)).toEqual([undefined, '2/3', '4/3', undefined]);
    expect(score.bars.map(({ length }) => 4 * toNumber(length))).toEqual([3, 2, 4, 3]);
  });

  it('may be a pick-up and its complement', () => {
    const score = scoreFromPage(
      systems(`clef-G2 timeSignature-3/4 ${q(1)} | ${q(3)} |`, `clef-G2 ${q(3)} | ${q(2)} |]`),
    );
    expect(irregular(score)).toEqual([undefined, undefined, undefined, undefined]);
    expect(score.bars.map(({ role }) => role)).toEqual(['pickup', 'full', 'full', 'complement']);
  });

  it('may be split at a repeat or at the end of a line', () => {
    const repeat = scoreFromPage(
      systems(`clef-G2 timeSignature-3/4 ${q(3)} | ${q(2)} :| ${q(1)} | ${q(3)} |]`),
    );
    expect(irregular(repeat).every((fault) => fault === undefined)).toBe(true);
    const line = scoreFromPage(
      systems(`clef-G2 timeSignature-3/4 ${q(3)} | ${q(1)}`, `clef-G2 ${q(2)} | ${q(3)} |]`),
    );
    expect(irregular(line).every((fault) => fault === undefined)).toBe(true);
    expect(line.bars.map(({ role }) => role)).toEqual(['full', 'split', 'split', 'full']);
  });

  it('are full with a whole rest in any metre', () => {
    const score = scoreFromPage(
      systems(`clef-G2 timeSignature-3/8 rest-whole | note-C5_quarter. | multirest-5 |`),
    );
    expect(irregular(score)).toEqual([undefined, undefined, undefined]);
    expect(score.bars.map(({ count }) => count)).toEqual([1, 1, 5]);
    expect(bars(score)[0]?.voices[0]?.events[0]).toMatchObject({ fillsBar: true, length: { n: 3, d: 8 } });
  });

  it('take their metre from lines and pages before, and one that is repeated is no change', () => {
    const score = scoreFromPages([
      systems(`clef-G2 timeSignature-2/4 ${q(2)} |`, `clef-G2 ${q(2)} | ${q(3)} |`),
      systems(`clef-G2 timeSignature-2/4 ${q(2)} |`),
    ]);
    expect(score.bars.map(({ time, metre }) => `${time} ${metre}`)).toEqual(Array(4).fill('2/4 printed'));
    expect(irregular(score)[2]).toBe('3/2');
  });

  it('infer it where none is printed, before a printed one too', () => {
    const score = scoreFromPage(
      systems(`clef-G2 ${q(3)} | ${q(3)} | ${q(2)} | ${q(3)} | timeSignature-C ${q(4)} |`),
    );
    expect(score.bars.map(({ time, metre }) => `${time} ${metre}`)).toEqual([
      ...Array(4).fill('3/4 inferred'),
      'C printed',
    ]);
    expect(irregular(score)).toEqual([undefined, undefined, '2/3', undefined, undefined]);
  });

  it('are free where they agree on nothing', () => {
    const score = scoreFromPage(systems(`clef-G2 ${q(3)} | ${q(5)} | ${q(2)} | ${q(7)} |`));
    expect(score.bars.every(({ metre }) => metre === 'free')).toBe(true);
    expect(irregular(score).every((fault) => fault === undefined)).toBe(true);
  });
});

describe('lines of music', () => {
  it('keep the clef and key in force where a line was read without, except in a new piece', () => {
    const score = scoreFromPage([
      ...systems(`clef-G2 keySignature-GM timeSignature-2/4 note-F#5_half |`),
      {
        staves: [[{ ...plainToken('note-half'), pitch: 'F5', lift: 'none' }, plainToken('barline-final')]],
        braces: [],
      },
      ...systems(`clef-G2 timeSignature-2/4 note-F5_half |`),
    ]);
    const alters = bars(score).map(({ voices }) => voices[0]?.events[0]?.notes[0]?.alter);
    expect(alters).toEqual([1, 1, 0]);
    expect(bars(score).map(({ signs }) => signs.map(({ name }) => name))).toEqual([
      ['clef-G2', 'keySignature-GM', 'timeSignature-2/4'],
      [],
      ['keySignature-CM', 'timeSignature-2/4'],
    ]);
  });

  it('hand ties to the next line of the same staff', () => {
    const score = scoreFromPage([
      { staves: [staff('clef-G2 note-C#5_whole tie |'), staff('clef-F4 note-C3_whole |')], braces: [[0, 1]] },
      {
        staves: [
          [...staff('clef-G2'), { ...plainToken('note-whole'), pitch: 'C5', lift: 'none' }],
          staff('clef-F4 note-C3_whole'),
        ],
        braces: [[0, 1]],
      },
    ]);
    expect(bars(score, 0)[1]?.voices[0]?.events[0]?.notes[0]?.alter).toBe(1);
    expect(bars(score, 1)[1]?.voices[0]?.events[0]?.notes[0]?.alter).toBe(0);
  });

  it('announce at their end what the next one begins with', () => {
    const line = `clef-G2 timeSignature-2/4 ${q(2)} | keySignature-GM timeSignature-3/4`;
    const score = scoreFromPage(systems(line, `clef-G2 ${q(3)} |`));
    expect(bars(score)[0]?.courtesy).toEqual(['keySignature-GM', 'timeSignature-3/4']);
    expect(score.bars[1]?.time).toBe('3/4');
    expect(bars(score)[1]?.signs.map(({ name }) => name)).toEqual(['keySignature-GM', 'timeSignature-3/4']);
  });

  it('tell where every note was read', () => {
    const score = scoreFromPages([
      systems('clef-G2 note-C5_whole |'),
      systems('clef-G2 note-C5_half note-D5_half |'),
    ]);
    const note = bars(score)[1]?.voices[0]?.events[1]?.notes[0];
    expect(note).toMatchObject({ id: 'n1-0-0-2', source: { page: 1, system: 0, staff: 0, token: 2 } });
  });
});

describe('staves of a system', () => {
  it('lose nothing where they show different numbers of bars', () => {
    const upper = staff(`clef-G2 timeSignature-2/4 note-C5_half | note-D5_half | note-E5_half |]`);
    const lower = staff(`clef-F4 timeSignature-2/4 note-C3_half | note-E3_half |]`);
    const score = scoreFromPage([{ staves: [upper, upper, lower], braces: [] }]);
    expect(score.bars).toHaveLength(3);
    const notes = bars(score, 2).flatMap(({ voices }) =>
      voices.flatMap(({ events }) => events.flatMap((event) => event.notes)),
    );
    expect(notes.map(({ pitch }) => pitch)).toEqual(['C3', 'E3']);
    expect(bars(score, 2).filter((bar) => bar.irregular)).toHaveLength(1);
  });

  it('keep a bar empty whose notes all stand on another staff', () => {
    const upper = staff(`clef-G2 timeSignature-2/4 note-C5_half | | note-E5_half |]`);
    const lower = staff(`clef-F4 timeSignature-2/4 note-C3_half | note-G3_half | note-E3_half |]`);
    const score = scoreFromPage([{ staves: [upper, lower], braces: [[0, 1]] }]);
    const pitches = bars(score, 0).map(({ voices }) => voices[0]?.events[0]?.notes[0]?.pitch);
    expect(pitches).toEqual(['C5', undefined, 'E5']);
    const alone = scoreFromPage([{ staves: [upper], braces: [] }]);
    expect(alone.bars).toHaveLength(2);
  });

  it('take a multi-bar rest apart that others do not share', () => {
    const score = scoreFromPage([
      {
        staves: [
          staff(`clef-G2 timeSignature-2/4 multirest-2 | note-C5_half |]`),
          staff(`clef-G2 timeSignature-2/4 note-C5_half | note-D5_half | note-E5_half |]`),
        ],
        braces: [],
      },
    ]);
    expect(score.bars.map(({ count }) => count)).toEqual([1, 1, 1]);
    expect(bars(score, 0).some((bar) => bar.irregular)).toBe(false);
    expect(bars(score, 0)[1]?.voices[0]?.events[0]?.fillsBar).toBe(true);
  });

  it('are absent from systems that leave them out, and come back as they were', () => {
    const piano = [staff(`clef-G2 note-C5_whole |`), staff(`clef-F4 note-C3_whole |`)];
    const pages = [
      [
        { staves: [staff('clef-G2 note-E5_whole |'), ...piano], braces: [[1, 2]] as [number, number][] },
        { staves: piano, braces: [[0, 1]] as [number, number][] },
      ],
    ];
    const score = scoreFromPages(pages);
    expect(score.parts.map(({ staves }) => staves.length)).toEqual([1, 2]);
    expect(bars(score, 0)[1]?.absent).toBe(true);
    expect(pagesFromScore(score).map((page) => page.map((staves) => staves.length))).toEqual([[3, 2]]);
  });
});

describe('whatever was read', () => {
  it('becomes a score: nothing, no bar lines, doubled bar lines, joins and endings that do not fit', () => {
    expect(scoreFromPage([])).toEqual({ parts: [], bars: [] });
    expect(scoreFromPage([{ staves: [[]], braces: [] }]).bars).toEqual([]);
    expect(scoreFromPage(systems('clef-G2')).bars).toEqual([]);
    expect(scoreFromPage(systems(`clef-G2 ${q(3)}`)).bars).toHaveLength(1);
    expect(scoreFromPage(systems(`| clef-G2 ${q(1)} | || ${q(1)} |`)).bars.map(({ right }) => right)).toEqual(
      ['barline-double', 'barline'],
    );
    const odd = [
      'chord',
      'ending-2-stop',
      'multirest-3',
      'note-half',
      'chord',
      'barline',
      'ending-1-start',
      'chord',
    ];
    const tokens = odd.map((name) =>
      name === 'note-half' ? { ...plainToken(name), pitch: 'C5', lift: 'none' } : plainToken(name),
    );
    const score = scoreFromPage([{ staves: [tokens], braces: [[0, 4]] }]);
    expect(score.bars).toHaveLength(2);
    expect(bars(score)[1]?.voices[0]?.events[0]?.notes[0]?.pitch).toBe('C5');
  });

  it('leaves out a clef within a line that is in force there anyway', () => {
    const text =
      'clef-F4 keySignature-CM timeSignature-2/4 note-C3_half barline clef-F4 note-D3_half barline clef-G2 note-C5_half barline';
    const score = scoreFromPage([{ staves: [readSemantic(text)], braces: [] }]);
    const signs = score.parts[0]?.staves[0]?.bars.map((bar) => bar.signs.map(({ name }) => name));
    expect(signs?.slice(1)).toEqual([[], ['clef-G2']]);
  });
});
