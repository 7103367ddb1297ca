import { diatonic, pitchName } from '../clef.ts';
import { partValue, VALUE_LENGTH } from '../duration.ts';
import { isGrace, isRest } from '../groups.ts';
import type { Alternative } from '../read-token.ts';
import { isNote, plainToken, type Token, VOCABULARY } from '../token.ts';
import type { EditedToken } from './edited.ts';
import { canBeWritten, isTimed, membersAt } from './lines.ts';

/** What can be put right about one symbol. */
export type Fix =
  /** Another value of one branch, such as an alternative of the reader's, an accidental, a tie or a mark. */
  | { kind: 'set'; branch: Alternative['branch']; value: string }
  /** Up or down the staff by so many places; 7 are an octave. */
  | { kind: 'step'; by: number }
  /** The nearest place of this letter, A…G; a rest becomes a note. */
  | { kind: 'letter'; letter: string }
  /** An undotted value such as `quarter`; dots stay. */
  | { kind: 'length'; value: string }
  | { kind: 'dots'; dots: number }
  /** A note, with its whole chord, becomes a rest. */
  | { kind: 'rest' }
  /** The reader was right, whatever its doubt. */
  | { kind: 'right' }
  /** Back to what the reader said. */
  | { kind: 'as-read' };

/** A token with fields of another: what the reader said stays known. */
export function corrected(token: EditedToken, to: Partial<Token>): EditedToken {
  return { ...token, ...agreed({ ...plainOf(token), ...to }), asRead: asReadOf(token) };
}

export function asReadOf(token: EditedToken): Token | null {
  return token.asRead === undefined ? plainOf(token) : token.asRead;
}

/** A token's branches without place and doubt. */
export function plainOf(token: Token): Token {
  const { rhythm, pitch, lift, tuplet, mark, tie, slur, voice } = token;
  return { rhythm, pitch, lift, tuplet, mark, tie, slur, voice };
}

/** A token whose branches agree with its rhythm: only notes have pitches, accidentals, ties and slurs. */
function agreed(token: Token): Token {
  if (token.rhythm.startsWith('note-') || isGrace(token)) {
    const lift = token.lift === 'nonote' ? 'none' : token.lift;
    return { ...token, lift, tuplet: isGrace(token) ? 'none' : token.tuplet };
  }
  const { tuplet, mark, voice } = token;
  return { ...plainToken(token.rhythm), ...(isRest(token) ? { tuplet, mark, voice } : {}) };
}

/** What may stand around a symbol that is put right. */
export interface FixContext {
  /** In force at the symbol. */
  clef: string;
  /** A pitch for what becomes a note: of the note before it, or the middle line. */
  pitch: string;
}

/**
 * A line with one symbol put right, and where that is then. Undefined where there is nothing to do: the fix does not suit
 * the symbol, the value is not in the vocabulary, or the note would leave the page.
 */
export function fixSymbol(
  line: readonly EditedToken[],
  index: number,
  fix: Fix,
  context: FixContext,
): EditedToken[] | undefined {
  const token = line[index];
  if (!token || token.rhythm === 'chord') return undefined;
  switch (fix.kind) {
    case 'set':
      return setBranch(line, index, fix.branch, fix.value, context);
    case 'step':
      return isNote(token) ? toPitch(line, index, stepped(token.pitch, fix.by), context.clef) : undefined;
    case 'letter': {
      if (!isNote(token) && !isRest(token)) return undefined;
      const from = isNote(token) ? token.pitch : context.pitch;
      return toPitch(line, index, nearest(from, fix.letter), context.clef);
    }
    case 'length': {
      const dots = '.'.repeat(partValue(printedValue(token)).dots);
      return fix.value in VALUE_LENGTH ? toValue(line, index, fix.value + dots) : undefined;
    }
    case 'dots': {
      if (isGrace(token) || ![0, 1, 2].includes(fix.dots)) return undefined;
      return toValue(line, index, partValue(printedValue(token)).base + '.'.repeat(fix.dots));
    }
    case 'rest': {
      if (!token.rhythm.startsWith('note-')) return undefined;
      return toRest(line, index, token.rhythm.replace('note-', 'rest-'));
    }
    case 'right':
      return replace(line, [index], (one) => ({ ...one, asRead: asReadOf(one) }));
    case 'as-read':
      return token.asRead ? replace(line, [index], readAgain) : undefined;
  }
}

function readAgain(token: EditedToken): EditedToken {
  const { asRead, ...rest } = token;
  return asRead ? { ...rest, ...asRead } : token;
}

function replace(
  line: readonly EditedToken[],
  indices: readonly number[],
  change: (token: EditedToken) => EditedToken,
): EditedToken[] {
  return line.map((token, i) => (indices.includes(i) ? change(token) : token));
}

function setBranch(
  line: readonly EditedToken[],
  index: number,
  branch: Alternative['branch'],
  value: string,
  context: FixContext,
): EditedToken[] | undefined {
  const token = line[index];
  if (!token || token[branch] === value || !VOCABULARY[branch].includes(value)) return undefined;
  switch (branch) {
    case 'rhythm':
      return setRhythm(line, index, value, context);
    case 'pitch':
      if (value === 'nonote') return toRest(line, index, token.rhythm.replace('note-', 'rest-'));
      return isNote(token) || isRest(token) ? toPitch(line, index, value, context.clef) : undefined;
    case 'tuplet':
      return isTimed(token)
        ? replace(line, ownMembers(line, index), (one) => corrected(one, { tuplet: value }))
        : undefined;
    case 'lift':
      if (!isNote(token) || value === 'nonote') return undefined;
      return replace(line, [index], (one) => corrected(one, { lift: value }));
    case 'tie':
    case 'slur':
      return isNote(token) ? replace(line, [index], (one) => corrected(one, { [branch]: value })) : undefined;
    case 'mark':
    case 'voice':
      if (!isNote(token) && !isRest(token)) return undefined;
      return replace(line, [index], (one) => corrected(one, { [branch]: value }));
  }
}

const NO_SYMBOLS = ['pad', 'begin', 'end', 'chord'];

function setRhythm(
  line: readonly EditedToken[],
  index: number,
  rhythm: string,
  context: FixContext,
): EditedToken[] | undefined {
  const token = line[index];
  if (!token || NO_SYMBOLS.includes(rhythm)) return undefined;
  const [isNow, willBe] = [kindOf(token.rhythm), kindOf(rhythm)];
  if (willBe === 'note' && isNow === 'note') return toValue(line, index, rhythm.slice('note-'.length));
  if (willBe === 'rest' && isNow === 'note') return toRest(line, index, rhythm);
  const pitch =
    willBe === 'note' || willBe === 'grace' ? (isNote(token) ? token.pitch : context.pitch) : 'nonote';
  return replace(line, [index], (one) => corrected(one, { rhythm, pitch }));
}

function kindOf(rhythm: string): string {
  return { note: 'note', rest: 'rest', gracenote: 'grace' }[rhythm.split('-')[0] ?? ''] ?? 'sign';
}

/** `quarter.` of `note-quarter.`, `eighth` of `gracenote-eighth-slashed`. */
export function printedValue({ rhythm }: Pick<Token, 'rhythm'>): string {
  return /^(?:note|rest|gracenote)-([^-]+)/.exec(rhythm)?.[1] ?? '';
}

/** The heads or rests of the symbol's own voice that start with it: they share one stem, and so one value. */
function ownMembers(line: readonly EditedToken[], index: number): number[] {
  const token = line[index];
  const isSame = (other: EditedToken | undefined) =>
    other?.voice === token?.voice &&
    other !== undefined &&
    token !== undefined &&
    isNote(other) === isNote(token);
  return membersAt(line, index).filter((i) => isSame(line[i]));
}

function toValue(line: readonly EditedToken[], index: number, value: string): EditedToken[] | undefined {
  const change = (token: EditedToken) => {
    const [family = '', , slashed] = token.rhythm.split('-');
    return [family, value, ...(slashed ? [slashed] : [])].join('-');
  };
  const members = ownMembers(line, index);
  const token = line[index];
  if (!token) return undefined;
  const possible = members.every((i) => {
    const one = line[i] ?? token;
    return printedValue(one) !== '' && VOCABULARY.rhythm.includes(change(one));
  });
  const isSame = members.every((i) => printedValue(line[i] ?? token) === value);
  return possible && !isSame
    ? replace(line, members, (one) => corrected(one, { rhythm: change(one) }))
    : undefined;
}

function toPitch(
  line: readonly EditedToken[],
  index: number,
  pitch: string,
  clef: string,
): EditedToken[] | undefined {
  if (!canBeWritten(pitch, clef) || line[index]?.pitch === pitch) return undefined;
  const changed = replace(line, [index], (one) =>
    corrected(one, { pitch, rhythm: one.rhythm.replace('rest-', 'note-') }),
  );
  return inOrder(changed, membersAt(changed, index));
}

function stepped(pitch: string, by: number): string {
  const step = diatonic(pitch) + by;
  return step < 0 ? '' : pitchName(step);
}

/** The pitch of a letter that is nearest to another: at most three steps away. */
export function nearest(pitch: string, letter: string): string {
  const up = ('CDEFGAB'.indexOf(letter) - 'CDEFGAB'.indexOf(pitch.charAt(0)) + 7) % 7;
  return stepped(pitch, up > 3 ? up - 7 : up);
}

/** Heads from the bottom, rests of the lower voice before them and of the upper one after, as they are read. */
export function inOrder(line: readonly EditedToken[], members: readonly number[]): EditedToken[] {
  const height = (token: EditedToken) =>
    isNote(token) ? diatonic(token.pitch) : token.voice === '2' ? -1 : Number.POSITIVE_INFINITY;
  const sorted = members
    .flatMap((i) => line[i] ?? [])
    .sort((a, b) => (height(a) === height(b) ? 0 : height(a) - height(b)));
  return line.map((token, i) => sorted[members.indexOf(i)] ?? token);
}

/** The chord of the symbol's voice becomes one rest. */
function toRest(line: readonly EditedToken[], index: number, rhythm: string): EditedToken[] | undefined {
  if (!VOCABULARY.rhythm.includes(rhythm) || !rhythm.startsWith('rest-')) return undefined;
  const others = ownMembers(line, index).filter((i) => i !== index);
  const rested = replace(line, [index], (one) => corrected(one, { rhythm, mark: 'none' }));
  return withoutSymbols(rested, others);
}

/** A line without some symbols, and without the joins that held them in chords. */
export function withoutSymbols(line: readonly EditedToken[], indices: readonly number[]): EditedToken[] {
  let left = [...line];
  for (const i of [...indices].sort((a, b) => b - a)) {
    if (left[i - 1]?.rhythm === 'chord') left = [...left.slice(0, i - 1), ...left.slice(i + 1)];
    else if (left[i + 1]?.rhythm === 'chord') left = [...left.slice(0, i), ...left.slice(i + 2)];
    else left = [...left.slice(0, i), ...left.slice(i + 1)];
  }
  return left;
}
