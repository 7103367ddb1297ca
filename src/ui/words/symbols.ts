/** Symbols in English words. */
import { symbolPhrases } from './symbol-grammar.ts';

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

export const symbols = symbolPhrases({
  signs: SIGNS,
  note: (value, dots) => `${durationWords(value, dots)} note`,
  rest: (value, dots) => `${durationWords(value, dots)} rest`,
  grace: (value, slashed) => `${slashed ? 'slashed ' : ''}grace note, ${durationWords(value, 0)}`,
  restOfBars: (count) => `rest of ${count} bars`,
  clef: clefWords,
  key: (fifths) => `key signature of ${keyWords(fifths)}`,
  time: (metre) => `time signature ${metre.replace('/', ' ')}`,
  signsOfPitch: ['double flat', 'flat', '', 'sharp', 'double sharp'],
  onPitch: (pitch) => `on ${pitch}`,
  natural: 'natural sign',
  accidental: (lift) => `${LIFTS[lift] ?? lift} sign`,
  tuplet: (ratio) => TUPLETS[ratio] ?? ratio.split(':').join(' in the time of '),
  mark: (mark) => mark.replace('+', ' and '),
  slurs: { start: 'slur begins', stop: 'slur ends', both: 'slur ends and begins' },
  tied: 'tied on',
  notTied: 'not tied',
  voices: { upper: 'upper voice', lower: 'lower voice' },
  none: {
    note: 'no note',
    accidental: 'no accidental',
    tuplet: 'no tuplet',
    mark: 'no mark',
    slur: 'no slur',
  },
  branches: {
    rhythm: 'Symbol',
    pitch: 'Pitch',
    lift: 'Accidental',
    tuplet: 'Tuplet',
    mark: 'Mark',
    tie: 'Tie',
    slur: 'Slur',
    voice: 'Voice',
  },
});

function durationWords(value: string, dots: number): string {
  return `${['', 'dotted ', 'double-dotted '][dots] ?? ''}${DURATIONS[value] ?? value}`;
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

function keyWords(fifths: number): string {
  if (fifths === 0) return 'naturals only';
  const count = Math.abs(fifths);
  return `${count} ${fifths > 0 ? 'sharp' : 'flat'}${count > 1 ? 's' : ''}`;
}
