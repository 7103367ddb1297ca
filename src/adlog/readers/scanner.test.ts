import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowScanner, type FieldSpans, rowTexts } from './delimited';
import { bucketOf, hashBytes, hashText, parseNumber, parseTime } from './hashing';

const encode = (text: string) => new TextEncoder().encode(text);

function scan(text: string, delimiter = ',', chunk = 1e9, skipped = 0): { texts: string[]; line: number }[] {
  const rows: { texts: string[]; line: number }[] = [];
  const takeRow = (row: FieldSpans) => rows.push({ texts: rowTexts(row), line: row.line });
  const scanner = createRowScanner(delimiter, 10, takeRow, { skipped });
  const bytes = encode(text);
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  scanner.end();
  return rows;
}

describe('the row scanner', () => {
  it('splits fields and rows, with either line break and with or without a last one', () => {
    expect(scan('a,b\r\n1,2\n3,').map((row) => row.texts)).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', ''],
    ]);
  });

  it('lets quoted fields hold delimiters and line breaks, and goes on counting lines', () => {
    const rows = scan('"x, y",1\n"two\nlines",2\nz,3\n');
    expect(rows.map((row) => row.texts[0])).toEqual(['x, y', 'two\nlines', 'z']);
    expect(rows.map((row) => row.line)).toEqual([1, 2, 4]);
  });

  it('takes a quote that does not close before a delimiter for a letter, so that rows below stay', () => {
    const rows = scan('5" screen,1\n"open,2\nx,3\n"say ""hi""",4\n');
    expect(rows.map((row) => row.texts)).toEqual([
      ['5" screen', '1'],
      ['"open', '2'],
      ['x', '3'],
      ['say ""hi""', '4'],
    ]);
  });

  it('leaves the mark before UTF-8 out, also before a quote', () => {
    for (const chunk of [1, 2, 100]) {
      expect(scan('\uFEFF"a",b\n1,2\n', ',', chunk)[0]?.texts).toEqual(['a', 'b']);
    }
  });

  it('skips empty lines but counts them', () => {
    expect(scan('a,b\n\n1,2\n').map((row) => row.line)).toEqual([1, 3]);
  });

  it('counts the lines that it is told to skip, whatever is in them', () => {
    for (const chunk of [1, 3, 100])
      expect(scan('\uFEFF# say "so,\n\n"x"y,\na,b\n1,2\n', ',', chunk, 3)).toEqual([
        { texts: ['a', 'b'], line: 4 },
        { texts: ['1', '2'], line: 5 },
      ]);
    expect(scan('# one\n# two', ',', 2, 5)).toEqual([]);
  });

  it('finds the same rows however the text is cut into chunks', () => {
    const field = fc.constantFrom('', '1', 'abc', '"q,\n"', 'é');
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, chunk) => {
          const text = rows.map((row) => row.join(',')).join('\n');
          expect(scan(text, ',', chunk)).toEqual(scan(text));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('fields', () => {
  it('hash ids of more than 53 bits apart, and the same from bytes and text', () => {
    expect(hashText('10000169349117863715')).not.toBe(hashText('10000169349117863716'));
    const bytes = encode('..id-7..');
    expect(hashBytes(bytes, 2, 6)).toBe(hashText('id-7'));
    expect(hashText('')).toBe(0);
  });

  it('fall into buckets that leave row 0 to the missing', () => {
    expect(bucketOf(0, 8)).toBe(0);
    expect(bucketOf(16, 8)).toBe(1);
  });

  it('are numbers where they can be', () => {
    const parse = (text: string) => parseNumber(encode(text), 0, encode(text).length);
    expect(['12', '-3', '0.5', '1e-3', ' 7 '].map(parse)).toEqual([12, -3, 0.5, 0.001, 7]);
    expect(['', '-', 'abc', '1,2'].map(parse)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });

  it('are times in the forms that logs use', () => {
    expect(parseTime('1494032110')).toBe(1494032110);
    expect(parseTime('1494032110000')).toBe(1494032110);
    expect(parseTime('14102100')).toBe(Date.UTC(2014, 9, 21, 0) / 1000);
    expect(parseTime('2019-11-24 00:01:03.979311+00:00')).toBeCloseTo(
      Date.UTC(2019, 10, 24, 0, 1, 3) / 1000 + 0.979311,
      5,
    );
    expect(parseTime('2019-11-24T02:00:00+02:00')).toBe(Date.UTC(2019, 10, 24) / 1000);
    expect(parseTime('2019-11-24')).toBe(Date.UTC(2019, 10, 24) / 1000);
    expect(parseTime('2019/11/24 06:00')).toBe(Date.UTC(2019, 10, 24, 6) / 1000);
    expect(parseTime('20191124')).toBe(Date.UTC(2019, 10, 24) / 1000);
    expect(parseTime('20191124060000')).toBe(Date.UTC(2019, 10, 24, 6) / 1000);
    expect(parseTime('1494032110000000')).toBe(1494032110);
    expect(parseTime('yesterday')).toBeNaN();
    expect(parseTime('24/11/2019')).toBeNaN();
    expect(parseTime('')).toBeNaN();
  });

  it('are times from the log’s own zero where they are small', () => {
    expect(parseTime('0')).toBe(0);
    expect(parseTime('86400')).toBe(86_400);
  });
});
