import { parseMidi } from 'midi-file';
import { describe, expect, it } from 'vitest';
import type { SystemReading } from '../inference/tromr/reading.ts';
import { readMusicXmlNotes } from '../notation/musicxml-notes.ts';
import { readSemantic } from '../notation/semantic.ts';
import { writeScore } from './write-score.ts';

const LINE =
  'clef-G2 keySignature-GM timeSignature-2/4 note-F#4_quarter note-F4_quarter barline note-C5_half barline';

const PAGES: SystemReading[][] = [
  [
    {
      braces: [],
      staves: [
        {
          box: [0, 0, 100, 10],
          lines: [],
          source: 'reading',
          tokens: readSemantic(LINE).map((token) => ({ ...token, x: 0, y: 0, p: 1, alternatives: [] })),
        },
      ],
    },
  ],
];

const AS_READ = { transpose: 0, tempo: null };
const UP = { transpose: 3, tempo: 90 };

describe('files of a piece', () => {
  it('say what was read', async () => {
    expect(await writeScore(PAGES, 'semantic', '', AS_READ).text()).toBe(`${LINE}\n`);
  });

  it('are transposed, all of them, and keep the tempo that was set', async () => {
    expect(await writeScore(PAGES, 'semantic', '', UP).text()).toBe(
      'clef-G2 keySignature-BbM timeSignature-2/4 note-A4_quarter note-Ab4_quarter barline note-Eb5_half barline\n',
    );
    const xml = await writeScore(PAGES, 'musicxml', 'Étude', UP).text();
    expect(readMusicXmlNotes(xml).map(({ pitch }) => pitch)).toEqual([69, 68, 75]);
    expect(xml).toContain('<fifths>-2</fifths>');
    const midi = parseMidi(new Uint8Array(await writeScore(PAGES, 'mid', '', UP).arrayBuffer()));
    const keys = midi.tracks.flat().flatMap((event) => (event.type === 'noteOn' ? [event.noteNumber] : []));
    expect(keys).toEqual([69, 68, 75]);
    expect(midi.tracks.flat().find(({ type }) => type === 'setTempo')).toMatchObject({
      microsecondsPerBeat: 666667,
    });
  });
});
