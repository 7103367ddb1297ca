import { describe, expect, it } from 'vitest';
import { parseSemantic, readSemantic, semanticLine, writeSemantic } from './semantic.ts';
import { CHORD, plainToken, type Token } from './token.ts';

const sign = plainToken;

function note(pitch: string, value = 'quarter', more: Partial<Token> = {}): Token {
  return { ...plainToken(`note-${value}`), pitch, lift: 'none', ...more };
}

function line(...tokens: Token[]): string {
  return semanticLine(tokens).line;
}

describe('semantic text', () => {
  it('starts every line with clef and key, C major if none is printed', () => {
    expect(line(sign('clef-F4'), sign('timeSignature-3/4'), note('C3'))).toBe(
      'clef-F4 keySignature-CM timeSignature-3/4 note-C3_quarter',
    );
    expect(line(note('C4'))).toBe('clef-G2 keySignature-CM note-C4_quarter');
    expect(line()).toBe('clef-G2 keySignature-CM');
  });

  it('applies the key signature, flats and sharps', () => {
    expect(line(sign('clef-G2'), sign('keySignature-AM'), note('F4'), note('C5'), note('D5'))).toBe(
      'clef-G2 keySignature-AM note-F#4_quarter note-C#5_quarter note-D5_quarter',
    );
    expect(line(sign('clef-G2'), sign('keySignature-CbM'), note('F4'), note('B4'))).toBe(
      'clef-G2 keySignature-CbM note-Fb4_quarter note-Bb4_quarter',
    );
  });

  it('carries an accidental through the bar at its octave only, and not beyond', () => {
    expect(
      line(note('F4', 'half', { lift: '##' }), note('F4'), note('F5'), sign('barline-double'), note('F4')),
    ).toBe(
      'clef-G2 keySignature-CM note-F##4_half note-F##4_quarter note-F5_quarter barline note-F4_quarter',
    );
  });

  it('lets a natural cancel the key for the rest of the bar', () => {
    expect(
      line(
        sign('keySignature-FM'),
        note('B4', 'half', { lift: 'N' }),
        note('B4'),
        sign('barline'),
        note('B4'),
      ),
    ).toBe('clef-G2 keySignature-FM note-B4_half note-B4_quarter barline note-Bb4_quarter');
  });

  it('carries the accidental of a tied note across the bar line to that note alone', () => {
    expect(line(note('A4', 'half', { lift: '#', tie: 'tie' }), sign('barline'), note('A4'), note('A4'))).toBe(
      'clef-G2 keySignature-CM note-A#4_half tie barline note-A#4_quarter note-A4_quarter',
    );
  });

  it('carries a tie into the other voice and past a grace note at the start of a bar', () => {
    const grace: Token = { ...note('A4'), rhythm: 'gracenote-eighth-slashed' };
    expect(
      line(
        note('A4', 'half', { lift: 'b', tie: 'tie', voice: '2' }),
        sign('barline'),
        { ...grace, pitch: 'G4' },
        note('A4'),
      ),
    ).toBe('clef-G2 keySignature-CM note-Ab4_half tie barline gracenote-G4_eighth note-Ab4_quarter');
  });

  it('keeps a tie of one voice while the other prints a sign on the same pitch', () => {
    expect(
      line(
        note('F4', 'half', { lift: '#', tie: 'tie', voice: '2' }),
        note('F4', 'quarter', { lift: 'N', voice: '1' }),
        note('F4', 'half', { voice: '2' }),
      ),
    ).toBe('clef-G2 keySignature-CM note-F#4_half tie note-F4_quarter note-F#4_half');
  });

  it('runs ties and clefs from a staff to the same staff of the next system', () => {
    const upper = [sign('clef-G2'), note('C5', 'whole', { lift: '#', tie: 'tie' })];
    const lower = [sign('clef-F4'), note('C3', 'whole')];
    expect(writeSemantic([upper, lower, [note('C5', 'whole')], [note('C3', 'whole')]], [2, 2])).toEqual([
      'clef-G2 keySignature-CM note-C#5_whole tie',
      'clef-F4 keySignature-CM note-C3_whole',
      'clef-G2 keySignature-CM note-C#5_whole',
      'clef-F4 keySignature-CM note-C3_whole',
    ]);
    expect(writeSemantic([lower, [note('C3', 'whole')]])[1]).toBe('clef-F4 keySignature-CM note-C3_whole');
  });

  it('joins the notes of one onset, with one tie after the whole chord', () => {
    expect(
      line(note('C4', 'quarter', { tie: 'tie' }), CHORD, note('E4'), CHORD, {
        ...sign('rest-half'),
        voice: '1',
      }),
    ).toBe('clef-G2 keySignature-CM note-C4_quarter|note-E4_quarter|rest-half tie');
  });

  it('lets one printed sign count for both voices of a shared head', () => {
    expect(line(note('G4', 'half', { voice: '2' }), CHORD, note('G4', 'quarter', { lift: '#' }))).toBe(
      'clef-G2 keySignature-CM note-G#4_half|note-G#4_quarter',
    );
  });

  it('writes ratios, rests, multi-bar rests, grace notes and every bar line, and no slurs, marks or endings', () => {
    expect(
      line(
        sign('repeat-start'),
        sign('ending-1-start'),
        note('C5', 'eighth.', { tuplet: '3:2', slur: 'start', mark: 'trill' }),
        { ...sign('rest-sixteenth'), tuplet: '3:2' },
        { ...note('C5'), rhythm: 'gracenote-sixteenth' },
        sign('multirest-12'),
        sign('ending-1-stop'),
        sign('repeat-both'),
        sign('clef-G2-8vb'),
        sign('keySignature-CM'),
        sign('timeSignature-C/'),
        note('C4', 'double_whole..'),
        sign('barline-final'),
      ),
    ).toBe(
      'clef-G2 keySignature-CM barline note-C5_eighth.(3:2) rest-sixteenth(3:2) gracenote-C5_sixteenth multirest-12 ' +
        'barline clef-G2-8vb keySignature-CM timeSignature-C/ note-C4_double_whole.. barline',
    );
  });

  it('ignores joins that join nothing', () => {
    expect(line(CHORD, note('C4'), CHORD, sign('barline'), CHORD, CHORD, note('D4'))).toBe(
      'clef-G2 keySignature-CM note-C4_quarter barline note-D4_quarter',
    );
  });

  it('is taken apart into symbols', () => {
    expect(parseSemantic('note-Bb4_eighth.(3:2)|note-D5_quarter tie')).toEqual([
      { kind: 'note', pitch: 'Bb4', value: 'eighth.', ratio: '3:2', joined: false },
      { kind: 'note', pitch: 'D5', value: 'quarter', ratio: '', joined: true },
      { kind: 'other', pitch: '', value: 'tie', ratio: '', joined: false },
    ]);
  });

  it('reads back to tokens that sound the same', () => {
    const text =
      'clef-F4 keySignature-EbM timeSignature-C note-Bb2_quarter|note-B3_quarter note-B3_quarter tie note-B3_quarter ' +
      'barline note-Bb3_half(3:2) note-F##3_quarter(3:2) tie barline note-F##3_quarter rest-eighth. multirest-3 barline';
    expect(line(...readSemantic(text))).toBe(text);
    expect(readSemantic('clef-G2 keySignature-CM note-C4_quarter').map(({ rhythm }) => rhythm)).toEqual([
      'clef-G2',
      'note-quarter',
    ]);
  });
});

describe('tokens whose branches contradict each other', () => {
  it('count for what their rhythm says', () => {
    expect(
      line(
        { ...plainToken('note-half'), voice: '1' },
        note('C5', 'half', { rhythm: 'rest-quarter' }),
        note('C5', 'half', { rhythm: 'barline' }),
        plainToken('gracenote-eighth'),
        note('C5'),
      ),
    ).toBe('clef-G2 keySignature-CM rest-half rest-quarter barline note-C5_quarter');
  });
});
