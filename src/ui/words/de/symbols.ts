/** Symbols in German words, for example “Viertelnote, Fis 4, mit Haltebogen”. */
import type { Alternative } from '../../../inference/tromr/reading.ts';
import type { Token } from '../../../notation/token.ts';
import { type NoteNaming, noteName, type Signs } from '../../note-names.ts';
import type { Words } from '../../words.ts';

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

const SLURS: Record<string, string> = {
  start: 'Bindebogen beginnt',
  stop: 'Bindebogen endet',
  both: 'Bindebogen endet und beginnt',
};

function symbolWords(token: Token, naming: NoteNaming, alter?: number): string {
  const parts = [rhythmWords(token.rhythm)];
  if (token.pitch !== 'nonote')
    parts.push(pitchWords(token.pitch, naming, alter ?? printedAlter(token.lift)));
  if (token.lift === 'N') parts.push('Auflösungszeichen');
  if (token.tuplet !== 'none') parts.push(tupletWords(token.tuplet));
  if (token.mark !== 'none') parts.push(markWords(token.mark));
  if (token.tie === 'tie') parts.push('mit Haltebogen');
  if (token.slur !== 'none') parts.push(SLURS[token.slur] ?? token.slur);
  if (token.voice === '2') parts.push('untere Stimme');
  return parts.join(', ');
}

function alternativeWords(
  { branch, value }: Pick<Alternative, 'branch' | 'value'>,
  naming: NoteNaming,
): string {
  switch (branch) {
    case 'rhythm':
      return rhythmWords(value);
    case 'pitch':
      return value === 'nonote' ? 'keine Note' : `auf ${pitchWords(value, naming)}`;
    case 'lift':
      if (value === 'nonote') return 'keine Note';
      return value === 'none' ? 'kein Vorzeichen' : (LIFTS[value] ?? value);
    case 'tuplet':
      return value === 'none' ? 'keine Gruppe' : tupletWords(value);
    case 'mark':
      return value === 'none' ? 'kein Zeichen' : markWords(value);
    case 'tie':
      return value === 'tie' ? 'mit Haltebogen' : 'ohne Haltebogen';
    case 'slur':
      return value === 'none' ? 'kein Bindebogen' : (SLURS[value] ?? value);
    case 'voice':
      return value === '2' ? 'untere Stimme' : 'obere Stimme';
  }
}

function rhythmWords(rhythm: string): string {
  const sign = SIGNS[rhythm];
  if (sign) return sign;
  const dash = rhythm.indexOf('-');
  const [family, value] = dash < 0 ? [rhythm, ''] : [rhythm.slice(0, dash), rhythm.slice(dash + 1)];
  switch (family) {
    case 'note':
      return durationWords(value, 'Note');
    case 'rest':
      return durationWords(value, 'Pause');
    case 'gracenote': {
      const kind = value.endsWith('-slashed') ? 'Kurzer Vorschlag' : 'Vorschlag';
      return `${kind}, ${durationWords(value.replace('-slashed', ''), 'Note')}`;
    }
    case 'multirest':
      return `${value} Takte Pause`;
    case 'clef':
      return clefWords(value);
    case 'keySignature':
      return keyWords(value);
    case 'timeSignature':
      return `Taktart ${value}`;
    default:
      return rhythm;
  }
}

/** “Viertelnote”, “Halbe Note”, “Punktierte Achtelpause”. */
function durationWords(value: string, noun: 'Note' | 'Pause'): string {
  const name = DURATIONS[value.replace(/\.+$/, '')] ?? value;
  const whole = name.endsWith('e') ? `${name} ${noun}` : `${name}${noun.toLowerCase()}`;
  const dots = value.match(/\.+$/)?.[0].length ?? 0;
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

const KEYS = ['Cb', 'Gb', 'Db', 'Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#'];

function keyWords(major: string): string {
  const fifths = KEYS.indexOf(major.replace(/M$/, '')) - 7;
  if (fifths === 0) return 'Tonart ohne Vorzeichen';
  const count = Math.abs(fifths);
  return `Tonart mit ${count} ${fifths < 0 ? 'Be' : count === 1 ? 'Kreuz' : 'Kreuzen'}`;
}

function printedAlter(lift: string): number {
  return { '#': 1, '##': 2, b: -1, bb: -2 }[lift] ?? 0;
}

const SIGNS_OF_PITCH: Signs = ['Doppel-Be', 'Be', '', 'Kreuz', 'Doppelkreuz'];

function pitchWords(pitch: string, naming: NoteNaming, alter = 0): string {
  const name = noteName(pitch.slice(0, 1), alter, naming, SIGNS_OF_PITCH);
  return name.length === 1 ? `${name}${pitch.slice(1)}` : `${name} ${pitch.slice(1)}`;
}

function tupletWords(ratio: string): string {
  return TUPLETS[ratio] ?? ratio.split(':').join(' gegen ');
}

function markWords(mark: string): string {
  return mark
    .split('+')
    .map((one) => MARKS[one] ?? one)
    .join(' und ');
}

export const symbols: Words['symbols'] = {
  symbol: symbolWords,
  alternative: alternativeWords,
  rhythm: rhythmWords,
  pitch: pitchWords,
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
};
