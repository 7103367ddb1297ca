import { XMLParser } from 'fast-xml-parser';

/** A note as it sounds in a MusicXML file. */
export interface SoundedNote {
  /** Staff counted from the top of the score, 0 first. */
  staff: number;
  /** Quarters from the beginning, repeats not played; a bar begins in all parts at once. */
  onset: number;
  /** Quarters as notated; 0 for a grace note. */
  duration: number;
  /** MIDI key number, 60 = middle C. */
  pitch: number;
}

/** A note and where its file writes it. */
export interface WrittenNote extends SoundedNote {
  /** Bar counted from the first of the score, 0 first. */
  bar: number;
  /** Quarters from the beginning of the bar. */
  beat: number;
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
export function readMusicXmlNotes(xml: string): WrittenNote[] {
  const root = parseXml(xml).find(({ name }) => name === 'score-partwise');
  if (!root) throw new Error('not a partwise MusicXML document');
  const notes: PlacedNote[] = [];
  const lengths: number[] = [];
  let staves = 0;
  for (const part of all(root, 'part')) {
    const read = readPart(part, staves);
    notes.push(...read.notes);
    read.lengths.forEach((length, bar) => {
      lengths[bar] = Math.max(lengths[bar] ?? 0, length);
    });
    staves += read.staves;
  }
  let end = 0;
  const starts = lengths.map((length) => {
    end += length;
    return end - length;
  });
  return notes.map((note) => ({ ...note, onset: (starts[note.bar] ?? 0) + note.beat }));
}

type PlacedNote = Omit<WrittenNote, 'onset'>;

/** A part's notes, the lengths of its bars in quarters, and how many staves it has. */
function readPart(
  part: Element,
  firstStaff: number,
): { notes: PlacedNote[]; lengths: number[]; staves: number } {
  const notes: PlacedNote[] = [];
  const lengths: number[] = [];
  let staves = 1;
  let divisions = 1;
  let transpose = 0;
  all(part, 'measure').forEach((measure, bar) => {
    let at = 0;
    let barEnd = 0;
    let chordBeat = at;
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
        const beat = chord ? chordBeat : at;
        const pitch = pitchOf(element);
        if (pitch !== undefined) {
          const staff = firstStaff + (number(element, 'staff') || 1) - 1;
          notes.push({ staff, bar, beat, duration: length, pitch: pitch + transpose });
        }
        if (!chord) {
          chordBeat = at;
          at += length;
        }
      }
      barEnd = Math.max(barEnd, at);
    }
    lengths.push(barEnd);
  });
  return { notes, lengths, staves };
}

function pitchOf(note: Element): number | undefined {
  const [pitch] = [...all(note, 'pitch'), ...all(note, 'unpitched')];
  if (!pitch) return undefined;
  const step = SEMITONES[text(pitch, 'step') || text(pitch, 'display-step')];
  const octave = text(pitch, 'octave') || text(pitch, 'display-octave');
  if (step === undefined || octave === '') return undefined;
  return 12 * (Number(octave) + 1) + step + number(pitch, 'alter');
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
