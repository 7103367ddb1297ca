import { describe, expect, it } from 'vitest';
import { agreeBarLines } from './agree-bar-lines.ts';
import { readLine } from './testing/read-line.ts';

const SPACE = 10;

/** A staff whose signs stand at these places, one after another. */
function staff(text: string, ...places: number[]) {
  return readLine(text)
    .filter(({ rhythm }) => !/^(clef|key)/.test(rhythm))
    .map((token, i) => ({ ...token, x: places[i] ?? 0 }));
}

const twoBars = staff('note-C5_whole barline note-D5_whole barline', 20, 100, 120, 200);

/** What the given staves say, once they agree. */
const agreed = (...staves: ReturnType<typeof staff>[]) =>
  agreeBarLines(staves, SPACE).map((tokens) =>
    tokens.map(({ rhythm }) => rhythm.replace('note-', '').replace('barline', '|')).join(' '),
  );

describe('the bar lines of a system', () => {
  it('lose one that a single staff shows within a bar of the usual length: it was a stem', () => {
    const stem = staff(
      'note-C4_half barline note-E4_half barline note-D4_whole barline',
      20,
      60,
      70,
      101,
      120,
      199,
    );
    expect(agreed(twoBars, stem, twoBars)[1]).toBe('half half | whole |');
  });

  it('lose such a one where a note was lost with it, if two staves do without', () => {
    const stem = staff(
      'note-C4_half barline note-E4_quarter barline note-D4_whole barline',
      20,
      60,
      70,
      101,
      120,
      199,
    );
    expect(agreed(twoBars, stem, twoBars)[1]).toBe('half quarter | whole |');
    expect(agreed(twoBars, stem)[1]).toBe('half | quarter | whole |');
  });

  it('keep one that a single staff shows between whole bars', () => {
    const own = staff(
      'note-C4_whole barline note-E4_whole barline note-D4_whole barline',
      20,
      60,
      70,
      101,
      120,
      199,
    );
    expect(agreed(twoBars, own, twoBars)[1]).toBe('whole | whole | whole |');
  });

  it('gain one that another staff shows in the middle of a bar of twice the length', () => {
    const without = staff('note-C4_half note-E4_half note-D4_whole barline', 20, 60, 120, 199);
    expect(agreed(twoBars, without, twoBars)[1]).toBe('half half | whole |');
    const elsewhere = staff('note-C4_half note-E4_half note-D4_whole barline', 20, 130, 160, 199);
    expect(agreed(twoBars, elsewhere)[1]).toBe('half half whole |');
  });

  it('gain one that all of several other staves show within a bar that is too long', () => {
    const without = staff('note-C4_half note-E4_quarter note-D4_whole barline', 20, 60, 120, 199);
    expect(agreed(twoBars, without, twoBars)[1]).toBe('half quarter | whole |');
    expect(agreed(twoBars, without)[1]).toBe('half quarter whole |');
  });

  it('stay as they are on a lone staff, and on two where no length of bars is usual', () => {
    const alone = staff(
      'note-C4_half barline note-E4_half barline note-D4_whole barline',
      20,
      60,
      70,
      101,
      120,
      199,
    );
    expect(agreed(alone)[0]).toBe('half | half | whole |');
    const short = staff('note-C4_half barline note-E4_half barline', 20, 60, 70, 101);
    expect(agreed(short, staff('note-C4_whole barline', 20, 101))[0]).toBe('half | half |');
  });
});
