import { VOCABULARY } from '../notation/token.ts';
import { childrenOf, type Element, idOf } from './mei-tree.ts';
import {
  type Base,
  type Event,
  type Grace,
  type Head,
  type Length,
  type Lift,
  type Note,
  type Span,
  ticksOf,
  type Voice,
} from './music.ts';

/** Something that the vocabulary cannot say; the bar of this staff is not used. */
export class Flaw extends Error {}

const BASE: Record<string, Base> = {
  breve: 'double_whole',
  '1': 'whole',
  '2': 'half',
  '4': 'quarter',
  '8': 'eighth',
  '16': 'sixteenth',
  '32': 'thirty_second',
  '64': 'sixty_fourth',
};
const LIFT: Record<string, Lift> = { s: '#', f: 'b', n: 'N', x: '##', ss: '##', ff: 'bb' };
const ARTIC: Record<string, string> = {
  stacc: 'staccato',
  stacciss: 'staccatissimo',
  ten: 'tenuto',
  acc: 'accent',
  marc: 'marcato',
};
const GRACE_BASES = new Set<Base>(['eighth', 'sixteenth', 'quarter']);

function flaw(message: string): never {
  throw new Flaw(message);
}

function lengthOf({ attributes }: Element): Length {
  const base = BASE[attributes.dur ?? ''] ?? flaw(`duration ${attributes.dur}`);
  const dots = Number(attributes.dots ?? 0);
  if (dots > 2) flaw('three dots');
  return { base, dots };
}

function liftOf(note: Element): Lift {
  const sign =
    childrenOf(note, 'accid').find((child) => child.attributes.accid)?.attributes.accid ??
    note.attributes.accid;
  return sign === undefined ? 'none' : (LIFT[sign] ?? flaw(`accidental ${sign}`));
}

function headOf(note: Element): Head {
  const { pname = '', oct = '', staff, visible } = note.attributes;
  if (staff !== undefined) flaw('a note on another staff');
  if (visible === 'false' || note.attributes['head.visible'] === 'false') flaw('a hidden note');
  const shape = note.attributes['head.shape'];
  if (shape !== undefined) flaw('an unusual notehead');
  const step = Number(oct) * 7 + 'cdefgab'.indexOf(pname);
  if (!(pname && step >= 0)) flaw('a note without a pitch');
  return { id: idOf(note), step, alter: 0, lift: liftOf(note), tied: false };
}

/** Articulations as one value of the mark branch; what it cannot say together is told by the first sign. */
function markOf(element: Element): string {
  const signs = childrenOf(element, 'artic').flatMap(({ attributes }) => (attributes.artic ?? '').split(' '));
  const names = [...new Set(signs.flatMap((sign) => ARTIC[sign] ?? []))];
  const pair = VOCABULARY.mark.find((mark) => {
    const parts = mark.split('+');
    return parts.length === 2 && names.length === 2 && parts.every((part) => names.includes(part));
  });
  return pair ?? names[0] ?? 'none';
}

function syllableOf(element: Element): Pick<Note, 'syllable'> {
  const verse = childrenOf(element, 'verse').find(({ attributes }) => (attributes.n ?? '1') === '1');
  const syllable = verse && childrenOf(verse, 'syl')[0];
  if (!syllable?.text) return {};
  return { syllable: { text: syllable.text, hyphen: syllable.attributes.con === 'd' } };
}

type Context = { tuplet: string; factor: number };

/** What reading one layer gathers. */
class LayerReader {
  readonly events: Event[] = [];
  readonly spans: Span[] = [];
  /** Grace notes that wait for their main note. */
  private graces: Grace[] = [];
  private onset = 0;

  constructor(private readonly barTicks: number) {}

  read(element: Element, context: Context): void {
    for (const child of element.children) this.readChild(child, context);
  }

  private readChild(child: Element, context: Context): void {
    switch (child.name) {
      case 'note':
      case 'chord':
        this.note(child, context);
        break;
      case 'rest':
        if (child.attributes.visible === 'false') this.gap(child, context);
        else this.rest(child, context);
        break;
      case 'space':
        this.gap(child, context);
        break;
      case 'mRest':
        this.barRest(child);
        break;
      case 'mSpace':
        this.onset = this.barTicks;
        break;
      case 'beam':
        this.span(child, context, { kind: 'beam' });
        break;
      case 'tuplet':
        this.tuplet(child, context);
        break;
      case 'graceGrp':
        this.read(child, context);
        break;
      case 'clef':
        this.events.push({ kind: 'clef', id: idOf(child), onset: this.onset, clef: clefName(child) });
        break;
      default:
        flaw(`<${child.name}> in a layer`);
    }
  }

  private span(
    child: Element,
    context: Context,
    kind: { kind: 'beam' } | { kind: 'tuplet'; id: string; ratio: string },
  ): void {
    const from = this.events.length;
    this.read(child, context);
    const to = this.events.length - 1;
    // A beam over grace notes alone is drawn with them.
    if (to > from || (to === from && kind.kind === 'tuplet')) this.spans.push({ ...kind, from, to });
  }

  private tuplet(child: Element, context: Context): void {
    const { num = '3', numbase = '2' } = child.attributes;
    const ratio = `${num}:${numbase}`;
    if (context.tuplet !== 'none') flaw('a tuplet in a tuplet');
    if (!VOCABULARY.tuplet.includes(ratio)) flaw(`a tuplet ${ratio}`);
    this.span(
      child,
      { tuplet: ratio, factor: Number(numbase) / Number(num) },
      { kind: 'tuplet', id: idOf(child), ratio },
    );
  }

  private advance(length: Length, context: Context): { onset: number; ticks: number } {
    const onset = this.onset;
    const ticks = ticksOf(length) * context.factor;
    this.onset += ticks;
    return { onset, ticks };
  }

  private note(element: Element, context: Context): void {
    const notes = element.name === 'chord' ? childrenOf(element, 'note') : [element];
    if (element.attributes.cue === 'true') flaw('a small note');
    if (element.attributes.staff !== undefined) flaw('a chord on another staff');
    const heads = notes.map(headOf).sort((a, b) => a.step - b.step);
    const length = lengthOf(element);
    if (element.attributes.grace !== undefined) {
      const slashed = element.attributes['stem.mod'] === '1slash';
      this.graces.push({ id: idOf(element), base: length.base, slashed, heads, slur: 'none' });
      return;
    }
    if (element.attributes['stem.mod'] !== undefined) flaw('a tremolo');
    const graces = this.graces.every((grace) => GRACE_BASES.has(grace.base)) ? this.graces : [];
    // Beamed grace notes carry no slash in our engraving.
    if (graces.length > 1) for (const grace of graces) grace.slashed = false;
    this.graces = [];
    const mark = [element, ...notes].map(markOf).find((name) => name !== 'none') ?? 'none';
    this.events.push({
      kind: 'note',
      id: idOf(element),
      length,
      ...this.advance(length, context),
      tuplet: context.tuplet,
      heads,
      graces,
      mark,
      slur: 'none',
      ...syllableOf(element),
    });
  }

  private rest(element: Element, context: Context): void {
    if (element.attributes.staff !== undefined) flaw('a rest on another staff');
    const length = lengthOf(element);
    this.events.push({
      kind: 'rest',
      id: idOf(element),
      length,
      ...this.advance(length, context),
      tuplet: context.tuplet,
      mark: 'none',
      wholeBar: false,
    });
  }

  private gap(element: Element, context: Context): void {
    const length = lengthOf(element);
    this.events.push({ kind: 'gap', length, ...this.advance(length, context), tuplet: context.tuplet });
  }

  private barRest(element: Element): void {
    if (element.attributes.visible === 'false') return;
    const length: Length = { base: 'whole', dots: 0 };
    const ticks = this.barTicks;
    this.events.push({
      kind: 'rest',
      id: idOf(element),
      length,
      onset: 0,
      ticks,
      tuplet: 'none',
      mark: 'none',
      wholeBar: true,
    });
    this.onset = ticks;
  }
}

/** Vocabulary name of an MEI clef. @throws Flaw for one that it lacks. */
export function clefName({ attributes }: Element): string {
  const { shape = '', line = '', dis } = attributes;
  const octave =
    dis === '8' ? (attributes['dis.place'] === 'above' ? '-8va' : '-8vb') : dis === undefined ? '' : '-?';
  const name = shape === 'perc' ? 'clef-percussion' : `clef-${shape}${line}${octave}`;
  return VOCABULARY.rhythm.includes(name) ? name : flaw(`the clef ${name}`);
}

/** One layer of a bar as a voice, or nothing if it shows no sign. @throws Flaw for what the vocabulary cannot say. */
export function readLayer(layer: Element, barTicks: number): Voice | undefined {
  const reader = new LayerReader(barTicks);
  reader.read(layer, { tuplet: 'none', factor: 1 });
  const { events, spans } = reader;
  return events.some((event) => event.kind !== 'gap') ? { events, spans } : undefined;
}
