import { describe, expect, it } from 'vitest';
import { f1, matchNotes, readMusicXmlNotes } from './musicxml-notes.ts';

const note = (step: string, octave: number, duration: number, more = '', before = '') =>
  `<note>${before}<pitch><step>${step}</step><octave>${octave}</octave></pitch><duration>${duration}</duration>${more}</note>`;

const score = (...measures: string[]) =>
  `<?xml version="1.0"?><score-partwise version="4.0"><part-list/><part id="P1">${measures
    .map((measure) => `<measure number="1">${measure}</measure>`)
    .join('')}</part></score-partwise>`;

const DIVISIONS = '<attributes><divisions>2</divisions><staves>2</staves></attributes>';

describe('notes of a MusicXML file', () => {
  it('have onsets in quarters through chords, voices, staves and bars', () => {
    const xml = score(
      `${DIVISIONS}${note('C', 4, 2)}${note('E', 4, 2, '', '<chord/>')}${note('D', 4, 2)}<backup><duration>4</duration></backup>` +
        `<forward><duration>1</duration></forward>${note('C', 3, 3, '<staff>2</staff>')}`,
      note('G', 4, 4),
    );
    expect(readMusicXmlNotes(xml)).toEqual([
      { staff: 0, onset: 0, duration: 1, pitch: 60 },
      { staff: 0, onset: 0, duration: 1, pitch: 64 },
      { staff: 0, onset: 1, duration: 1, pitch: 62 },
      { staff: 1, onset: 0.5, duration: 1.5, pitch: 48 },
      { staff: 0, onset: 2, duration: 2, pitch: 67 },
    ]);
  });

  it('match by staff, onset and pitch, and by duration', () => {
    const truth = readMusicXmlNotes(score(`${DIVISIONS}${note('C', 4, 2)}${note('D', 4, 2)}`));
    const reading = readMusicXmlNotes(
      score(`${DIVISIONS}${note('C', 4, 2)}${note('D', 4, 4)}${note('E', 4, 1)}`),
    );
    const { onset, duration } = matchNotes(truth, reading);
    expect(onset).toEqual({ truth: 2, reading: 3, right: 2 });
    expect(f1(onset)).toBeCloseTo(0.8);
    expect(duration.right).toBe(1);
    expect(f1({ truth: 0, reading: 0, right: 0 })).toBe(1);
  });

  it('leave grace notes out where the truth has none', () => {
    const truth = readMusicXmlNotes(score(`${DIVISIONS}${note('C', 4, 2)}`));
    const grace = '<note><grace/><pitch><step>B</step><octave>3</octave></pitch></note>';
    const reading = readMusicXmlNotes(score(`${DIVISIONS}${grace}${note('C', 4, 2)}`));
    expect(matchNotes(truth, reading).onset).toEqual({ truth: 1, reading: 1, right: 1 });
    expect(matchNotes(reading, truth).onset).toEqual({ truth: 2, reading: 1, right: 1 });
  });

  it('are refused where there is no MusicXML', () => {
    expect(() => readMusicXmlNotes('<html></html>')).toThrow('not a partwise MusicXML');
    expect(() => readMusicXmlNotes('plain text')).toThrow('not a partwise MusicXML');
  });
});
