import { VOCABULARY } from '../notation/token.ts';
import { placeClefs, takeClefs } from './mei-clefs.ts';
import { clefName, Flaw, readLayer } from './mei-layer.ts';
import { childrenOf, type Element, find, idOf, parseXml } from './mei-tree.ts';
import { metreTicks } from './metre.ts';
import { type Bar, type Metre, type Note, type StaffBar, WHOLE } from './music.ts';

/** A score as it was read: all of its bars and staves, and which of them cannot be used. */
export type Score = {
  staves: { clef: string; label?: string }[];
  braces: [number, number][];
  bars: ScoreBar[];
};

export type ScoreBar = Bar & {
  /** Why a staff of the bar cannot be used, by staff; a bar that breaks off altogether has a `cut`. */
  flaws: (string | undefined)[];
  cut?: string;
  /** Texts and signs of the bar, one staff each; `@` stands for the staff's number. */
  signs: { staff: number; mei: string }[];
};

const RIGHT: Record<string, Bar['right']> = {
  dbl: 'barline-double',
  end: 'barline-final',
  rptend: 'repeat-end',
  rptboth: 'repeat-end',
};
const ORNAMENTS = new Set(['fermata', 'trill', 'turn', 'mordent']);

function timeToken({ attributes }: Element): string {
  const { count, unit, sym } = attributes;
  const name = sym === 'common' ? 'C' : sym === 'cut' ? 'C/' : `${count}/${unit}`;
  return `timeSignature-${name}`;
}

function fifthsOf({ attributes }: Element): number {
  const [, count = '0', sign] = /^(\d+)([sf]?)$/.exec(attributes.sig ?? '0') ?? [];
  return sign === 'f' ? -Number(count) : Number(count);
}

function metreNamed(token: string): Metre {
  return { token, ticks: VOCABULARY.rhythm.includes(token) ? metreTicks(token) : WHOLE, beats: [] };
}

/** Reads Verovio's MEI of a score. @throws Flaw if the score as a whole cannot be used. */
export function readScore(mei: string): Score {
  const score = find(parseXml(mei), 'score');
  const definition = score && childrenOf(score, 'scoreDef')[0];
  if (!score || !definition) throw new Flaw('no score');
  return new ScoreReader(definition).read(score);
}

class ScoreReader {
  private readonly score: Score = { staves: [], braces: [], bars: [] };
  private readonly indexOf = new Map<string, number>();
  private readonly notes = new Map<string, { note: Note; bar: ScoreBar }>();
  private readonly heads = new Map<string, { tie: () => void; bar: ScoreBar }>();
  private clefs: string[] = [];
  private key = 0;
  private time = 'timeSignature-4/4';
  private newKey = false;
  private newTime = false;
  private cut: string | undefined;

  constructor(definition: Element) {
    this.group(definition);
    if (this.score.staves.length === 0) throw new Flaw('no staves');
    this.clefs = this.score.staves.map(({ clef }) => clef);
    const key = find(definition, 'keySig');
    const time = find(definition, 'meterSig');
    if (key) this.key = fifthsOf(key);
    if (time) this.time = timeToken(time);
  }

  read(score: Element): Score {
    for (const child of childrenOf(score, 'section')) this.section(child, undefined);
    this.connect(score);
    return this.score;
  }

  private group(element: Element): void {
    for (const child of element.children) {
      if (child.name === 'staffGrp') {
        const from = this.score.staves.length;
        this.group(child);
        const symbol = childrenOf(child, 'grpSym')[0]?.attributes.symbol ?? child.attributes.symbol;
        const to = this.score.staves.length - 1;
        if (symbol === 'brace' && to > from) this.score.braces.push([from, to]);
      } else if (child.name === 'staffDef') {
        const clef = find(child, 'clef');
        if (child.attributes.lines !== '5' || !clef) throw new Flaw('a staff without five lines or clef');
        this.indexOf.set(child.attributes.n ?? '', this.score.staves.length);
        const label = find(child, 'label')?.text;
        this.score.staves.push({ clef: clefName(clef), ...(label ? { label } : {}) });
      }
    }
  }

  private section(element: Element, ending: string | undefined): void {
    for (const child of element.children) {
      if (child.name === 'section') this.section(child, ending);
      else if (child.name === 'ending') this.ending(child);
      else if (child.name === 'scoreDef' || child.name === 'staffDef') this.change(child);
      else if (child.name === 'measure') this.measure(child);
    }
  }

  private ending(element: Element): void {
    const from = this.score.bars.length;
    this.section(element, element.attributes.n);
    const number = Number.parseInt(element.attributes.n ?? '', 10);
    const bars = this.score.bars.slice(from);
    bars.forEach((bar, i) => {
      if (number === 1 || number === 2)
        bar.ending = { number, opens: i === 0, closes: i === bars.length - 1 };
    });
  }

  private change(element: Element): void {
    const key = find(element, 'keySig');
    const time = find(element, 'meterSig');
    if (find(element, 'clef')) this.cut = 'a clef between bars';
    if (key && fifthsOf(key) !== this.key) {
      this.key = fifthsOf(key);
      this.newKey = true;
    }
    if (time && timeToken(time) !== this.time) {
      this.time = timeToken(time);
      this.newTime = true;
    }
  }

  private measure(element: Element): void {
    const { left, right } = element.attributes;
    const last = this.score.bars.at(-1);
    const bar: ScoreBar = {
      id: idOf(element),
      metre: metreNamed(this.time),
      key: this.key,
      newKey: this.newKey,
      newTime: this.newTime,
      left: left === 'rptstart' ? 'repeat-start' : 'none',
      right: RIGHT[right ?? ''] ?? 'barline',
      slurs: [],
      ties: [],
      distractions: [],
      staves: [],
      flaws: [],
      signs: [],
      ...(this.cut ? { cut: this.cut } : {}),
    };
    if (!VOCABULARY.rhythm.includes(this.time)) bar.cut = this.time;
    if (right === 'invis') bar.cut = 'an invisible bar line';
    this.newKey = false;
    this.newTime = false;
    this.cut = undefined;
    // A repeat that starts takes the place of a plain bar line; both signs of a double repeat are kept apart.
    if (bar.left === 'repeat-start' && last && last.right !== 'repeat-end') last.right = 'barline';
    this.score.staves.forEach((_, index) => {
      const staff = childrenOf(element, 'staff').find(
        ({ attributes }) => this.indexOf.get(attributes.n ?? '') === index,
      );
      try {
        bar.staves.push(this.staff(staff, bar, index, last));
        bar.flaws.push(undefined);
      } catch (error) {
        if (!(error instanceof Flaw)) throw error;
        bar.staves.push({ voices: [] });
        bar.flaws.push(error.message);
      }
    });
    this.signs(element, bar);
    this.score.bars.push(bar);
  }

  private staff(
    staff: Element | undefined,
    bar: ScoreBar,
    index: number,
    last: ScoreBar | undefined,
  ): StaffBar {
    if (!staff) throw new Flaw('a bar without this staff');
    const multi = find(staff, 'multiRest');
    if (multi) return { rests: Number(multi.attributes.num), id: idOf(multi) };
    const layers = childrenOf(staff, 'layer');
    let voices = layers.flatMap((layer) => readLayer(layer, bar.metre.ticks) ?? []);
    const clefs = takeClefs(voices);
    voices = voices.filter(({ events }) =>
      events.some((event) => event.kind === 'note' || event.kind === 'rest'),
    );
    if (voices.length > 2) throw new Flaw('more than two voices');
    if (voices.length === 2 && stemsDown(layers[0]) && !stemsDown(layers[1])) voices.reverse();
    const before = last?.staves[index];
    const voiceBefore = before && 'voices' in before ? before.voices[0] : undefined;
    this.clefs[index] = placeClefs(clefs, voices, voiceBefore, this.clefs[index] ?? 'clef-G2');
    for (const { events } of voices) {
      for (const event of events) {
        if (event.kind !== 'note') continue;
        this.notes.set(event.id, { note: event, bar });
        for (const head of event.heads) {
          this.notes.set(head.id, { note: event, bar });
          this.heads.set(head.id, {
            bar,
            tie: () => {
              head.tied = true;
            },
          });
        }
      }
    }
    return { voices };
  }

  /** Texts and signs that no token tells of, where they hang on a beat. */
  private signs(measure: Element, bar: ScoreBar): void {
    for (const { name, attributes, text } of measure.children) {
      const staff = this.indexOf.get(attributes.staff ?? '');
      const { tstamp, place = 'below' } = attributes;
      if (staff === undefined || tstamp === undefined) continue;
      const at = `staff="@" tstamp="${tstamp}" place="${place}"`;
      const words = text.trim();
      if (name === 'dynam' || name === 'dir' || name === 'tempo') {
        if (words)
          bar.signs.push({
            staff,
            mei: `<${name} ${at}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`,
          });
      } else if (name === 'hairpin' && attributes.tstamp2?.startsWith('0m'))
        bar.signs.push({
          staff,
          mei: `<hairpin ${at} tstamp2="${attributes.tstamp2}" form="${attributes.form ?? 'cres'}"/>`,
        });
      else if (name === 'pedal')
        bar.signs.push({
          staff,
          mei: `<pedal staff="@" tstamp="${tstamp}" dir="${attributes.dir ?? 'down'}"/>`,
        });
    }
  }

  /** Ties, slurs and ornaments, which MEI keeps outside the layers, go to their notes and bars. */
  private connect(element: Element): void {
    for (const child of element.children) {
      const from = child.attributes.startid?.slice(1) ?? '';
      const to = child.attributes.endid?.slice(1) ?? '';
      if (child.name === 'tie') {
        const head = this.heads.get(from);
        if (head && this.heads.has(to)) {
          head.tie();
          head.bar.ties.push({ from, to });
        }
      } else if (child.name === 'slur') {
        const start = this.notes.get(from);
        const stop = this.notes.get(to);
        if (start && stop && start.note !== stop.note)
          start.bar.slurs.push({ from: start.note.id, to: stop.note.id });
      } else if (ORNAMENTS.has(child.name)) {
        const start = this.notes.get(from);
        if (start) start.note.mark = child.name;
      }
      this.connect(child);
    }
  }
}

/** Whether most stems of a layer point down. */
function stemsDown(layer: Element | undefined): boolean {
  if (!layer) return false;
  const count = (element: Element, direction: string): number =>
    (element.attributes['stem.dir'] === direction ? 1 : 0) +
    element.children.reduce((sum, child) => sum + count(child, direction), 0);
  return count(layer, 'down') > count(layer, 'up');
}
