import { describe, expect, it } from 'vitest';
import { fitBars } from './fit-bars.ts';
import type { Alternative, ReadToken } from './read-token.ts';
import { readLine as read } from './testing/read-line.ts';

const triplet = (p: number): Alternative[] => [{ branch: 'tuplet', value: '3:2', p }];
const words = (tokens: readonly ReadToken[]) =>
  tokens
    .filter(({ pitch }) => pitch !== 'nonote')
    .map(({ rhythm, tuplet }) => `${rhythm.slice(5)} ${tuplet}`);

const IN_TWO = 'clef-G2 timeSignature-2/4';

describe('fitting bars', () => {
  it('completes a triplet of which one note was not seen to be in it', () => {
    const text = `${IN_TWO} note-C4_quarter note-C4_eighth(3:2) note-D4_eighth(3:2) note-E4_eighth barline note-C4_half barline`;
    const { tokens } = fitBars(read(text, { 5: triplet(0.2) }));
    expect(words(tokens).slice(1, 4)).toEqual(['eighth 3:2', 'eighth 3:2', 'eighth 3:2']);
    expect(tokens[5]?.alternatives).toEqual([{ branch: 'tuplet', value: 'none', p: 0.8 }]);
  });

  it('takes a fingering for what it is where the first note doubts the tuplet, and the others only say what follows from it', () => {
    const text = `${IN_TWO} note-C4_half barline note-C4_quarter(3:2) note-D4_quarter(3:2) barline note-C4_half barline`;
    const none: Alternative[] = [{ branch: 'tuplet', value: 'none', p: 0.19 }];
    const { tokens } = fitBars(read(text, { 4: none }));
    expect(words(tokens).slice(1, 3)).toEqual(['quarter none', 'quarter none']);
  });

  it('takes the value that fills the bar if the reader found it possible', () => {
    const quarter: Alternative[] = [{ branch: 'rhythm', value: 'note-quarter', p: 0.3 }];
    const text = `${IN_TWO} note-C4_half barline note-C4_quarter note-D4_eighth barline note-C4_half barline`;
    expect(words(fitBars(read(text, { 5: quarter })).tokens)).toEqual([
      'half none',
      'quarter none',
      'quarter none',
      'half none',
    ]);
  });

  it('doubts the beams of a run together, as they are misread for all of its notes', () => {
    const run = (value: string) => Array(8).fill(`note-C4_${value}`).join(' ');
    const sixteenth: Alternative[] = [{ branch: 'rhythm', value: 'note-sixteenth', p: 0.4 }];
    const text = `${IN_TWO} note-C4_half barline ${run('eighth')} barline note-C4_half barline`;
    expect(words(fitBars(read(text, { 6: sixteenth })).tokens).slice(1, 9)).toEqual(
      Array(8).fill('sixteenth none'),
    );
  });

  it('leaves a bar at a repeat that is full together with an upbeat', () => {
    const eighth: Alternative[] = [{ branch: 'rhythm', value: 'note-eighth', p: 0.4 }];
    const short = 'note-D4_sixteenth note-E4_eighth note-F4_sixteenth note-G4_eighth';
    const text = `${IN_TWO} note-C4_eighth barline note-C4_half barline ${short} repeat-end note-C4_eighth barline`;
    const tokens = read(text, { 6: eighth, 8: eighth });
    expect(fitBars(tokens).tokens).toEqual(tokens);
  });

  it('leaves a bar as it was read where nothing that the reader found possible fills it', () => {
    const text = `${IN_TWO} note-C4_half barline note-C4_quarter note-D4_eighth barline note-C4_half barline`;
    const tokens = read(text, { 5: [{ branch: 'rhythm', value: 'note-eighth.', p: 0.4 }] });
    expect(fitBars(tokens).tokens).toEqual(tokens);
  });

  it('leaves a bar that is full alone, whatever else its notes could be', () => {
    const tokens = read(`${IN_TWO} note-C4_quarter note-D4_quarter barline`, {
      2: triplet(0.45),
      3: triplet(0.45),
    });
    expect(fitBars(tokens).tokens).toEqual(tokens);
  });

  it('keeps the heads of a chord together', () => {
    const half: Alternative[] = [{ branch: 'rhythm', value: 'note-half', p: 0.4 }];
    const text = `${IN_TWO} note-C4_quarter|note-E4_quarter barline note-C4_half barline note-C4_half barline`;
    const tokens = read(text, { 2: half, 4: half });
    expect(words(fitBars(tokens).tokens).slice(0, 2)).toEqual(['half none', 'half none']);
  });

  it('goes by the length that most bars have where no metre is known, and says the metre in force at the end', () => {
    const bar = 'note-C4_half note-C4_quarter barline';
    const text = `clef-G2 ${bar} ${bar} note-C4_half note-D4_eighth barline ${bar}`;
    const doubt: Alternative[] = [{ branch: 'rhythm', value: 'note-quarter', p: 0.3 }];
    const fitted = fitBars(read(text, { 8: doubt }));
    expect(words(fitted.tokens)[5]).toBe('quarter none');
    expect(fitted.metre).toBeUndefined();
    expect(fitBars(read(`${text} timeSignature-3/4 note-C4_half. barline`), '4/4').metre).toBe('3/4');
  });
});
