import { strToU8, zipSync } from 'fflate';
import { filled } from './filled.ts';
import { fraction, leastCommonMultiple } from './fraction.ts';
import { DRUMS, midiChannel } from './midi-channel.ts';
import { type AttributeChanges, attributesElement } from './musicxml-attributes.ts';
import { barContent, type PartContext } from './musicxml-measure.ts';
import type { NoteLinks } from './musicxml-note.ts';
import { percussionOf } from './percussion.ts';
import { type Ending, endingsOf, endsRepeat, startsRepeat } from './repeats.ts';
import type { Bar, Note, Part, Score } from './score.ts';
import { slursOf } from './slurs.ts';
import { tieTargets } from './ties.ts';
import { element, serializeXml, textElement, type Xml } from './xml.ts';

export interface MusicXmlOptions {
  title?: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const DOCTYPE =
  '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">\n';

/**
 * The score as a MusicXML 4.0 document. Notes keep their ids; bars that do not add up are written as they are, filled to a length
 * that programs can hold.
 */
export function writeMusicXml(score: Score, options: MusicXmlOptions = {}): string {
  const whole = filled(score);
  const parts = whole.parts.length > 0 ? whole.parts : [{ id: 'P1', staves: [{ bars: [] }] }];
  const bars: Bar[] = whole.bars.length > 0 ? whole.bars : [EMPTY_BAR];
  const links = score.parts.map((part) => noteLinks(part, score.bars));
  const endings = endingsOf(bars);
  const numbers = measureNumbers(bars);
  const root = element(
    'score-partwise',
    { version: '4.0' },
    options.title ? element('work', {}, textElement('work-title', options.title)) : undefined,
    element('identification', {}, element('encoding', {}, textElement('software', 'Scoreline'))),
    element('part-list', {}, partList(parts)),
    parts.map((part, i) => partElement(part, bars, endings, numbers, links[i] ?? NO_LINKS)),
  );
  return DECLARATION + DOCTYPE + serializeXml(root);
}

/** The score as compressed MusicXML. */
export function writeMxl(score: Score, options: MusicXmlOptions = {}): Uint8Array {
  const rootfile = { 'full-path': 'score.musicxml', 'media-type': 'application/vnd.recordare.musicxml+xml' };
  const container = element('container', {}, element('rootfiles', {}, element('rootfile', rootfile)));
  return zipSync({
    // The format asks for its type first and uncompressed.
    mimetype: [strToU8('application/vnd.recordare.musicxml'), { level: 0 }],
    'META-INF/container.xml': strToU8(DECLARATION + serializeXml(container)),
    'score.musicxml': strToU8(writeMusicXml(score, options)),
  });
}

const NO_LINKS = (): NoteLinks => ({ tieStart: false, tieStop: false, slurs: [] });

// A document must have a bar, even if the page had none.
const EMPTY_BAR: Bar = { count: 1, length: fraction(1), metre: 'inferred', time: '4/4', role: 'full' };

function partList(parts: readonly Part[]): Xml[] {
  return parts.flatMap((part, i) => {
    const opens = part.group !== undefined && parts[i - 1]?.group !== part.group;
    const closes = part.group !== undefined && parts[i + 1]?.group !== part.group;
    const number = { number: part.group ?? 1 };
    const name = parts.length === 1 ? 'Music' : `Part ${i + 1}`;
    return [
      ...(opens
        ? [
            element(
              'part-group',
              { type: 'start', ...number },
              textElement('group-symbol', 'bracket'),
              textElement('group-barline', 'yes'),
            ),
          ]
        : []),
      scorePart(part, name, i),
      ...(closes ? [element('part-group', { type: 'stop', ...number })] : []),
    ];
  });
}

/** A part with the instrument that programs ask for: a piano, or drums where the part begins in a percussion clef. */
function scorePart(part: Part, name: string, index: number): Xml {
  const drums = part.staves[0]?.bars[0]?.signs.some((sign) => sign.name === 'clef-percussion') ?? false;
  const id = `${part.id}-I1`;
  return element(
    'score-part',
    { id: part.id },
    textElement('part-name', name, { 'print-object': 'no' }),
    element('score-instrument', { id }, textElement('instrument-name', drums ? 'Drumset' : 'Piano')),
    element(
      'midi-instrument',
      { id },
      textElement('midi-channel', drums ? DRUMS + 1 : midiChannel(index) + 1),
      textElement('midi-program', 1),
    ),
  );
}

interface MeasureNumber {
  number: string;
  implicit: boolean;
}

/** Numbers of the first measures of the bars: a pick-up is 0, the second half of a split bar bears an X. */
function measureNumbers(bars: readonly Bar[]): MeasureNumber[] {
  let next = bars[0]?.role === 'pickup' ? 0 : 1;
  return bars.map((bar, i): MeasureNumber => {
    const half = bar.role === 'split' && isSecondHalf(bars, i);
    if (half) return { number: `X${next - 1}`, implicit: true };
    const number = { number: String(next), implicit: i === 0 && bar.role === 'pickup' };
    next += bar.count;
    return number;
  });
}

/** Split bars come in pairs: every other one is a second half. */
function isSecondHalf(bars: readonly Bar[], index: number): boolean {
  let run = 0;
  while (bars[index - run - 1]?.role === 'split') run++;
  return run % 2 === 1;
}

function partElement(
  part: Part,
  bars: readonly Bar[],
  endings: readonly Ending[],
  numbers: readonly MeasureNumber[],
  linksOf: (note: Note) => NoteLinks,
): Xml {
  const percussion = part.staves.map(percussionOf);
  const context: PartContext = { part, divisions: divisionsOf(part, bars), linksOf, percussion };
  let time: string | undefined;
  const measures = bars.flatMap((bar, i) => {
    const changes = startChanges(part, bars, i, time);
    time = changes.time?.name ?? time;
    if (i === 0) Object.assign(changes, { divisions: context.divisions, staves: part.staves.length });
    const content = barContent(context, bar, i);
    const first = Number(/\d+/.exec(numbers[i]?.number ?? '')?.[0] ?? i + 1);
    return Array.from({ length: bar.count }, (_, k) => {
      const attributes = k === 0 ? attributesElement(changes, part.staves.length) : undefined;
      return element(
        'measure',
        {
          number: k === 0 ? (numbers[i]?.number ?? first) : first + k,
          ...(numbers[i]?.implicit ? { implicit: 'yes' } : {}),
        },
        k === 0 ? printElement(bars, i) : undefined,
        k === 0 ? leftBarLine(bars, endings, i) : undefined,
        attributes,
        k === 0 ? content : withoutIds(content),
        k === bar.count - 1 ? rightBarLine(bars, endings, i) : undefined,
      );
    });
  });
  return element('part', { id: part.id }, measures);
}

/** Copies of a bar of rest must not bear one id twice. */
function withoutIds(content: readonly Xml[]): Xml[] {
  return content.map(({ name, attributes: { id: _, ...attributes }, content: inner }) => ({
    name,
    attributes,
    content: inner,
  }));
}

function startChanges(
  part: Part,
  bars: readonly Bar[],
  index: number,
  inForce: string | undefined,
): AttributeChanges {
  const signs = part.staves.flatMap((staff, i) =>
    (staff.bars[index]?.signs ?? [])
      .filter(({ at }) => at.n === 0)
      .map(({ name }) => ({ staff: i + 1, name })),
  );
  const ofKind = (kind: string) => lastOfStaff(signs.filter(({ name }) => name.startsWith(kind)));
  const bar = bars[index];
  const time = bar
    ? timeChange(
        bar,
        inForce,
        signs.some(({ name }) => name.startsWith('timeSignature-')),
      )
    : undefined;
  const [keys, clefs] = [ofKind('keySignature-'), ofKind('clef-')];
  const missing = (kind: { staff: number }[], name: string) =>
    index > 0
      ? []
      : part.staves.flatMap((_, i) =>
          kind.some(({ staff }) => staff === i + 1) ? [] : [{ staff: i + 1, name }],
        );
  return {
    keys: [...keys, ...missing(keys, 'keySignature-CM')].sort((a, b) => a.staff - b.staff),
    clefs: [...clefs, ...missing(clefs, 'clef-G2')].sort((a, b) => a.staff - b.staff),
    ...(time ? { time } : {}),
    ...(bar && bar.count > 1 ? { multipleRest: bar.count } : {}),
  };
}

function lastOfStaff<T extends { staff: number }>(signs: readonly T[]): T[] {
  return [...new Map(signs.map((sign) => [sign.staff, sign])).values()];
}

/**
 * A change of metre. In free time every bar gets, unseen, the metre that it fills, since programs that read it know no
 * music without metre; a metre that is only repeated is no change.
 */
function timeChange(bar: Bar, inForce: string | undefined, printed: boolean): AttributeChanges['time'] {
  const name = bar.time ?? fillingTime(bar);
  if (name === inForce) return undefined;
  return { name, shown: bar.metre === 'printed' && (printed || inForce !== undefined) };
}

function fillingTime({ length }: Bar): string {
  const unit = Math.max(4, length.d);
  return `${(length.n * unit) / length.d}/${unit}`;
}

function printElement(bars: readonly Bar[], index: number): Xml | undefined {
  const line = bars[index]?.line;
  if (!line || index === 0) return undefined;
  const before = bars.slice(0, index).findLast((bar) => bar.line)?.line;
  return element(
    'print',
    before && before.page !== line.page ? { 'new-page': 'yes' } : { 'new-system': 'yes' },
  );
}

function leftBarLine(bars: readonly Bar[], endings: readonly Ending[], index: number): Xml | undefined {
  const ending = endings.find(({ first }) => first === index);
  const repeat = startsRepeat(bars, index);
  if (!ending && !repeat) return undefined;
  return element(
    'barline',
    { location: 'left' },
    // An ending alone has a line of its own too, or MuseScore complains.
    textElement('bar-style', repeat ? 'heavy-light' : 'regular'),
    ending && element('ending', { number: ending.number, type: 'start' }),
    repeat ? element('repeat', { direction: 'forward' }) : undefined,
  );
}

function rightBarLine(bars: readonly Bar[], endings: readonly Ending[], index: number): Xml | undefined {
  const right = bars[index]?.right;
  const repeat = endsRepeat(bars, index);
  const ending = endings.find(({ last }) => last === index);
  const style = repeat ? 'light-heavy' : right === undefined ? 'none' : STYLES[right];
  if (!ending && style === undefined) return undefined;
  const type = repeat || right === 'barline-final' || right === 'barline-double' ? 'stop' : 'discontinue';
  return element(
    'barline',
    { location: 'right' },
    textElement('bar-style', style ?? 'regular'),
    ending && element('ending', { number: ending.number, type }),
    repeat ? element('repeat', { direction: 'backward' }) : undefined,
  );
}

const STYLES: Readonly<Record<string, string>> = {
  'barline-double': 'light-light',
  'barline-final': 'light-heavy',
};

/** Fewest divisions of a quarter in which every length and onset of a part is a whole number. */
function divisionsOf(part: Part, bars: readonly Bar[]): number {
  const times = part.staves.flatMap((staff) =>
    staff.bars.flatMap(({ voices, signs }) => [
      ...voices.flatMap(({ events }) => events.flatMap(({ onset, length }) => [onset, length])),
      ...signs.map(({ at }) => at),
    ]),
  );
  const quarters = [...times, ...bars.map(({ length }) => length)].map(({ n, d }) => fraction(4 * n, d));
  return quarters.reduce((divisions, { d }) => leastCommonMultiple(divisions, d), 1);
}

/** What every note of a part is tied and slurred to. */
function noteLinks(part: Part, bars: readonly Bar[]): (note: Note) => NoteLinks {
  const targets = new Map(part.staves.flatMap((staff) => [...tieTargets(staff, bars)]));
  const stops = new Set(targets.values());
  const slurs = new Map<string, NoteLinks['slurs']>();
  const addSlur = (id: string, type: 'start' | 'stop', number: number) =>
    slurs.set(id, [...(slurs.get(id) ?? []), { type, number }]);
  for (const { start, stop, number } of slursOf(part)) {
    addSlur(start, 'start', number);
    addSlur(stop, 'stop', number);
  }
  return ({ id }) => ({
    tieStart: targets.has(id),
    tieStop: stops.has(id),
    slurs: (slurs.get(id) ?? []).sort((a, b) => Number(a.type === 'start') - Number(b.type === 'start')),
  });
}
