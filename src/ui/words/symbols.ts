/** Symbols in English words: the order of words is the language's own, so a language brings these functions along. */
import type { Alternative } from '../../inference/tromr/reading.ts';
import type { Token } from '../../notation/token.ts';
import { type NoteNaming, noteName, type Signs } from '../note-names.ts';

const DURATIONS: Record<string, string> = {
  double_whole: 'double whole',
  whole: 'whole',
  half: 'half',
  quarter: 'quarter',
  eighth: 'eighth',
  sixteenth: 'sixteenth',
  thirty_second: 'thirty-second',
  sixty_fourth: 'sixty-fourth',
};

const LIFTS: Record<string, string> = {
  '#': 'sharp',
  b: 'flat',
  N: 'natural',
  '##': 'double sharp',
  bb: 'double flat',
};

const SIGNS: Record<string, string> = {
  barline: 'bar line',
  'barline-double': 'double bar line',
  'barline-final': 'final bar line',
  'repeat-start': 'start of a repeat',
  'repeat-end': 'end of a repeat',
  'repeat-both': 'end and start of a repeat',
  'ending-1-start': 'first ending begins',
  'ending-1-stop': 'first ending ends',
  'ending-2-start': 'second ending begins',
  'ending-2-stop': 'second ending ends',
  'clef-percussion': 'percussion clef',
  'timeSignature-C': 'common time',
  'timeSignature-C/': 'cut time',
};

const TUPLETS: Record<string, string> = { '3:2': 'triplet', '2:3': 'duplet' };

/** For example “quarter note, F sharp 4, tied”. `alter` is the sounding alteration in semitones where it is known. */
function symbolWords(token: Token, naming: NoteNaming, alter?: number): string {
  const parts = [rhythmWords(token.rhythm)];
  if (token.pitch !== 'nonote')
    parts.push(pitchWords(token.pitch, naming, alter ?? printedAlter(token.lift)));
  if (token.lift === 'N') parts.push('natural sign');
  if (token.tuplet !== 'none') parts.push(tupletWords(token.tuplet));
  if (token.mark !== 'none') parts.push(markWords(token.mark));
  if (token.tie === 'tie') parts.push('tied on');
  if (token.slur !== 'none') parts.push(slurWords(token.slur));
  if (token.voice === '2') parts.push('lower voice');
  return parts.join(', ');
}

/** What a branch would say instead, for example “eighth note” or “no accidental”. */
function alternativeWords(
  { branch, value }: Pick<Alternative, 'branch' | 'value'>,
  naming: NoteNaming,
): string {
  switch (branch) {
    case 'rhythm':
      return rhythmWords(value);
    case 'pitch':
      return value === 'nonote' ? 'no note' : `on ${pitchWords(value, naming)}`;
    case 'lift':
      if (value === 'nonote') return 'no note';
      return value === 'none' ? 'no accidental' : `${LIFTS[value] ?? value} sign`;
    case 'tuplet':
      return value === 'none' ? 'no tuplet' : tupletWords(value);
    case 'mark':
      return value === 'none' ? 'no mark' : markWords(value);
    case 'tie':
      return value === 'tie' ? 'tied on' : 'not tied';
    case 'slur':
      return value === 'none' ? 'no slur' : slurWords(value);
    case 'voice':
      return value === '2' ? 'lower voice' : 'upper voice';
  }
}

/** Alternatives are told apart by what they would change. */
const BRANCH_WORDS: Record<Alternative['branch'], string> = {
  rhythm: 'Symbol',
  pitch: 'Pitch',
  lift: 'Accidental',
  tuplet: 'Tuplet',
  mark: 'Mark',
  tie: 'Tie',
  slur: 'Slur',
  voice: 'Voice',
};

function rhythmWords(rhythm: string): string {
  const sign = SIGNS[rhythm];
  if (sign) return sign;
  const dash = rhythm.indexOf('-');
  const [family, value] = dash < 0 ? [rhythm, ''] : [rhythm.slice(0, dash), rhythm.slice(dash + 1)];
  switch (family) {
    case 'note':
    case 'rest':
      return `${durationWords(value)} ${family}`;
    case 'gracenote':
      return `${value.endsWith('-slashed') ? 'slashed ' : ''}grace note, ${durationWords(value.replace('-slashed', ''))}`;
    case 'multirest':
      return `rest of ${value} bars`;
    case 'clef':
      return clefWords(value);
    case 'keySignature':
      return `key signature of ${keyWords(value)}`;
    case 'timeSignature':
      return `time signature ${value.replace('/', ' ')}`;
    default:
      return rhythm;
  }
}

function durationWords(value: string): string {
  const name = DURATIONS[value.replace(/\.+$/, '')] ?? value;
  const dots = value.match(/\.+$/)?.[0].length ?? 0;
  return `${['', 'dotted ', 'double-dotted '][dots] ?? ''}${name}`;
}

function clefWords(value: string): string {
  const name: Record<string, string> = {
    G2: 'treble clef',
    'G2-8va': 'treble clef, octave higher',
    'G2-8vb': 'treble clef, octave lower',
    F4: 'bass clef',
    'F4-8vb': 'bass clef, octave lower',
    C3: 'alto clef',
    C4: 'tenor clef',
  };
  return name[value] ?? `${value.slice(0, 1)} clef on line ${value.slice(1)}`;
}

const KEYS = ['Cb', 'Gb', 'Db', 'Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#'];

function keyWords(major: string): string {
  const fifths = KEYS.indexOf(major.replace(/M$/, '')) - 7;
  if (fifths === 0) return 'naturals only';
  const count = Math.abs(fifths);
  return `${count} ${fifths > 0 ? 'sharp' : 'flat'}${count > 1 ? 's' : ''}`;
}

function printedAlter(lift: string): number {
  return { '#': 1, '##': 2, b: -1, bb: -2 }[lift] ?? 0;
}

const SIGNS_OF_PITCH: Signs = ['double flat', 'flat', '', 'sharp', 'double sharp'];

/** `pitch` is a written step and octave, for example `F4`. */
function pitchWords(pitch: string, naming: NoteNaming, alter = 0): string {
  const name = noteName(pitch.slice(0, 1), alter, naming, SIGNS_OF_PITCH);
  // “F4” is one word, “F sharp 4” and “fa 4” are several.
  return name.length === 1 ? `${name}${pitch.slice(1)}` : `${name} ${pitch.slice(1)}`;
}

function tupletWords(ratio: string): string {
  return TUPLETS[ratio] ?? `${ratio.split(':').join(' in the time of ')}`;
}

function markWords(mark: string): string {
  return mark.replace('+', ' and ');
}

function slurWords(slur: string): string {
  return { start: 'slur begins', stop: 'slur ends', both: 'slur ends and begins' }[slur] ?? slur;
}

export const symbols = {
  symbol: symbolWords,
  alternative: alternativeWords,
  rhythm: rhythmWords,
  pitch: pitchWords,
  branches: BRANCH_WORDS,
};
