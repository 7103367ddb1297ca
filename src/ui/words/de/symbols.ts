/** Symbols in German words, for example “Viertelnote, Fis 4, mit Haltebogen”. */
import type { Words } from '../../words.ts';
import { symbolPhrases } from '../symbol-grammar.ts';

/** What stands before “note” or “Pause”; those that end in e are words of their own. */
const DURATIONS: Record<string, string> = {
  double_whole: 'Doppelganze',
  whole: 'Ganze',
  half: 'Halbe',
  quarter: 'Viertel',
  eighth: 'Achtel',
  sixteenth: 'Sechzehntel',
  thirty_second: 'Zweiunddreißigstel',
  sixty_fourth: 'Vierundsechzigstel',
};

const LIFTS: Record<string, string> = {
  '#': 'Kreuz',
  b: 'Be',
  N: 'Auflösungszeichen',
  '##': 'Doppelkreuz',
  bb: 'Doppel-Be',
};

const SIGNS: Record<string, string> = {
  barline: 'Taktstrich',
  'barline-double': 'Doppelstrich',
  'barline-final': 'Schlussstrich',
  'repeat-start': 'Wiederholung beginnt',
  'repeat-end': 'Wiederholung endet',
  'repeat-both': 'Wiederholung endet und beginnt',
  'ending-1-start': 'erster Schluss beginnt',
  'ending-1-stop': 'erster Schluss endet',
  'ending-2-start': 'zweiter Schluss beginnt',
  'ending-2-stop': 'zweiter Schluss endet',
  'clef-percussion': 'Schlagzeugschlüssel',
  'timeSignature-C': 'Viervierteltakt (C)',
  'timeSignature-C/': 'Alla breve',
};

const TUPLETS: Record<string, string> = {
  '3:2': 'Triole',
  '2:3': 'Duole',
  '4:3': 'Quartole',
  '5:4': 'Quintole',
  '6:4': 'Sextole',
  '7:4': 'Septole',
};

const MARKS: Record<string, string> = {
  staccato: 'Staccato',
  staccatissimo: 'Staccatissimo',
  tenuto: 'Tenuto',
  accent: 'Akzent',
  marcato: 'Marcato',
  fermata: 'Fermate',
  trill: 'Triller',
  turn: 'Doppelschlag',
  mordent: 'Mordent',
};

export const symbols: Words['symbols'] = symbolPhrases({
  signs: SIGNS,
  note: (value, dots) => durationWords(value, dots, 'Note'),
  rest: (value, dots) => durationWords(value, dots, 'Pause'),
  grace: (value, slashed) =>
    `${slashed ? 'Kurzer Vorschlag' : 'Vorschlag'}, ${durationWords(value, 0, 'Note')}`,
  restOfBars: (count) => `${count} Takte Pause`,
  clef: clefWords,
  key: keyWords,
  time: (metre) => `Taktart ${metre}`,
  signsOfPitch: ['Doppel-Be', 'Be', '', 'Kreuz', 'Doppelkreuz'],
  onPitch: (pitch) => `auf ${pitch}`,
  natural: 'Auflösungszeichen',
  accidental: (lift) => LIFTS[lift] ?? lift,
  tuplet: (ratio) => TUPLETS[ratio] ?? ratio.split(':').join(' gegen '),
  mark: markWords,
  slurs: {
    start: 'Bindebogen beginnt',
    stop: 'Bindebogen endet',
    both: 'Bindebogen endet und beginnt',
  },
  tied: 'mit Haltebogen',
  notTied: 'ohne Haltebogen',
  voices: { upper: 'obere Stimme', lower: 'untere Stimme' },
  none: {
    note: 'keine Note',
    accidental: 'kein Vorzeichen',
    tuplet: 'keine Gruppe',
    mark: 'kein Zeichen',
    slur: 'kein Bindebogen',
  },
  branches: {
    rhythm: 'Symbol',
    pitch: 'Tonhöhe',
    lift: 'Vorzeichen',
    tuplet: 'Gruppe',
    mark: 'Zeichen',
    tie: 'Haltebogen',
    slur: 'Bogen',
    voice: 'Stimme',
  },
});

/** “Viertelnote”, “Halbe Note”, “Punktierte Achtelpause”. */
function durationWords(value: string, dots: number, noun: 'Note' | 'Pause'): string {
  const name = DURATIONS[value] ?? value;
  const whole = name.endsWith('e') ? `${name} ${noun}` : `${name}${noun.toLowerCase()}`;
  const dotted = ['', 'Punktierte ', 'Doppelt punktierte '][dots] ?? '';
  return dotted && name.endsWith('e')
    ? dotted + whole.charAt(0).toLowerCase() + whole.slice(1)
    : dotted + whole;
}

function clefWords(value: string): string {
  const name: Record<string, string> = {
    G2: 'Violinschlüssel',
    'G2-8va': 'Violinschlüssel, Oktave höher',
    'G2-8vb': 'Violinschlüssel, Oktave tiefer',
    F4: 'Bassschlüssel',
    'F4-8vb': 'Bassschlüssel, Oktave tiefer',
    C3: 'Altschlüssel',
    C4: 'Tenorschlüssel',
  };
  return name[value] ?? `${value.slice(0, 1)}-Schlüssel auf Linie ${value.slice(1)}`;
}

function keyWords(fifths: number): string {
  if (fifths === 0) return 'Tonart ohne Vorzeichen';
  const count = Math.abs(fifths);
  return `Tonart mit ${count} ${fifths < 0 ? 'Be' : count === 1 ? 'Kreuz' : 'Kreuzen'}`;
}

function markWords(mark: string): string {
  return mark
    .split('+')
    .map((one) => MARKS[one] ?? one)
    .join(' und ');
}
