import type { BeamValue } from './beams.ts';
import { partValue, ratioOf } from './duration.ts';
import type { Note } from './score.ts';
import { element, textElement, type Xml } from './xml.ts';

const TYPES: Readonly<Record<string, string>> = {
  double_whole: 'breve',
  whole: 'whole',
  half: 'half',
  quarter: 'quarter',
  eighth: 'eighth',
  sixteenth: '16th',
  thirty_second: '32nd',
  sixty_fourth: '64th',
};

const ACCIDENTALS: Readonly<Record<string, string>> = {
  '#': 'sharp',
  b: 'flat',
  N: 'natural',
  '##': 'double-sharp',
  bb: 'flat-flat',
};

const ARTICULATIONS: Readonly<Record<string, string>> = {
  staccato: 'staccato',
  staccatissimo: 'staccatissimo',
  tenuto: 'tenuto',
  accent: 'accent',
  marcato: 'strong-accent',
};

const ORNAMENTS: Readonly<Record<string, string>> = { trill: 'trill-mark', turn: 'turn', mordent: 'mordent' };

/** What is the same for all notes of a chord, or for a rest. */
export interface EventFacts {
  /** In divisions; missing for grace notes. */
  duration?: number;
  grace?: { slashed: boolean };
  /** Printed value with dots; missing for a rest that fills its bar. */
  value?: string;
  tuplet: string;
  voice: number;
  /** Staff from 1; missing where the part has one. */
  staff?: number;
  stem?: 'up' | 'down';
  beams: readonly BeamValue[];
  tupletStart: boolean;
  tupletStop: boolean;
  percussion: boolean;
  /** Unprinted rests are hidden. */
  printed: boolean;
}

/** What a note is joined to. */
export interface NoteLinks {
  tieStart: boolean;
  tieStop: boolean;
  slurs: { type: 'start' | 'stop'; number: number }[];
}

export function restElement(id: string, facts: EventFacts, mark: string): Xml {
  const rest = element('rest', facts.value === undefined ? { measure: 'yes' } : {});
  const notations = notationsElement(tupletElements(facts), markElements([mark]));
  const attributes = { id, ...(facts.printed ? {} : { 'print-object': 'no' }) };
  return element(
    'note',
    attributes,
    rest,
    ...lengthElements(facts),
    ...afterTies(facts, undefined),
    notations,
  );
}

/** The notes of a chord from the bottom; what belongs to the whole chord is written at its first note. */
export function chordElements(
  notes: readonly Note[],
  facts: EventFacts,
  linksOf: (note: Note) => NoteLinks,
): Xml[] {
  const marks = [...new Set(notes.flatMap(({ mark }) => mark.split('+')))];
  return notes.map((note, i) => {
    const links = linksOf(note);
    const ties = [
      links.tieStop ? element('tie', { type: 'stop' }) : undefined,
      links.tieStart ? element('tie', { type: 'start' }) : undefined,
    ];
    const chord = i > 0 ? element('chord', {}) : undefined;
    const notations = notationsElement(
      tiedElements(links),
      links.slurs.map(({ type, number }) => element('slur', { type, number })),
      i === 0 ? tupletElements(facts) : [],
      i === 0 ? markElements(marks) : [],
    );
    return element(
      'note',
      { id: note.id },
      facts.grace && element('grace', facts.grace.slashed ? { slash: 'yes' } : {}),
      chord,
      pitchElement(note, facts.percussion),
      ...lengthElements(facts),
      ...ties,
      ...afterTies(i === 0 ? facts : { ...facts, beams: [] }, note),
      notations,
    );
  });
}

function pitchElement({ pitch, alter }: Note, percussion: boolean): Xml {
  const [step, octave] = [pitch.charAt(0), pitch.slice(1)];
  if (percussion)
    return element('unpitched', {}, textElement('display-step', step), textElement('display-octave', octave));
  return element(
    'pitch',
    {},
    textElement('step', step),
    alter === 0 ? undefined : textElement('alter', alter),
    textElement('octave', octave),
  );
}

function lengthElements({ duration }: EventFacts): Xml[] {
  return duration === undefined ? [] : [textElement('duration', duration)];
}

/** From voice to beams, in the schema's order. */
function afterTies(facts: EventFacts, note: Note | undefined): (Xml | undefined)[] {
  const { base, dots } = partValue(facts.value ?? '');
  const { actual, normal } = ratioOf(facts.tuplet);
  const accidental = note && ACCIDENTALS[note.lift];
  return [
    textElement('voice', facts.voice),
    facts.value === undefined ? undefined : textElement('type', TYPES[base] ?? 'quarter'),
    ...Array.from({ length: dots }, () => element('dot', {})),
    accidental === undefined ? undefined : textElement('accidental', accidental),
    facts.tuplet === 'none'
      ? undefined
      : element(
          'time-modification',
          {},
          textElement('actual-notes', actual),
          textElement('normal-notes', normal),
        ),
    note && facts.stem ? textElement('stem', facts.stem) : undefined,
    facts.staff === undefined ? undefined : textElement('staff', facts.staff),
    ...facts.beams.map((value, i) => textElement('beam', value, { number: i + 1 })),
  ];
}

function tiedElements({ tieStart, tieStop }: NoteLinks): Xml[] {
  return [
    ...(tieStop ? [element('tied', { type: 'stop' })] : []),
    ...(tieStart ? [element('tied', { type: 'start' })] : []),
  ];
}

function tupletElements({ tupletStart, tupletStop }: EventFacts): Xml[] {
  return [
    ...(tupletStart ? [element('tuplet', { type: 'start', number: 1 })] : []),
    ...(tupletStop ? [element('tuplet', { type: 'stop', number: 1 })] : []),
  ];
}

function markElements(marks: readonly string[]): Xml[] {
  const named = (names: Readonly<Record<string, string>>) =>
    marks.flatMap((mark) => names[mark] ?? []).map((name) => element(name, {}));
  const [ornaments, articulations] = [named(ORNAMENTS), named(ARTICULATIONS)];
  return [
    ...(ornaments.length > 0 ? [element('ornaments', {}, ornaments)] : []),
    ...(articulations.length > 0 ? [element('articulations', {}, articulations)] : []),
    ...(marks.includes('fermata') ? [element('fermata', {})] : []),
  ];
}

function notationsElement(...groups: readonly Xml[][]): Xml | undefined {
  const children = groups.flat();
  return children.length > 0 ? element('notations', {}, children) : undefined;
}
