import { type Box, emptyBox, extend, isEmpty, join, pathBox } from './svg-glyphs.ts';

/** What Verovio drew, in px of the SVG at its natural size. */
export type ScannedStaff = {
  id: string;
  /** y of the five lines, top to bottom, and their ends. */
  lines: number[];
  x0: number;
  x1: number;
  /** Signs drawn by Verovio itself before and after the bar's own content. */
  before: ScannedSign[];
  after: ScannedSign[];
};
export type ScannedSign = { kind: 'clef' | 'keySig' | 'meterSig'; box: Box };
export type ScannedMeasure = { id: string; staves: ScannedStaff[]; barLines: Box[] };
export type ScannedSystem = { measures: ScannedMeasure[]; endings: Box[] };
export type ScannedPage = {
  width: number;
  height: number;
  systems: ScannedSystem[];
  /** Box of each element with an id that draws glyphs of its own: heads, rests, clefs. */
  boxes: Map<string, Box>;
};

const TAG = /<(\/?)([a-z]+)([^>]*?)(\/?)>/g;
const glyphBoxes = new Map<string, Box>();

function attribute(text: string, name: string): string | undefined {
  const at = text.indexOf(`${name}="`);
  if (at < 0) return undefined;
  const from = at + name.length + 2;
  return text.slice(from, text.indexOf('"', from));
}

/** Boxes of the glyphs that the drawing defines, by the id that `use` refers to. */
function readGlyphs(defs: string): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const [, id = '', d = ''] of defs.matchAll(/<g id="([^"]*)">\s*<path[^>]* d="([^"]*)"/g)) {
    let box = glyphBoxes.get(d);
    if (!box) {
      const raw = pathBox(d);
      // Glyphs are drawn with y upwards.
      box = { x0: raw.x0, x1: raw.x1, y0: -raw.y1, y1: -raw.y0 };
      glyphBoxes.set(d, box);
    }
    boxes.set(id, box);
  }
  return boxes;
}

function boxOfUse(text: string, glyphs: Map<string, Box>): Box {
  const glyph = glyphs.get(attribute(text, 'href')?.slice(1) ?? '');
  const move = /translate\(([-\d.]+),\s*([-\d.]+)\)(?:\s*scale\(([-\d.]+),\s*([-\d.]+)\))?/.exec(text);
  if (!glyph || !move) return emptyBox();
  const [x, y, sx, sy] = [Number(move[1]), Number(move[2]), Number(move[3] ?? 1), Number(move[4] ?? 1)];
  return { x0: x + sx * glyph.x0, x1: x + sx * glyph.x1, y0: y + sy * glyph.y0, y1: y + sy * glyph.y1 };
}

function shapeBox(tag: string, text: string, glyphs: Map<string, Box>): Box {
  if (tag === 'use') return boxOfUse(text, glyphs);
  if (tag === 'path') return pathBox(attribute(text, ' d') ?? '');
  const box = emptyBox();
  if (tag === 'rect') {
    const [x, y, width, height] = [' x', ' y', ' width', ' height'].map((name) =>
      Number(attribute(text, name)),
    );
    extend(box, x ?? 0, y ?? 0);
    extend(box, (x ?? 0) + (width ?? 0), (y ?? 0) + (height ?? 0));
  }
  return box;
}

type Frame = { name: string; id: string };

const SIGNS = new Set(['clef', 'keySig', 'meterSig']);
/** Elements whose box is that of the glyphs directly within. */
const BOXED = new Set(['notehead', 'rest', 'mRest', 'multiRest', 'clef', 'meterSig', 'keyAccid']);

/** Reads one page of Verovio's SVG in a single pass, without a DOM. */
export function scanSvg(svg: string): ScannedPage {
  const defsEnd = svg.indexOf('</defs>');
  const glyphs = readGlyphs(svg.slice(0, defsEnd));
  const page: ScannedPage = { width: 0, height: 0, systems: [], boxes: new Map() };
  const [, width, height] = /<svg width="([\d.]+)px" height="([\d.]+)px"/.exec(svg) ?? [];
  page.width = Number(width);
  page.height = Number(height);
  const [, viewWidth] = /class="definition-scale"[^>]* viewBox="0 0 ([\d.]+) /.exec(svg) ?? [];
  const scale = page.width / Number(viewWidth ?? page.width);
  const body = svg.slice(svg.indexOf('class="page-margin"'));
  const [, marginX, marginY] = /translate\(([-\d.]+),\s*([-\d.]+)\)/.exec(body) ?? [];
  const [dx, dy] = [Number(marginX ?? 0), Number(marginY ?? 0)];
  const toPage = (b: Box): Box => ({
    x0: (b.x0 + dx) * scale,
    x1: (b.x1 + dx) * scale,
    y0: (b.y0 + dy) * scale,
    y1: (b.y1 + dy) * scale,
  });

  const stack: Frame[] = [];
  let system: ScannedSystem | undefined;
  let measure: ScannedMeasure | undefined;
  let staff: ScannedStaff | undefined;
  let sawLayer = false;
  let layers = 0;

  function open(text: string): void {
    const name = attribute(text, 'class')?.split(' ')[0] ?? '';
    const id = attribute(text, 'id') ?? '';
    stack.push({ name, id });
    if (name === 'system') {
      system = { measures: [], endings: [] };
      page.systems.push(system);
    } else if (name === 'measure') {
      measure = { id, staves: [], barLines: [] };
      system?.measures.push(measure);
    } else if (name === 'staff') {
      staff = { id, lines: [], x0: Infinity, x1: -Infinity, before: [], after: [] };
      sawLayer = false;
      measure?.staves.push(staff);
    } else if (name === 'layer') {
      sawLayer = true;
      layers++;
    } else if (SIGNS.has(name) && layers === 0 && staff) {
      const sign = { kind: name as ScannedSign['kind'], box: emptyBox() };
      (sawLayer ? staff.after : staff.before).push(sign);
    } else if (name === 'barLine') measure?.barLines.push(emptyBox());
    else if (name === 'voltaBracket') system?.endings.push(emptyBox());
  }

  function close(): void {
    const frame = stack.pop();
    if (frame?.name === 'layer') layers--;
    else if (frame?.name === 'staff') staff = undefined;
    else if (frame?.name === 'measure') measure = undefined;
  }

  function draw(tag: string, text: string): void {
    const top = stack.at(-1);
    if (!top) return;
    if (tag === 'path' && top.name === 'staff' && staff) {
      const line = toPage(pathBox(attribute(text, ' d') ?? ''));
      staff.lines.push(line.y0);
      staff.x0 = Math.min(staff.x0, line.x0);
      staff.x1 = Math.max(staff.x1, line.x1);
      return;
    }
    if (top.name === 'barLine') {
      const box = measure?.barLines.at(-1);
      if (box) join(box, toPage(shapeBox(tag, text, glyphs)));
      return;
    }
    if (top.name === 'voltaBracket') {
      const box = system?.endings.at(-1);
      if (box) join(box, toPage(shapeBox(tag, text, glyphs)));
      return;
    }
    if (!BOXED.has(top.name)) return;
    const box = toPage(shapeBox(tag, text, glyphs));
    if (layers === 0 && staff) {
      const sign = (sawLayer ? staff.after : staff.before).at(-1);
      if (sign) join(sign.box, box);
      return;
    }
    // A notehead and a key's accidental have no id of their own that matters: their parent's counts.
    const id = top.name === 'notehead' || top.name === 'keyAccid' ? (stack.at(-2)?.id ?? '') : top.id;
    const known = page.boxes.get(id);
    if (known) join(known, box);
    else page.boxes.set(id, box);
  }

  TAG.lastIndex = 0;
  for (const [, closing, tag = '', text = '', selfClosing] of body
    .slice(body.indexOf('>') + 1)
    .matchAll(TAG)) {
    if (tag === 'g') {
      if (closing) close();
      else {
        open(text);
        if (selfClosing) close();
      }
    } else if (!closing) draw(tag, text);
  }
  for (const scanned of page.systems)
    for (const { barLines } of scanned.measures) {
      const drawn = barLines.filter((box) => !isEmpty(box));
      barLines.splice(0, barLines.length, ...drawn);
    }
  return page;
}
