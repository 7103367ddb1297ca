/** Errors by kind of symbol: which of them the reader has wrong, misses or invents. */
import { alignTokens, sameToken } from './branch-errors.ts';
import { bottomLine, diatonic } from './clef.ts';
import { isRest } from './groups.ts';
import { isNote, type Token } from './token.ts';

/** Symbols of a class in the truth, and what became of them; `invented` are read where the truth has nothing. */
export interface ClassCount {
  truth: number;
  /** Read, but with some branch wrong. */
  wrong: number;
  missed: number;
  invented: number;
}

/** Counts by class; a symbol counts in every class that it belongs to. */
export type ClassCounts = ReadonlyMap<string, ClassCount>;

/** Staff places of the bottom and top line, counted from the bottom line. */
const [BOTTOM, TOP] = [0, 8];

/** For each token the classes that it belongs to: its kind, and what makes it hard to read. */
export function classesOf(tokens: readonly Token[]): string[][] {
  let clef = 'clef-G2';
  return tokens.map((token, i) => {
    if (token.rhythm.startsWith('clef-')) clef = token.rhythm;
    const joined = [tokens[i - 1], tokens[i + 1]].some((other) => other?.rhythm === 'chord');
    return [kindOf(token), ...featuresOf(token, joined, clef)];
  });
}

function kindOf(token: Token): string {
  const { rhythm } = token;
  if (rhythm.startsWith('gracenote')) return 'grace note';
  if (isNote(token)) return `note, ${rhythm.replace(/^note-|\.+$/g, '').replace('_', ' ')}`;
  if (isRest(token)) return 'rest';
  const [kind = rhythm] = rhythm.split('-');
  const names: Readonly<Record<string, string>> = {
    keySignature: 'key',
    timeSignature: 'metre',
    multirest: 'multi-bar rest',
    barline: rhythm === 'barline' ? 'bar line' : 'double or final bar line',
    chord: 'join of a chord',
  };
  return names[kind] ?? kind;
}

function featuresOf(token: Token, joined: boolean, clef: string): string[] {
  const note = isNote(token);
  const place = note ? diatonic(token.pitch) - bottomLine(clef) : BOTTOM;
  const features: [string, boolean][] = [
    ['… in a chord', note && joined],
    ['… on or beyond ledger lines', place < BOTTOM - 1 || place > TOP + 1],
    ['… with accidental', note && token.lift !== 'none'],
    ['… with dots', /\.$/.test(token.rhythm)],
    ['… in a tuplet', token.tuplet !== 'none'],
    ['… with mark', token.mark !== 'none'],
    ['… tied on', token.tie === 'tie'],
    ['… where a slur begins or ends', token.slur !== 'none' && note],
    ['… in the second voice', token.voice === '2'],
  ];
  return features.filter(([, has]) => has).map(([name]) => name);
}

/** Errors by class of one staff. */
export function classCounts(truth: readonly Token[], reading: readonly Token[]): ClassCounts {
  const counts = new Map<string, ClassCount>();
  const say = (classes: readonly string[], what: Partial<ClassCount>) => {
    for (const name of classes) counts.set(name, sum(counts.get(name) ?? NONE, { ...NONE, ...what }));
  };
  const [own, other] = [classesOf(truth), classesOf(reading)];
  let [t, r] = [0, 0];
  for (const { left, right } of alignTokens(truth, reading)) {
    if (left) {
      const wrong = right !== undefined && !sameToken(left, right);
      say(own[t++] ?? [], { truth: 1, wrong: Number(wrong), missed: Number(!right) });
    } else say(other[r] ?? [], { invented: 1 });
    if (right) r++;
  }
  return counts;
}

/** The counts of two staves or sets together. */
export function addClassCounts(a: ClassCounts, b: ClassCounts): ClassCounts {
  const all = new Map(a);
  for (const [name, count] of b) all.set(name, sum(all.get(name) ?? NONE, count));
  return all;
}

const NONE: Readonly<ClassCount> = { truth: 0, wrong: 0, missed: 0, invented: 0 };

function sum(a: ClassCount, b: ClassCount): ClassCount {
  return {
    truth: a.truth + b.truth,
    wrong: a.wrong + b.wrong,
    missed: a.missed + b.missed,
    invented: a.invented + b.invented,
  };
}
