import { describe, expect, it } from 'vitest';
import { readMusicXmlNotes } from './musicxml-notes.ts';

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
      { staff: 0, bar: 0, beat: 0, onset: 0, duration: 1, pitch: 60 },
      { staff: 0, bar: 0, beat: 0, onset: 0, duration: 1, pitch: 64 },
      { staff: 0, bar: 0, beat: 1, onset: 1, duration: 1, pitch: 62 },
      { staff: 1, bar: 0, beat: 0.5, onset: 0.5, duration: 1.5, pitch: 48 },
      { staff: 0, bar: 1, beat: 0, onset: 2, duration: 2, pitch: 67 },
    ]);
  });

  it('begin their bar together in all parts, however long each part makes it', () => {
    const part = (...measures: string[]) =>
      `<part id="P">${measures.map((m) => `<measure>${m}</measure>`).join('')}</part>`;
    const divisions = '<attributes><divisions>1</divisions></attributes>';
    const parts = [
      part(divisions + note('C', 4, 5), note('D', 4, 4)),
      part(divisions + note('E', 3, 4), note('F', 3, 4)),
    ];
    const notes = readMusicXmlNotes(`<score-partwise>${parts.join('')}</score-partwise>`);
    expect(notes.map(({ staff, bar, onset }) => [staff, bar, onset])).toEqual([
      [0, 0, 0],
      [0, 1, 5],
      [1, 0, 0],
      [1, 1, 5],
    ]);
  });

  it('are refused where there is no MusicXML', () => {
    expect(() => readMusicXmlNotes('<html></html>')).toThrow('not a partwise MusicXML');
    expect(() => readMusicXmlNotes('plain text')).toThrow('not a partwise MusicXML');
  });
});
