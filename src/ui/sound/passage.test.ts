import { describe, expect, it } from 'vitest';
import { perform } from '../../notation/performance.ts';
import { barOfSource, loopOfBars, momentOf, stopBefore, stopsOf } from './passage.ts';
import { scoreOf } from './testing.ts';

const score = scoreOf(
  'clef-G2 keySignature-CM timeSignature-2/4 note-C4_quarter note-D4_quarter repeat-end note-E4_quarter rest-quarter barline',
  'clef-F4 keySignature-CM timeSignature-2/4 note-C3_half repeat-end note-E3_half barline',
);
const performance = perform(score);
const at = (staff: number, token: number) => ({ page: 0, system: 0, staff, token });

describe('the stops of the cursor', () => {
  const stops = stopsOf(score, performance);

  it('are one for each onset, in the order of playing', () => {
    expect(stops.map((stop) => [stop.at, stop.bar])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 1],
      [5, 1],
    ]);
  });

  it('name what begins there on all staves', () => {
    expect(stops[0]?.sources.map(({ staff }) => staff)).toEqual([0, 1]);
    expect(stops[1]?.ids).toHaveLength(1);
    expect(stops[5]?.ids[0]).toMatch(/^e/);
  });

  it('are found by time', () => {
    expect([-1, 0, 0.9, 3.5, 99].map((time) => stopBefore(stops, time))).toEqual([-1, 0, 0, 3, 5]);
  });
});

describe('a loop', () => {
  it('runs from a bar to the end of another, as they are first played', () => {
    expect(loopOfBars(performance, 0, 0)).toEqual({ start: 0, end: 2 });
    expect(loopOfBars(performance, 1, 0)).toEqual({ start: 0, end: 6 });
    expect(loopOfBars(performance, 7, 9)).toBeNull();
  });
});

describe('a symbol', () => {
  it('has its moment: when it is first played, how long, and its keys', () => {
    const tokens = score.parts[0]?.staves[0]?.bars[0]?.voices[0]?.events ?? [];
    const source = tokens[1]?.notes[0]?.source;
    expect(source && momentOf(score, performance, source)).toEqual({
      bar: 0,
      span: { start: 1, end: 2 },
      keys: [62],
      staff: 0,
      percussion: false,
    });
    expect(momentOf(score, performance, at(0, 0))).toBeUndefined();
  });

  it('stands in a bar, signs and bar lines too', () => {
    expect([0, 2, 4, 6].map((token) => barOfSource(score, at(0, token)))).toEqual([0, 0, 0, 1]);
  });
});
