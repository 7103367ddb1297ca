/**
 * Where and how symbols are drawn over the photo. A mark stands at its symbol's place; its shapes are in staff spaces
 * from there, y downward, so that one transform turns and sizes it as the staff lies on the photo.
 */
import type { StaffPlace } from '../../inference/tromr/reading.ts';
import { type Group, groupTokens } from '../../notation/groups.ts';
import { isNote, type Token } from '../../notation/token.ts';
import { type Certainty, certaintyOf, isPrinted, type ShownToken } from './staves.ts';

export type Shape =
  | { kind: 'glyph'; name: string; x: number; y: number; scale: number }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; width: number }
  | { kind: 'curve'; x: number; y: number; width: number; bend: number }
  | { kind: 'dot'; x: number; y: number; r: number }
  | { kind: 'text'; x: number; y: number; text: string };

export type Mark = {
  shown: ShownToken;
  certainty: Certainty;
  x: number;
  y: number;
  /** Px of the photo to a staff space. */
  space: number;
  /** Slope of the staff here, degrees clockwise. */
  angle: number;
  /** Middle and half height of what is drawn, in spaces from the place: the ring of the selected symbol. */
  around: { y: number; r: number };
  shapes: Shape[];
};

/** The staff at one x of the photo: its middle line's y, the distance of two lines, and its slope. */
export type Frame = { middle: number; space: number; angle: number };

export function frameAt(place: StaffPlace, x: number): Frame {
  const top = place.lines[0] ?? [];
  const bottom = place.lines.at(-1) ?? [];
  const [, y, , height] = place.box;
  const at = (px: number) => ({
    top: lineAt(top, px) ?? y + height / 4,
    bottom: lineAt(bottom, px) ?? y + (3 * height) / 4,
  });
  const here = at(x);
  const space = Math.max((here.bottom - here.top) / 4, 1);
  const left = at(x - 2 * space);
  const right = at(x + 2 * space);
  const rise = (right.top + right.bottom - left.top - left.bottom) / 2;
  return {
    middle: (here.top + here.bottom) / 2,
    space,
    angle: (Math.atan2(rise, 4 * space) * 180) / Math.PI,
  };
}

/** y of a polyline at x, level beyond its ends. */
function lineAt(line: readonly [number, number][], x: number): number | null {
  const first = line[0];
  const last = line.at(-1);
  if (!first || !last) return null;
  if (x <= first[0]) return first[1];
  if (x >= last[0]) return last[1];
  const i = line.findIndex(([px]) => px >= x);
  const [x0, y0] = line[i - 1] ?? first;
  const [x1, y1] = line[i] ?? last;
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** The marks of one staff, in the order of its tokens. */
export function staffMarks(place: StaffPlace, shown: readonly ShownToken[]): Mark[] {
  const stems = stemsOf(place, shown);
  const marks: Mark[] = [];
  let clef = 'clef-G2';
  shown.forEach((one, i) => {
    const { token } = one;
    if (!isPrinted(token)) return;
    if (token.rhythm.startsWith('clef-')) clef = token.rhythm;
    const frame = frameAt(place, token.x);
    const isHead = isNote(token);
    const y = isHead ? token.y : frame.middle;
    const shapes = isHead
      ? headShapes(token, y, frame, stems.get(i))
      : signShapes(token, clef, (token.y - frame.middle) / frame.space);
    marks.push({
      shown: one,
      certainty: certaintyOf(token),
      x: token.x,
      y,
      space: frame.space,
      angle: frame.angle,
      around: { y: 0, r: isHead ? 1.3 : reachOf(token.rhythm) },
      shapes,
    });
  });
  return marks;
}

/** The shapes of a symbol by itself, around its place, notes with their stems up. */
export function symbolShapes(token: Token): Shape[] {
  if (!isNote(token)) return signShapes(token, 'clef-G2', 0);
  const stem = /whole/.test(token.rhythm) ? undefined : { reach: -STEM };
  return headShapes(token, 0, { middle: 0, space: 1, angle: 0 }, stem);
}

/** Half the height of a sign's ring, in spaces. */
function reachOf(rhythm: string): number {
  if (rhythm.startsWith('clef-')) return 2.2;
  return /^(rest|barline|repeat)/.test(rhythm) ? 1.4 : 1.8;
}

/** For each token whether its bar has a second voice. */
function twoVoices(tokens: readonly Token[]): boolean[] {
  const result: boolean[] = [];
  let bar: number[] = [];
  const close = () => {
    const two = bar.some((i) => tokens[i]?.voice === '2');
    for (const i of bar) result[i] = two;
    bar = [];
  };
  tokens.forEach((token, i) => {
    bar.push(i);
    if (token.rhythm.startsWith('barline') || token.rhythm.startsWith('repeat-')) close();
  });
  close();
  return result;
}

/** `reach`: from the head that carries it to the far end of the stem, in spaces, negative upward. */
type Stem = { reach: number };

const STEM = 3.2;

/**
 * Stems by the token that carries each: one for the heads of a voice, from the head farthest from its end. Short notes that
 * follow one another are beamed as a rule, and turn together, away from the head farthest from the middle line.
 */
function stemsOf(place: StaffPlace, shown: readonly ShownToken[]): Map<number, Stem> {
  const tokens = shown.map(({ token }) => token);
  const two = twoVoices(tokens);
  const stems = new Map<number, Stem>();
  for (const voice of ['1', '2']) {
    let run: Heads[] = [];
    const close = () => {
      const highest = Math.min(...run.map(({ top }) => top));
      const lowest = Math.max(...run.map(({ bottom }) => bottom));
      for (const heads of run) {
        const up = heads.isGrace || (heads.two ? voice === '1' : highest + lowest > 0.25);
        const length = heads.isGrace ? 0.7 * STEM : STEM;
        const spread = heads.bottom - heads.top;
        stems.set(up ? heads.lowest : heads.highest, { reach: up ? -spread - length : spread + length });
      }
      run = [];
    };
    for (const group of groupTokens(tokens)) {
      const heads = headsOf(group, voice, shown, place, two);
      if (heads && !heads.isShort) close();
      if (heads) run.push(heads);
      if (!heads?.isShort && group.kind !== 'grace') close();
    }
    close();
  }
  return stems;
}

/** The heads of one voice at one onset: the outer ones, and their heights from the middle line in spaces, downward. */
type Heads = {
  highest: number;
  lowest: number;
  top: number;
  bottom: number;
  isShort: boolean;
  isGrace: boolean;
  two: boolean;
};

function headsOf(
  { kind, members }: Group,
  voice: string,
  shown: readonly ShownToken[],
  place: StaffPlace,
  two: readonly boolean[],
): Heads | null {
  if (kind === 'sign') return null;
  const heads = members
    .filter(({ token }) => isNote(token) && token.voice === voice && !/whole/.test(token.rhythm))
    .map(({ index }) => {
      const { x = 0, y = 0 } = shown[index]?.token ?? {};
      const { middle, space } = frameAt(place, x);
      return { index, height: (y - middle) / space };
    })
    .sort((a, b) => a.height - b.height);
  const [first] = heads;
  const last = heads.at(-1);
  if (!first || !last) return null;
  return {
    highest: first.index,
    lowest: last.index,
    top: first.height,
    bottom: last.height,
    isShort: kind !== 'grace' && durationOf(shown[first.index]?.token.rhythm ?? '').name in BEAMS,
    isGrace: kind === 'grace',
    two: two[first.index] ?? false,
  };
}

const HEADS: Record<string, string> = {
  double_whole: 'headDoubleWhole',
  whole: 'headWhole',
  half: 'headHalf',
};
const BEAMS: Record<string, number> = { eighth: 1, sixteenth: 2, thirty_second: 3, sixty_fourth: 4 };

function durationOf(rhythm: string): { name: string; dots: number } {
  const value = rhythm.slice(rhythm.indexOf('-') + 1).replace('-slashed', '');
  return { name: value.replace(/\.+$/, ''), dots: value.length - value.replace(/\.+$/, '').length };
}

function glyph(name: string, x = 0, y = 0, scale = 1): Shape {
  return { kind: 'glyph', name, x, y, scale };
}

function line(x1: number, y1: number, x2: number, y2: number, width: number): Shape {
  return { kind: 'line', x1, y1, x2, y2, width };
}

function headShapes(token: Token, y: number, frame: Frame, stem: Stem | undefined): Shape[] {
  const grace = token.rhythm.startsWith('gracenote-');
  const size = grace ? 0.65 : 1;
  const { name, dots } = durationOf(token.rhythm);
  const shapes: Shape[] = [glyph(HEADS[name] ?? 'headBlack', 0, 0, size)];
  // Dots stand in a space: beside a head on a line they move up.
  const onLine = Math.round((frame.middle - y) / (frame.space / 2)) % 2 === 0;
  for (let i = 0; i < dots; i++)
    shapes.push({ kind: 'dot', x: 1.15 + 0.55 * i, y: onLine ? -0.5 : 0, r: 0.2 });
  if (token.lift !== 'none' && token.lift !== 'nonote') shapes.push(glyph(token.lift, -1.3 * size, 0, size));
  const up = stem ? stem.reach < 0 : false;
  if (stem) shapes.push(...stemShapes(stem.reach, size, BEAMS[name] ?? 0, token.rhythm.endsWith('-slashed')));
  if (token.tie === 'tie') shapes.push(tieShape(up || !stem));
  if (token.tuplet !== 'none') {
    const far = stem ? stem.reach + (up ? -0.7 : 1.5) : -1.6;
    shapes.push({ kind: 'text', x: 0, y: far, text: token.tuplet.split(':')[0] ?? '' });
  }
  if (token.mark !== 'none') shapes.push(...articulations(token.mark, up, stem?.reach ?? 0));
  return shapes;
}

function stemShapes(reach: number, size: number, beams: number, slashed: boolean): Shape[] {
  const up = reach < 0;
  const x = (up ? 0.58 : -0.58) * size;
  const shapes = [line(x, up ? -0.15 : 0.15, x, reach, 0.13)];
  // Beams of a single note: short strokes at the stem's end, as one writes them alone.
  for (let i = 0; i < beams; i++) {
    const y = reach + (up ? 0.22 : -0.22) + i * (up ? 0.75 : -0.75) * size;
    shapes.push(line(x, y, x + 0.95 * size, y, 0.42 * size));
  }
  if (slashed) shapes.push(line(x - 0.6, reach * 0.5, x + 0.6, reach * 0.8, 0.12));
  return shapes;
}

/** The beginning of a tie's curve, on the side away from the stem. */
function tieShape(below: boolean): Shape {
  const side = below ? 1 : -1;
  return { kind: 'curve', x: 0.45, y: 0.75 * side, width: 1.7, bend: 0.75 * side };
}

const ABOVE_STAFF = new Set(['fermata', 'trill', 'turn', 'mordent']);

function articulations(mark: string, stemUp: boolean, reach: number): Shape[] {
  return mark.split('+').map((name, i) => {
    if (ABOVE_STAFF.has(name)) return glyph(name, 0, Math.min(reach, 0) - 1.4);
    return glyph(name, 0, (stemUp ? 1 : -1) * (1.1 + 0.8 * i));
  });
}

const RESTS: Record<string, [string, number]> = {
  double_whole: ['restDoubleWhole', 0],
  whole: ['restWhole', -1],
  half: ['restHalf', 0],
  quarter: ['restQuarter', 0],
  eighth: ['restEighth', 0],
  sixteenth: ['restSixteenth', 0],
  thirty_second: ['restThirtySecond', 0],
  sixty_fourth: ['restSixtyFourth', 0],
};

/** `height`: how far the symbol was seen from the middle line, in spaces, downward; it matters for rests alone. */
function signShapes(token: Token, clef: string, height: number): Shape[] {
  const [family, value = ''] = split(token.rhythm);
  switch (family) {
    case 'rest': {
      const { name, dots } = durationOf(token.rhythm);
      const [shape, offset] = RESTS[name] ?? ['restQuarter', 0];
      const y = Math.abs(height) < 1.5 ? 0 : Math.round(height);
      const dotShapes = Array.from(
        { length: dots },
        (_, i): Shape => ({
          kind: 'dot',
          x: 1.2 + 0.55 * i,
          y: y - 0.5,
          r: 0.2,
        }),
      );
      const fermata = token.mark === 'fermata' ? [glyph('fermata', 0, -2.8)] : [];
      return [glyph(shape, 0, y + offset), ...dotShapes, ...fermata];
    }
    case 'multirest':
      return [
        line(-2, 0, 2, 0, 0.8),
        line(-2, -1, -2, 1, 0.15),
        line(2, -1, 2, 1, 0.15),
        ...digits(value, 0, -3.2, 0.8),
      ];
    case 'clef':
      return clefShapes(value);
    case 'keySignature':
      return keyShapes(value, clef);
    case 'timeSignature': {
      if (value === 'C') return [glyph('common')];
      if (value === 'C/') return [glyph('cut')];
      const [beats = '', unit = ''] = value.split('/');
      return [...digits(beats, 0, -1), ...digits(unit, 0, 1)];
    }
    case 'ending': {
      const [number = '', end] = value.split('-');
      return end === 'start'
        ? [
            { kind: 'text', x: 0.8, y: -3.4, text: `${number}.` },
            line(0, -3, 0, -4.6, 0.13),
            line(0, -4.6, 2.4, -4.6, 0.13),
          ]
        : [line(0, -3, 0, -4.6, 0.13), line(0, -4.6, -2.4, -4.6, 0.13)];
    }
    default:
      return barShapes(token.rhythm);
  }
}

function split(rhythm: string): [string, string] {
  const dash = rhythm.indexOf('-');
  return dash < 0 ? [rhythm, ''] : [rhythm.slice(0, dash), rhythm.slice(dash + 1)];
}

function digits(text: string, x: number, y: number, scale = 1): Shape[] {
  const width = 1.75 * scale;
  return [...text].map((digit, i) => glyph(digit, x + (i - (text.length - 1) / 2) * width, y, scale));
}

function clefShapes(value: string): Shape[] {
  const [base = '', octave] = value.split('-');
  const lineNumber = Number(base.slice(1));
  const y = Number.isFinite(lineNumber) && base.length === 2 ? 3 - lineNumber : 0;
  const letter = base.slice(0, 1);
  if (value === 'percussion') return [glyph('clefPercussion')];
  if (letter === 'G') return [glyph(octave ? `clefG${octave}` : 'clefG', 0, y)];
  if (letter === 'F') return [glyph(octave ? `clefF${octave}` : 'clefF', 0, y)];
  return [glyph('clefC', 0, y)];
}

const KEYS = ['Cb', 'Gb', 'Db', 'Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#'];
/** Staff positions (0 = bottom line) of the signs of a signature under the treble clef. */
const SHARPS = [8, 5, 9, 6, 3, 7, 4];
const FLATS = [4, 7, 3, 6, 2, 5, 1];
/** How much lower the same signs stand under other clefs, in positions. */
const KEY_SHIFT: Record<string, number> = { F4: 2, F3: 4, C3: 1, C4: -1, C1: 3, C2: 6 };

function keyShapes(major: string, clef: string): Shape[] {
  const fifths = KEYS.indexOf(major.replace(/M$/, '')) - 7;
  const count = Math.max(Math.abs(fifths), 1);
  const positions = (fifths < 0 ? FLATS : SHARPS).slice(0, count);
  const name = fifths === 0 ? 'N' : fifths > 0 ? '#' : 'b';
  const shift = KEY_SHIFT[clef.replace('clef-', '').split('-')[0] ?? ''] ?? 0;
  return positions.map((position, i) => glyph(name, i - (count - 1) / 2, (4 - position + shift) / 2));
}

function barShapes(rhythm: string): Shape[] {
  const thin = (x: number) => line(x, -2, x, 2, 0.16);
  const thick = (x: number) => line(x, -2, x, 2, 0.5);
  const dots = (x: number): Shape[] => [-0.5, 0.5].map((y) => ({ kind: 'dot', x, y, r: 0.2 }));
  switch (rhythm) {
    case 'barline-double':
      return [thin(-0.25), thin(0.25)];
    case 'barline-final':
      return [thin(-0.45), thick(0.25)];
    case 'repeat-start':
      return [thick(-0.3), thin(0.3), ...dots(0.8)];
    case 'repeat-end':
      return [...dots(-0.8), thin(-0.3), thick(0.3)];
    case 'repeat-both':
      return [...dots(-1.1), thin(-0.6), thick(0), thin(0.6), ...dots(1.1)];
    default:
      return rhythm === 'barline' ? [thin(0)] : [];
  }
}
