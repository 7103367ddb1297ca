import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layAxis } from './axis.ts';
import { toCsv } from './csv.ts';
import { compact, count, figure, interval, percent, signed, unbroken } from './format.ts';
import { nearest, spreadLabels } from './label-places.ts';
import { nearestStop, type Stop, stopByKey } from './reading.ts';
import { readingText, readSeries, seriesTable } from './series-table.ts';
import { waterfallSpans } from './waterfall-chart.tsx';

describe('texts of figures', () => {
  it('show about three figures', () => {
    expect([0.0153, 0.153, 0.5, 0].map((share) => percent(share))).toEqual([
      '1.53 %',
      '15.3 %',
      '50.0 %',
      '0 %',
    ]);
    expect([0.00123, 1.234, 1234].map((value) => figure(value))).toEqual(['0.00123', '1.23', '1234']);
    expect([0.9996, 9.996, 0.09996].map((value) => figure(value))).toEqual(['1.00', '10.0', '0.100']);
    expect([999, 1200, 3_400_000].map(compact)).toEqual(['999', '1.20 k', '3.40 M']);
    expect(count(1234567)).toBe('1\u2009234\u2009567');
  });

  it('are not parted from their thousands and units where a sentence breaks', () => {
    expect(unbroken('1\u2009234 rows, 5.00 % (4 % to 6 %), 1.88 M')).toBe(
      '1\u2060\u2009\u2060234 rows, 5.00\u00A0% (4\u00A0% to 6\u00A0%), 1.88\u00A0M',
    );
  });

  it('write a true minus, no minus before nothing, and a dash for what does not exist', () => {
    expect(figure(-0.5)).toBe('\u22120.500');
    expect(figure(-0.0001, 2)).toBe('0.00');
    expect(signed(0.25)).toBe('+0.250');
    expect(percent(Number.NaN)).toBe('–');
    expect(interval(0.61, 0.54, 0.68, (share) => percent(share, 0))).toBe('61 % (54 % to 68 %)');
  });
});

describe('an axis', () => {
  it('runs from pixel to pixel over its values, rounded outwards', () => {
    const axis = layAxis({ title: 'x' }, [3, 97], 0, 100);
    expect(axis.domain).toEqual([0, 100]);
    expect(axis.at(25)).toBe(25);
    expect(axis.invert(50)).toBe(50);
    expect(axis.ticks.map(({ label }) => label)).toEqual(['0', '20', '40', '60', '80', '100']);
  });

  it('may be logarithmic, and leaves noughts off its ticks', () => {
    const axis = layAxis({ title: 'x', scale: 'log', domain: [1, 100] }, [], 0, 200);
    expect(axis.at(10)).toBeCloseTo(100, 6);
    const shares = layAxis({ title: 'x', format: (value) => percent(value, 2) }, [0, 1], 0, 100, 2);
    expect(shares.ticks.map(({ label }) => label)).toEqual(['0 %', '50 %', '100 %']);
  });

  it('holds without values and with a single one', () => {
    expect(layAxis({ title: 'x' }, [], 0, 10).domain).toEqual([0, 1]);
    expect(layAxis({ title: 'x' }, [null, 4], 0, 10).domain).toEqual([2, 6]);
  });

  it('does not reach further where there is room for few ticks alone', () => {
    const axis = layAxis({ title: 'x' }, [0.6, 2.2], 0, 100, 2);
    expect(axis.domain).toEqual([0.5, 2.5]);
    expect(axis.ticks.map(({ label }) => label)).toEqual(['1', '2']);
  });
});

describe('labels', () => {
  it('are moved apart, within their limits and in their order', () => {
    expect(spreadLabels([50, 51, 10], 10, 0, 100)).toEqual([50, 60, 10]);
    expect(spreadLabels([99, 98], 10, 0, 100)).toEqual([100, 90]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 9 }), (wanted) => {
        const places = spreadLabels(wanted, 10, 0, 100).toSorted((a, b) => a - b);
        places.forEach((place, i) => {
          expect(place).toBeGreaterThanOrEqual(-1e-9);
          expect(place).toBeLessThanOrEqual(100 + 1e-9);
          if (i > 0) expect(place - (places[i - 1] ?? 0)).toBeGreaterThan(10 - 1e-9);
        });
      }),
    );
  });

  it('are found by the nearest value', () => {
    expect(nearest([1, 5, 9], 6)).toBe(1);
    expect(nearest([], 6)).toBe(-1);
  });
});

describe('reading a chart by keyboard', () => {
  const walk = (stops: readonly Stop[], keys: string, { isList = false, at = -1 } = {}) =>
    keys.split(' ').map((key) => {
      const [name = '', shiftKey] = [key.replace('Shift+', ''), key.startsWith('Shift+')];
      at = stopByKey(stops, at, { key: name, shiftKey }, isList) ?? at;
      return at;
    });
  /** Two lines that cross; the points of the second are given from right to left. */
  const lines = [
    { line: 0, x: 0, y: 90 },
    { line: 0, x: 10, y: 50 },
    { line: 0, x: 20, y: 10 },
    { line: 1, x: 19, y: 60 },
    { line: 1, x: 9, y: 55 },
    { line: 1, x: 1, y: 40 },
  ];

  it('goes along a line from left to right, in whatever order its points are', () => {
    expect(walk(lines, 'ArrowRight ArrowRight ArrowRight ArrowRight')).toEqual([0, 1, 2, 2]);
    expect(walk(lines, 'ArrowRight ArrowRight ArrowLeft', { at: 5 })).toEqual([4, 3, 4]);
    expect(walk(lines, 'End Home', { at: 4 })).toEqual([3, 5]);
  });

  it('goes up and down to the nearest point of the next line, in the order of the right ends', () => {
    expect(walk(lines, 'ArrowDown ArrowDown ArrowUp', { at: 2 })).toEqual([3, 3, 2]);
    expect(walk(lines, 'ArrowUp ArrowDown ArrowDown', { at: 0 })).toEqual([0, 5, 5]);
  });

  it('reaches every point of every line', () => {
    const point = fc.record({ line: fc.nat(3), x: fc.nat(100), y: fc.nat(100) });
    fc.assert(
      fc.property(fc.uniqueArray(point, { minLength: 1, maxLength: 12 }), (stops) => {
        const reached = new Set([0]);
        for (const at of reached)
          for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])
            reached.add(stopByKey(stops, at, { key, shiftKey: false }) ?? at);
        expect(reached.size).toBe(stops.length);
      }),
    );
  });

  it('is up for on where there is one line alone, and down for on in a list', () => {
    const line = [0, 1, 2].map((x) => ({ line: 0, x, y: 0 }));
    expect(walk(line, 'ArrowUp ArrowUp ArrowDown End')).toEqual([0, 1, 0, 2]);
    const list = Array.from({ length: 30 }, (_, y) => ({ line: 0, x: 0, y }));
    expect(
      walk(list, 'ArrowDown ArrowDown ArrowUp PageDown Shift+ArrowDown PageUp', { isList: true }),
    ).toEqual([0, 1, 0, 10, 20, 10]);
  });

  it('leaves other keys, and charts without figures, alone', () => {
    expect(stopByKey(lines, 0, { key: 's', shiftKey: false })).toBeNull();
    expect(stopByKey([], -1, { key: 'ArrowRight', shiftKey: false })).toBeNull();
  });

  it('finds the figure under the pointer', () => {
    expect(nearestStop(lines, 11, 52)).toBe(1);
    expect(nearestStop([], 0, 0)).toBe(-1);
  });
});

describe('the table of a chart', () => {
  const x = { title: 'Day' };
  const y = { title: 'NE', unit: '%' };
  const series = [
    { id: 'a', name: 'one', tone: 'blue', y: [1, null], low: [0, null], high: [2, null] },
    { id: 'b', name: 'two', tone: 'ink', y: [3, 4] },
  ] as const;

  it('has a column for each line and its interval', () => {
    expect(seriesTable(x, y, [1, 2], series)).toEqual({
      columns: ['Day', 'one, %', 'one, low', 'one, high', 'two, %'],
      rows: [
        [1, 1, 0, 2, 3],
        [2, null, null, null, 4],
      ],
    });
  });

  it('is read in words at the nearest x', () => {
    const reading = readSeries([1, 2], series, 1.9);
    expect(reading.readings.map(({ value }) => value)).toEqual([null, 4]);
    expect(readingText(reading, x, y)).toBe('Day 1.90: one –, two 4.00 %');
    expect(readingText(readSeries([1, 2], series, null), x, y)).toBe('');
  });

  it('becomes CSV that a spreadsheet reads as it is', () => {
    const csv = toCsv({
      columns: ['a', 'b, c'],
      rows: [
        ['say "so"', 1.5],
        ['=1+1', null],
        [Number.NaN, 2],
      ],
    });
    expect(csv).toBe('a,"b, c"\r\n"say ""so""",1.5\r\n\'=1+1,\r\n,2\r\n');
  });
});

describe('a waterfall', () => {
  it('goes on where the step before ended', () => {
    expect(
      waterfallSpans([
        { label: 'early', value: 10, kind: 'start' },
        { label: 'clicks', value: 5, kind: 'change' },
        { label: 'cross-outs', value: -7, kind: 'change' },
        { label: 'final', value: 8, kind: 'total' },
      ]),
    ).toEqual([
      [0, 10],
      [10, 15],
      [15, 8],
      [0, 8],
    ]);
  });
});
