import { XMLParser } from 'fast-xml-parser';

/** A note as it sounds in a MusicXML file. */
export interface SoundedNote {
  /** Staff counted from the top of the score, 0 first. */
  staff: number;
  /** Quarters from the beginning, repeats not played. */
  onset: number;
  /** Quarters as notated; 0 for a grace note. */
  duration: number;
  /** MIDI key number, 60 = middle C. */
  pitch: number;
}

interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Element[];
  text: string;
}

const SEMITONES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/**
 * The notes of a partwise MusicXML document in the order of the file, each tied note by itself, unpitched ones by their display pitch.
 * @throws Error for text that is no partwise MusicXML.
 */
export function readMusicXmlNotes(xml: string): SoundedNote[] {
  const root = parseXml(xml).find(({ name }) => name === 'score-partwise');
  if (!root) throw new Error('not a partwise MusicXML document');
  const notes: SoundedNote[] = [];
  let staves = 0;
  for (const part of all(root, 'part')) {
    const read = readPart(part, staves);
    notes.push(...read.notes);
    staves += read.staves;
  }
  return notes;
}

function readPart(part: Element, firstStaff: number): { notes: SoundedNote[]; staves: number } {
  const notes: SoundedNote[] = [];
  let staves = 1;
  let divisions = 1;
  let transpose = 0;
  let barStart = 0;
  for (const measure of all(part, 'measure')) {
    let at = barStart;
    let barEnd = barStart;
    let chordOnset = at;
    for (const element of measure.children) {
      const length = number(element, 'duration') / divisions;
      if (element.name === 'attributes') {
        divisions = number(element, 'divisions') || divisions;
        staves = Math.max(staves, number(element, 'staves'));
        const [change] = all(element, 'transpose');
        if (change) transpose = number(change, 'chromatic') + 12 * number(change, 'octave-change');
      } else if (element.name === 'backup') at -= length;
      else if (element.name === 'forward') at += length;
      else if (element.name === 'note') {
        const chord = all(element, 'chord').length > 0;
        const onset = chord ? chordOnset : at;
        const pitch = pitchOf(element);
        if (pitch !== undefined) {
          const staff = firstStaff + (number(element, 'staff') || 1) - 1;
          notes.push({ staff, onset, duration: length, pitch: pitch + transpose });
        }
        if (!chord) {
          chordOnset = at;
          at += length;
        }
      }
      barEnd = Math.max(barEnd, at);
    }
    barStart = barEnd;
  }
  return { notes, staves };
}

function pitchOf(note: Element): number | undefined {
  const [pitch] = [...all(note, 'pitch'), ...all(note, 'unpitched')];
  if (!pitch) return undefined;
  const step = SEMITONES[text(pitch, 'step') || text(pitch, 'display-step')];
  const octave = text(pitch, 'octave') || text(pitch, 'display-octave');
  if (step === undefined || octave === '') return undefined;
  return 12 * (Number(octave) + 1) + step + number(pitch, 'alter');
}

/** How many notes each of two lists has, and how many of them both have. */
export interface NoteMatch {
  truth: number;
  reading: number;
  right: number;
}

/** Harmonic mean of precision and recall; 1 for two empty lists. */
export function f1({ truth, reading, right }: NoteMatch): number {
  return truth + reading === 0 ? 1 : (2 * right) / (truth + reading);
}

/** Notes that two files share by (staff, onset, sounding pitch), and by duration too. Grace notes count only where the truth has some. */
export function matchNotes(
  truth: readonly SoundedNote[],
  reading: readonly SoundedNote[],
): { onset: NoteMatch; duration: NoteMatch } {
  const graces = truth.some(({ duration }) => duration === 0);
  const counted = graces ? reading : reading.filter(({ duration }) => duration > 0);
  // Six decimals tell apart all fractions of a quarter that music has, and forgive how they were summed.
  const place = ({ staff, onset, pitch }: SoundedNote) => `${staff} ${onset.toFixed(6)} ${pitch}`;
  const whole = (note: SoundedNote) => `${place(note)} ${note.duration.toFixed(6)}`;
  const match = (key: (note: SoundedNote) => string): NoteMatch => ({
    truth: truth.length,
    reading: counted.length,
    right: shared(truth.map(key), counted.map(key)),
  });
  return { onset: match(place), duration: match(whole) };
}

function shared(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const key of a) left.set(key, (left.get(key) ?? 0) + 1);
  let count = 0;
  for (const key of b) {
    const rest = left.get(key) ?? 0;
    if (rest > 0) count++;
    left.set(key, rest - 1);
  }
  return count;
}

function all(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}

function text(element: Element, name: string): string {
  return all(element, name)[0]?.text ?? '';
}

/** The number in a child element; 0 where there is none. */
function number(element: Element, name: string): number {
  return Number(text(element, name)) || 0;
}

function parseXml(xml: string): Element[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
  });
  const nodes: unknown = parser.parse(xml);
  return elementsOf(nodes);
}

/** The parser's ordered form: a list of `{name: [children…], ':@': {attributes}}` and `{'#text': …}`. */
function elementsOf(nodes: unknown): Element[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown): Element[] => {
    if (typeof node !== 'object' || node === null) return [];
    const entries = Object.entries(node);
    const [name, content] = entries.find(([key]) => key !== ':@' && key !== '#text') ?? [];
    if (name === undefined) return [];
    return [
      { name, attributes: attributesOf(entries), children: elementsOf(content), text: textOf(content) },
    ];
  });
}

function attributesOf(entries: readonly [string, unknown][]): Record<string, string> {
  const [, attributes] = entries.find(([key]) => key === ':@') ?? [];
  if (typeof attributes !== 'object' || attributes === null) return {};
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)]));
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content
    .map((node: unknown) => {
      if (typeof node !== 'object' || node === null || !('#text' in node)) return '';
      return String(node['#text']);
    })
    .join('');
}
