import { type Group, groupTokens, isBarLine } from './groups.ts';
import type { Token } from './token.ts';

/** A bar of one staff as printed, before its rhythm is solved. Columns are onsets from the left. */
export interface LineBar {
  columns: Group[];
  /** Grace notes and chords, each before the column of its index. */
  graces: { column: number; group: Group }[];
  /** Clef, key and time signatures, each before the column of its index. */
  signs: { column: number; name: string; token: number }[];
  /** Bars that a multi-bar rest stands for. */
  rest?: number;
  left?: string;
  right?: string;
  endingStart?: number;
  endingStop?: number;
}

/** One staff of one system: what stands at its head, its bars, and what it announces after its last bar line. */
export interface Line {
  clef?: string;
  key?: string;
  time?: string;
  bars: LineBar[];
  courtesy: string[];
  /** Bars before which two bar lines have nothing between them: one seen twice, or a bar whose notes stand on another staff. */
  gaps: number[];
}

// Of two bar lines with nothing between them, the later in this list is kept.
const STRENGTH = ['barline', 'barline-double', 'barline-final', 'repeat-start', 'repeat-end', 'repeat-both'];

function stronger(a: string | undefined, b: string): string {
  if (a === undefined) return b;
  if (`${a} ${b}` === 'repeat-end repeat-start') return 'repeat-both';
  return STRENGTH.indexOf(a) >= STRENGTH.indexOf(b) ? a : b;
}

function emptyBar(): LineBar {
  return { columns: [], graces: [], signs: [] };
}

function hasContent(bar: LineBar): boolean {
  return bar.columns.length > 0 || bar.graces.length > 0 || bar.rest !== undefined;
}

/** Parts the tokens of one staff line into bars. */
export function lineBars(tokens: readonly Token[]): Line {
  const line: Line = { bars: [], courtesy: [], gaps: [] };
  let bar = emptyBar();
  let atHead = true;
  const close = (right?: string) => {
    line.bars.push(right === undefined ? bar : { ...bar, right });
    bar = emptyBar();
  };

  for (const group of groupTokens(tokens)) {
    const [first] = group.members;
    if (!first) continue;
    const { rhythm } = first.token;
    const isSign = /^(clef|keySignature|timeSignature)-/.test(rhythm);
    if (atHead && isSign) {
      if (rhythm.startsWith('clef-')) line.clef = rhythm;
      else if (rhythm.startsWith('key')) line.key = rhythm;
      else line.time = rhythm;
      continue;
    }
    atHead = false;
    if (isSign) bar.signs.push({ column: bar.columns.length, name: rhythm, token: first.index });
    else if (isBarLine(rhythm)) barLine(rhythm);
    else if (rhythm.startsWith('ending-')) ending(rhythm);
    else if (rhythm.startsWith('multirest-')) {
      if (hasContent(bar)) close();
      bar.rest = Number(rhythm.slice('multirest-'.length));
    } else if (group.kind !== 'sign') {
      if (bar.rest !== undefined) close();
      if (group.kind === 'grace') bar.graces.push({ column: bar.columns.length, group });
      else bar.columns.push(group);
    }
  }
  if (hasContent(bar)) close();
  else finish();
  return line;

  function barLine(rhythm: string): void {
    const before = line.bars.at(-1);
    if (hasContent(bar)) {
      close(rhythm);
      return;
    }
    if (rhythm !== 'repeat-start' && before?.rest === undefined) line.gaps.push(line.bars.length);
    if (rhythm === 'repeat-start' || !before) {
      if (rhythm.startsWith('repeat-')) bar.left = rhythm;
    } else before.right = stronger(before.right, rhythm);
  }

  function ending(rhythm: string): void {
    const [, number, side] = rhythm.split('-');
    const before = line.bars.at(-1);
    if (side === 'start') bar.endingStart = Number(number);
    else if (!hasContent(bar) && before && before.endingStop === undefined)
      before.endingStop = Number(number);
    else bar.endingStop = Number(number);
  }

  function finish(): void {
    line.courtesy = bar.signs.map(({ name }) => name);
    const before = line.bars.at(-1);
    if (before && bar.left !== undefined) before.right = stronger(before.right, bar.left);
  }
}
