import { describe, expect, it } from 'vitest';
import { scoreFromPage } from './score-from-tokens.ts';
import { readSemantic } from './semantic.ts';
import { tupletsOf } from './tuplets.ts';

/** First and last index of each tuplet among notes such as `eighth(3:2)`. */
function spans(values: string): number[][] {
  const line = `clef-G2 keySignature-CM ${values
    .split(' ')
    .map((value) => `note-C5_${value}`)
    .join(' ')} barline`;
  const score = scoreFromPage([{ staves: [readSemantic(line)], braces: [] }]);
  const events = score.parts[0]?.staves[0]?.bars[0]?.voices[0]?.events ?? [];
  return tupletsOf(events).map((ids) => ids.map((id) => events.findIndex((event) => event.id === id)));
}

const triplet = (values: string) =>
  values
    .split(' ')
    .map((value) => `${value}(3:2)`)
    .join(' ');

describe('tuplets', () => {
  it('end when they are whole, and the next begins', () => {
    expect(spans(triplet('eighth eighth eighth eighth eighth eighth'))).toEqual([
      [0, 2],
      [3, 5],
    ]);
    expect(spans(`quarter ${triplet('quarter eighth')} quarter`)).toEqual([[1, 2]]);
    expect(spans(triplet('eighth. sixteenth eighth quarter quarter quarter'))).toEqual([
      [0, 2],
      [3, 5],
    ]);
  });

  it('of other ratios are told apart', () => {
    expect(spans('eighth(3:2) eighth(3:2) eighth(3:2) eighth(2:3) eighth(2:3)')).toEqual([
      [0, 2],
      [3, 4],
    ]);
    expect(spans(`${Array(5).fill('sixteenth(5:4)').join(' ')} quarter`)).toEqual([[0, 4]]);
    expect(spans(Array(12).fill('sixteenth(6:4)').join(' '))).toEqual([
      [0, 5],
      [6, 11],
    ]);
  });

  it('that stay incomplete end where their notes end', () => {
    expect(spans(`${triplet('eighth eighth')} quarter`)).toEqual([[0, 1]]);
  });
});
