import { type BeamValue, beamsOf, graceBeams } from './beams.ts';
import { add, compare, type Fraction, larger, subtract, ZERO } from './fraction.ts';
import { barLength } from './metre.ts';
import { attributesElement } from './musicxml-attributes.ts';
import { chordElements, type EventFacts, type NoteLinks, restElement } from './musicxml-note.ts';
import {
  type Bar,
  type Event,
  type Grace,
  type Note,
  type Part,
  type Sign,
  type StaffBar,
  type Voice,
  wholeBarRest,
} from './score.ts';
import { tupletsOf } from './tuplets.ts';
import { element, textElement, type Xml } from './xml.ts';

/** What the writer of a part's bars knows of the whole part. */
export interface PartContext {
  part: Part;
  /** Divisions of a quarter. */
  divisions: number;
  linksOf: (note: Note) => NoteLinks;
  /** Of each staff: whether it is in a percussion clef at a time in a bar. */
  percussion: readonly ((bar: number, at: Fraction) => boolean)[];
}

/** Notes, rests, clef changes and moves in time of one bar of a part. */
export function barContent(context: PartContext, bar: Bar, index: number): Xml[] {
  const { part } = context;
  const written: Xml[] = [];
  const cursor = new Cursor(context.divisions, written);
  part.staves.forEach((staff, i) => {
    const content = staff.bars[index];
    if (!content) return;
    const place: StaffPlace = {
      bar,
      staff: part.staves.length > 1 ? i + 1 : undefined,
      index: i,
      percussion: (at) => context.percussion[i]?.(index, at) ?? false,
    };
    const later = content.signs.filter(({ at }) => compare(at, ZERO) > 0);
    const voices =
      content.voices.length > 0 ? content.voices : [wholeBarRest(`x${part.id}-${index}-${i}`, bar.length)];
    voices.forEach((voice, v) => {
      cursor.moveTo(ZERO, place, voiceNumber(place, voice));
      writeVoice(context, cursor, place, content, voice, v === 0 ? later : []);
    });
  });
  return written;
}

interface StaffPlace {
  bar: Bar;
  staff: number | undefined;
  index: number;
  percussion: (at: Fraction) => boolean;
}

// Voices of a staff are numbered apart from those of other staves: 1-4 on the first, 5-8 on the second.
function voiceNumber({ index }: StaffPlace, voice: Voice): number {
  return 4 * index + voice.number;
}

/** Where the writer is in the bar, in whole notes; moves are written as `<backup>` and `<forward>`. */
class Cursor {
  private at: Fraction = ZERO;
  private readonly divisions: number;
  private readonly written: Xml[];

  constructor(divisions: number, written: Xml[]) {
    this.divisions = divisions;
    this.written = written;
  }

  moveTo(at: Fraction, { staff }: StaffPlace, voice: number): void {
    const distance = compare(at, this.at);
    if (distance > 0) {
      const length = this.inDivisions(subtract(at, this.at));
      this.written.push(
        element(
          'forward',
          {},
          textElement('duration', length),
          textElement('voice', voice),
          staff === undefined ? undefined : textElement('staff', staff),
        ),
      );
    } else if (distance < 0) {
      const length = this.inDivisions(subtract(this.at, at));
      this.written.push(element('backup', {}, textElement('duration', length)));
    }
    this.at = at;
  }

  write(elements: readonly Xml[], length: Fraction = ZERO): void {
    this.written.push(...elements);
    this.at = add(this.at, length);
  }

  inDivisions(length: Fraction): number {
    return Math.round((length.n * 4 * this.divisions) / length.d);
  }
}

function writeVoice(
  context: PartContext,
  cursor: Cursor,
  place: StaffPlace,
  content: StaffBar,
  voice: Voice,
  signs: readonly Sign[],
): void {
  const number = voiceNumber(place, voice);
  const time = place.bar.time ?? '4/4';
  const shift = place.bar.role === 'pickup' ? subtract(barLength(time), place.bar.length) : ZERO;
  const beams = beamsOf(voice.events, time, larger(shift, ZERO));
  const tuplets = tupletsOf(voice.events);
  const stem = content.voices.length > 1 ? (voice.number === 1 ? 'up' : 'down') : undefined;
  const facts = (event: Event): EventFacts => ({
    duration: cursor.inDivisions(event.length),
    ...(event.fillsBar ? {} : { value: event.value }),
    tuplet: event.tuplet,
    voice: number,
    ...(place.staff === undefined ? {} : { staff: place.staff }),
    ...(stem ? { stem } : {}),
    beams: beams.get(event.id) ?? [],
    tupletStart: tuplets.some(([first]) => first === event.id),
    tupletStop: tuplets.some(([, last]) => last === event.id),
    percussion: place.percussion(event.onset),
    printed: !event.unprinted,
  });
  let waiting = [...signs].sort((a, b) => compare(a.at, b.at));
  const writeSigns = (until: Fraction) => {
    const due = waiting.filter(({ at }) => compare(at, until) <= 0);
    waiting = waiting.slice(due.length);
    for (const sign of due) {
      cursor.moveTo(sign.at, place, number);
      const changes = signElement(sign, place, context.part.staves.length);
      if (changes) cursor.write([changes]);
    }
  };
  for (const event of voice.events) {
    writeSigns(event.onset);
    cursor.moveTo(event.onset, place, number);
    cursor.write(graceElements(context, event.graces, event.onset, place, number));
    const notes =
      event.notes.length > 0
        ? chordElements(event.notes, facts(event), context.linksOf)
        : [restElement(event.id, facts(event), event.mark)];
    cursor.write(notes, event.length);
  }
  cursor.write(graceElements(context, voice.trailing, voice.events.at(-1)?.onset ?? ZERO, place, number));
  // A gap at the end of the first voice is written out: some programs take the end of that voice for the end of the bar.
  const end = voice === content.voices[0] ? place.bar.length : ZERO;
  writeSigns(larger(end, waiting.at(-1)?.at ?? ZERO));
  const last = voice.events.at(-1);
  const reached = last ? add(last.onset, last.length) : ZERO;
  if (compare(reached, end) < 0) cursor.moveTo(end, place, number);
}

function signElement(sign: Sign, place: StaffPlace, staffCount: number): Xml | undefined {
  const at = { staff: place.index + 1, name: sign.name };
  const clefs = sign.name.startsWith('clef-') ? [at] : [];
  const keys = sign.name.startsWith('keySignature-') ? [at] : [];
  return attributesElement({ clefs, keys }, staffCount);
}

function graceElements(
  { linksOf }: PartContext,
  graces: readonly Grace[],
  at: Fraction,
  place: StaffPlace,
  voice: number,
): Xml[] {
  const beams: Map<string, BeamValue[]> = graceBeams(graces);
  return graces.flatMap((grace) =>
    chordElements(
      grace.notes,
      {
        grace: { slashed: grace.slashed },
        value: grace.value,
        tuplet: 'none',
        voice,
        ...(place.staff === undefined ? {} : { staff: place.staff }),
        beams: beams.get(grace.id) ?? [],
        tupletStart: false,
        tupletStop: false,
        percussion: place.percussion(at),
        printed: true,
      },
      linksOf,
    ),
  );
}
