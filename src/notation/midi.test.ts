import { type MidiEvent, parseMidi } from 'midi-file';
import { describe, expect, it } from 'vitest';
import { writeMidi } from './midi.ts';
import { perform } from './performance.ts';
import { scoreFromPage, scoreFromPages } from './score-from-tokens.ts';
import { readSemantic } from './semantic.ts';
import { generatedPages } from './testing/generated-pages.ts';
import { plainToken, type Token } from './token.ts';

function scoreOf(...lines: string[]) {
  return scoreFromPage(lines.map((line) => ({ staves: [readSemantic(line)], braces: [] })));
}

function notesOf(track: readonly MidiEvent[]): string[] {
  const notes: string[] = [];
  const open = new Map<number, { tick: number; velocity: number }[]>();
  let tick = 0;
  for (const event of track) {
    tick += event.deltaTime;
    if (event.type === 'noteOn') {
      open.set(event.noteNumber, [...(open.get(event.noteNumber) ?? []), { tick, velocity: event.velocity }]);
    }
    if (event.type === 'noteOff') {
      const [begun, ...rest] = open.get(event.noteNumber) ?? [];
      open.set(event.noteNumber, rest);
      if (begun) notes.push(`${begun.tick} ${tick - begun.tick} ${event.noteNumber} ${begun.velocity}`);
    }
  }
  expect([...open.values()].flat()).toEqual([]);
  return notes.sort();
}

describe('a performance', () => {
  it('joins tied notes into one, through bar lines', () => {
    const { notes, duration } = perform(
      scoreOf(
        'clef-G2 keySignature-CM timeSignature-2/4 note-F#4_half tie barline note-F#4_half tie barline note-F#4_half barline',
      ),
    );
    expect(notes.map(({ onset, duration: length, pitch }) => [onset, length, pitch])).toEqual([[0, 6, 66]]);
    expect(notes[0]?.notes).toHaveLength(3);
    expect(duration).toBe(6);
  });

  it('plays repeats out', () => {
    const tokens = readSemantic(
      'clef-G2 keySignature-CM timeSignature-2/4 note-C4_half barline note-D4_half barline',
    );
    const repeated = tokens.map(
      (token): Token => (token === tokens.at(-1) ? plainToken('repeat-end') : token),
    );
    const { notes, bars } = perform(scoreFromPage([{ staves: [repeated], braces: [] }]));
    expect(notes.map(({ onset, pitch }) => [onset, pitch])).toEqual([
      [0, 60],
      [2, 62],
      [4, 60],
      [6, 62],
    ]);
    expect(bars.map(({ bar, onset }) => [bar, onset])).toEqual([
      [0, 0],
      [1, 2],
      [0, 4],
      [1, 6],
    ]);
  });

  it('puts grace notes before their note, and never before the beginning', () => {
    const { notes } = perform(
      scoreOf(
        'clef-G2 keySignature-CM timeSignature-2/4 gracenote-B3_eighth note-C4_quarter gracenote-C4_eighth note-D4_quarter',
      ),
    );
    expect(notes.map(({ onset, pitch }) => [onset, pitch])).toEqual([
      [0, 59],
      [0, 60],
      [0.875, 60],
      [1, 62],
    ]);
  });

  it('counts a multi-bar rest in full', () => {
    const { notes } = perform(
      scoreOf('clef-G2 keySignature-CM timeSignature-3/4 multirest-4 barline note-C4_half. barline'),
    );
    expect(notes.map(({ onset }) => onset)).toEqual([12]);
  });
});

describe('a MIDI file', () => {
  it('holds what is played, whatever the music', () => {
    for (let seed = 0; seed < 6; seed++) {
      const score = scoreFromPages(generatedPages(seed));
      const file = parseMidi(writeMidi(score, { title: 'Étude in Ω' }));
      const ticks = file.header.ticksPerBeat ?? 0;
      const played = perform(score).notes.map((note) => {
        const start = Math.round(note.onset * ticks);
        const end = Math.max(start + 1, Math.round((note.onset + note.duration) * ticks));
        return `${start} ${end - start} ${note.pitch} ${note.velocity}`;
      });
      expect(
        file.tracks.slice(1).flatMap((track) => track.filter(({ type }) => type === 'noteOn')),
      ).toHaveLength(played.length);
      // Two voices may strike one key at once, and then which end belongs to which cannot be told.
      const starts = (notes: readonly string[]) =>
        notes.map((note) => note.replace(/^(\d+) \d+/, '$1')).sort();
      expect(starts(file.tracks.slice(1).flatMap(notesOf))).toEqual(starts(played));
    }
  }, 30_000);

  it('says tempo, metre and title', () => {
    const score = scoreOf(
      'clef-G2 keySignature-CM timeSignature-6/8 note-C4_half. barline timeSignature-3/4 note-C4_half. barline',
    );
    const [track] = parseMidi(writeMidi(score, { tempo: 90, title: 'Gigue' })).tracks;
    expect(track?.map((event) => event.type)).toEqual([
      'trackName',
      'setTempo',
      'timeSignature',
      'timeSignature',
      'endOfTrack',
    ]);
    expect(track?.[1]).toMatchObject({ microsecondsPerBeat: 666667 });
    expect(track?.[2]).toMatchObject({ numerator: 6, denominator: 8, metronome: 36 });
    expect(track?.[3]).toMatchObject({ deltaTime: 3 * 10080, numerator: 3, denominator: 4 });
  });

  it('is moved by transposing', () => {
    const score = scoreOf('clef-G2 keySignature-CM note-C4_whole barline');
    const [, track] = parseMidi(writeMidi(score, { transpose: -2 })).tracks;
    expect(track?.find((event) => event.type === 'noteOn')).toMatchObject({ noteNumber: 58 });
  });
});
