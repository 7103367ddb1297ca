import {
  type Bar,
  type Event,
  eventId,
  type Grace,
  type Head,
  type Length,
  type Note,
  type Piece,
  type Rest,
  type Span,
  type StaffBar,
  type Voice,
} from './music.ts';

const DUR: Record<string, string> = {
  double_whole: 'breve',
  whole: '1',
  half: '2',
  quarter: '4',
  eighth: '8',
  sixteenth: '16',
  thirty_second: '32',
  sixty_fourth: '64',
};
const ACCID: Record<string, string> = { '#': 's', b: 'f', N: 'n', '##': 'x', bb: 'ff' };
const ARTIC: Record<string, string> = {
  staccato: 'stacc',
  staccatissimo: 'stacciss',
  tenuto: 'ten',
  accent: 'acc',
  marcato: 'marc',
  'staccato+accent': 'stacc acc',
  'tenuto+accent': 'ten acc',
  'staccato+tenuto': 'stacc ten',
};
const ABOVE = new Set(['fermata', 'trill', 'turn', 'mordent']);
const RIGHT: Record<Bar['right'], string> = {
  barline: '',
  'barline-double': ' right="dbl"',
  'barline-final': ' right="end"',
  'repeat-end': ' right="rptend"',
};

const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Attributes of an MEI clef: `clef-G2-8vb` -> shape="G" line="2" dis="8" dis.place="below". */
export function clefAttributes(clef: string): string {
  if (clef === 'clef-percussion') return 'shape="perc"';
  const [, name = 'G2', octave] = clef.split('-');
  const attributes = `shape="${name.charAt(0)}" line="${name.charAt(1)}"`;
  if (!octave) return attributes;
  return `${attributes} dis="8" dis.place="${octave === '8va' ? 'above' : 'below'}"`;
}

/** `n="…"` values of an MEI key signature: 3 -> "3s", -2 -> "2f". */
export function keyValue(fifths: number): string {
  return fifths === 0 ? '0' : `${Math.abs(fifths)}${fifths > 0 ? 's' : 'f'}`;
}

function meterAttributes(token: string): string {
  const name = token.replace('timeSignature-', '');
  if (name === 'C') return 'sym="common" count="4" unit="4"';
  if (name === 'C/') return 'sym="cut" count="2" unit="2"';
  const [count, unit] = name.split('/');
  return `count="${count}" unit="${unit}"`;
}

function lengthAttributes({ base, dots }: Length): string {
  return ` dur="${DUR[base]}"${dots > 0 ? ` dots="${dots}"` : ''}`;
}

function headAttributes(head: Head): string {
  return `xml:id="${head.id}" pname="${'cdefgab'.charAt(head.step % 7)}" oct="${Math.floor(head.step / 7)}"`;
}

function accidental(head: Head): string {
  if (head.lift !== 'none')
    return `<accid accid="${ACCID[head.lift]}"${head.enclosed ? ' enclose="paren"' : ''}/>`;
  return head.alter === 0 ? '' : `<accid accid.ges="${['ff', 'f', 'n', 's', 'ss'][head.alter + 2]}"/>`;
}

/** A note or chord: `tag` holds duration and stem, `inner` what hangs on the whole (articulation, verse). */
function headsMei(id: string, heads: readonly Head[], attributes: string, inner: string): string {
  const [only] = heads;
  if (heads.length === 1 && only) {
    return `<note ${headAttributes(only)} ${attributes}>${accidental(only)}${inner}</note>`;
  }
  const notes = heads.map((head) => `<note ${headAttributes(head)}>${accidental(head)}</note>`).join('');
  return `<chord xml:id="${id}" ${attributes}>${notes}${inner}</chord>`;
}

function graceMei(graces: readonly Grace[]): string {
  if (graces.length === 0) return '';
  const notes = graces.map((grace) =>
    headsMei(
      grace.id,
      grace.heads,
      `dur="${DUR[grace.base]}" grace="${grace.slashed ? 'unacc' : 'acc'}"${grace.slashed ? ' stem.mod="1slash"' : ''}`,
      '',
    ),
  );
  const inner = graces.length > 1 ? `<beam>${notes.join('')}</beam>` : notes.join('');
  return graces.length > 1 ? `<graceGrp>${inner}</graceGrp>` : inner;
}

function noteMei(note: Note, stem: string): string {
  const artic = ARTIC[note.mark];
  const marks = artic
    ? artic
        .split(' ')
        .map((name) => `<artic artic="${name}"/>`)
        .join('')
    : '';
  const verse = note.syllable
    ? `<verse n="1"><syl${note.syllable.hyphen ? ' con="d" wordpos="i"' : ''}>${escapeText(note.syllable.text)}</syl></verse>`
    : '';
  return headsMei(note.id, note.heads, lengthAttributes(note.length) + stem, marks + verse);
}

function restMei(rest: Rest): string {
  if (rest.wholeBar) return `<mRest xml:id="${rest.id}"/>`;
  return `<rest xml:id="${rest.id}"${lengthAttributes(rest.length)}/>`;
}

function eventMei(event: Event, stem: string): string {
  if (event.kind === 'clef') return `<clef xml:id="${event.id}" ${clefAttributes(event.clef)}/>`;
  if (event.kind === 'gap') return `<space${lengthAttributes(event.length)}/>`;
  return event.kind === 'note' ? noteMei(event, stem) : restMei(event);
}

function opening(span: Span): string {
  if (span.kind === 'beam') return '<beam>';
  const [num, base] = span.ratio.split(':');
  return `<tuplet xml:id="${span.id}" num="${num}" numbase="${base}">`;
}

function layerMei(voice: Voice, n: number, stem: string): string {
  let out = `<layer n="${n}">`;
  // Wider spans first, a tuplet around a beam of the same extent.
  const spans = voice.spans.toSorted(
    (a, b) => b.to - b.from - (a.to - a.from) || (a.kind === 'tuplet' ? -1 : 1),
  );
  voice.events.forEach((event, i) => {
    // Grace notes stand before the beam that their main note opens, which engravers expect.
    const graces = event.kind === 'note' ? graceMei(event.graces) : '';
    if (spans.some((span) => span.from === i)) {
      out +=
        graces +
        spans
          .filter((span) => span.from === i)
          .map(opening)
          .join('') +
        eventMei(event, stem);
    } else out += graces + eventMei(event, stem);
    for (const span of spans.toReversed()) if (span.to === i) out += `</${span.kind}>`;
  });
  return `${out}</layer>`;
}

function staffMei(content: StaffBar, bar: Bar, n: number): string {
  const inner =
    'rests' in content
      ? `<layer n="1"><multiRest xml:id="${content.id}" num="${content.rests}"/></layer>`
      : content.voices
          .map((voice, i) =>
            layerMei(
              voice,
              i + 1,
              content.voices.length > 1 ? (i === 0 ? ' stem.dir="up"' : ' stem.dir="down"') : '',
            ),
          )
          .join('');
  return `<staff xml:id="${bar.id}s${n}" n="${n}">${inner}</staff>`;
}

/** Ornaments, ties and slurs: the signs of a bar that stand outside its layers. */
function controlMei(bar: Bar): string {
  let out = bar.distractions.join('');
  bar.staves.forEach((content, index) => {
    if ('rests' in content) return;
    for (const { events } of content.voices) {
      for (const event of events) {
        if (event.kind === 'clef' || event.kind === 'gap' || !ABOVE.has(event.mark)) continue;
        const id = event.kind === 'note' ? eventId(event) : event.id;
        out += `<${event.mark} startid="#${id}" staff="${index + 1}" place="above"/>`;
      }
    }
  });
  for (const { from, to } of bar.ties) out += `<tie startid="#${from}" endid="#${to}"/>`;
  for (const { from, to } of bar.slurs) out += `<slur startid="#${from}" endid="#${to}"/>`;
  return out;
}

function barMei(bar: Bar, index: number): string {
  const left = bar.left === 'repeat-start' ? ' left="rptstart"' : '';
  const staves = bar.staves.map((content, i) => staffMei(content, bar, i + 1)).join('');
  return `<measure xml:id="${bar.id}" n="${index + 1}"${left}${RIGHT[bar.right]}>${staves}${controlMei(bar)}</measure>`;
}

function changesMei(bar: Bar, cancelling: Piece['cancelling']): string {
  if (!bar.newKey && !bar.newTime) return '';
  const naturals = cancelling ? ` cancelaccid="${cancelling}"` : '';
  const key = bar.newKey ? `<keySig sig="${keyValue(bar.key)}"${naturals}/>` : '';
  const time = bar.newTime ? `<meterSig ${meterAttributes(bar.metre.token)}/>` : '';
  return `<scoreDef>${key}${time}</scoreDef>`;
}

function staffGroups(piece: Piece): string {
  const [first] = piece.bars;
  const key = first ? `<keySig sig="${keyValue(first.key)}"/>` : '';
  const time = first && !piece.hideTime ? `<meterSig ${meterAttributes(first.metre.token)}/>` : '';
  const defs = piece.staves.map(
    ({ clef, label }, i) =>
      `<staffDef n="${i + 1}" lines="5">${label ? `<label>${escapeText(label)}</label>` : ''}<clef ${clefAttributes(clef)}/>${key}${time}</staffDef>`,
  );
  let groups = '';
  for (let i = 0; i < defs.length; i++) {
    const brace = piece.braces.find(([from]) => from === i);
    if (brace) {
      groups += `<staffGrp symbol="brace" bar.thru="true">${defs.slice(brace[0], brace[1] + 1).join('')}</staffGrp>`;
      i = brace[1];
    } else groups += defs[i];
  }
  const symbol = piece.symbol === 'none' ? '' : ` symbol="${piece.symbol}"`;
  return `<staffGrp${symbol} bar.thru="${piece.barsThrough}">${groups}</staffGrp>`;
}

/** The piece as an MEI document whose xml:ids are the ids of the music. */
export function writeMei(piece: Piece): string {
  let section = '';
  piece.bars.forEach((bar, i) => {
    section += changesMei(bar, piece.cancelling);
    if (bar.ending?.opens) section += `<ending n="${bar.ending.number}">`;
    section += barMei(bar, i);
    if (bar.ending?.closes) section += '</ending>';
  });
  return `<?xml version="1.0" encoding="UTF-8"?><mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.1"><meiHead><fileDesc><titleStmt><title/></titleStmt><pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef>${staffGroups(piece)}</scoreDef><section>${section}</section></score></mdiv></body></music></mei>`;
}
