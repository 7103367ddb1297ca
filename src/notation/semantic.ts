import {
  type AccidentalState,
  alterSign,
  impliedAlter,
  LIFT_ALTER,
  newLine,
  type OpenTie,
  soundGroup,
  soundingAlters,
} from './accidentals.ts';
import { type Group, groupTokens, isBarLine, joinTokens } from './groups.ts';
import { keySignature } from './key.ts';
import { isNote, plainToken, type Token, VOCABULARY } from './token.ts';

/** What a staff line hands to the next line of the same staff: its clef in force and the ties that run on. */
export interface LineEnd {
  clef: string;
  ties: readonly OpenTie[];
}

const START_OF_PAGE: LineEnd = { clef: 'clef-G2', ties: [] };

const isClef = (rhythm: string): boolean => rhythm.startsWith('clef-');
const isKey = (rhythm: string): boolean => rhythm.startsWith('keySignature-');
const isTime = (rhythm: string): boolean => rhythm.startsWith('timeSignature-');

/**
 * One staff as a line of semantic text with sounding pitch. Clef and key come first whatever order the reader saw them
 * in: a clef that it did not see is `before`'s, a key that it did not see is C major.
 */
export function semanticLine(
  tokens: readonly Token[],
  before: LineEnd = START_OF_PAGE,
): { line: string; end: LineEnd } {
  const { alters, ties } = soundingAlters(tokens, before.ties);
  const groups = groupTokens(tokens);
  const headEnd = groups.findIndex(({ members: [first] }) => {
    const rhythm = first?.token.rhythm ?? '';
    return !(isClef(rhythm) || isKey(rhythm) || isTime(rhythm));
  });
  const head = (headEnd < 0 ? groups : groups.slice(0, headEnd)).map((group) => rhythmOf(group));
  const body = headEnd < 0 ? [] : groups.slice(headEnd);
  const clef = head.findLast(isClef) ?? before.clef;
  const words = [clef, head.findLast(isKey) ?? keySignature(0), ...head.filter(isTime)];
  for (const group of body) words.push(...groupWords(group, alters));
  return { line: words.join(' '), end: { clef: words.findLast(isClef) ?? clef, ties } };
}

/**
 * A page as semantic text, one staff a line from top to bottom. `systemSizes` says how many staves each system has, so
 * that ties and unseen clefs run from a staff to the same staff of the next system; without it every staff is a system.
 */
export function writeSemantic(
  staves: readonly (readonly Token[])[],
  systemSizes: readonly number[] = [],
): string[] {
  let ends: LineEnd[] = [];
  let first = 0;
  const lines: string[] = [];
  for (let system = 0; first < staves.length; system++) {
    const size = Math.max(1, systemSizes[system] ?? 1);
    const read = staves.slice(first, first + size).map((staff, i) => semanticLine(staff, ends[i]));
    lines.push(...read.map(({ line }) => line));
    ends = read.map(({ end }) => end);
    first += size;
  }
  return lines;
}

function rhythmOf(group: Group): string {
  return group.members[0]?.token.rhythm ?? '';
}

function groupWords(group: Group, alters: ReadonlyMap<number, number>): string[] {
  const rhythm = rhythmOf(group);
  if (group.kind === 'sign') {
    if (isBarLine(rhythm)) return ['barline'];
    return /^(clef|keySignature|timeSignature|multirest)-/.test(rhythm) ? [rhythm] : [];
  }
  const word = group.members.map(({ token, index }) => symbolWord(token, alters.get(index))).join('|');
  return group.members.some(({ token }) => isNote(token) && token.tie === 'tie') ? [word, 'tie'] : [word];
}

function symbolWord(token: Token, alter: number | undefined): string {
  const [, kind = '', value = ''] = /^(note|gracenote|rest)-([a-z_]+\.*)/.exec(token.rhythm) ?? [];
  const ratio = token.tuplet === 'none' ? '' : `(${token.tuplet})`;
  if (alter === undefined) return `${kind}-${value}${ratio}`;
  return `${kind}-${token.pitch.charAt(0)}${alterSign(alter)}${token.pitch.slice(1)}_${value}${ratio}`;
}

/** One symbol of a semantic word; `pitch` is the sounding one as written, e.g. `F#4`. */
export interface SemanticSymbol {
  kind: 'note' | 'gracenote' | 'rest' | 'other';
  /** Sounding pitch of a note, else empty. */
  pitch: string;
  /** Duration with dots of a note or rest, else the whole word. */
  value: string;
  /** A tuplet's ratio, e.g. `3:2`, else empty. */
  ratio: string;
  /** Sounds together with the symbol before it. */
  joined: boolean;
}

const SYMBOL = /^(?:(note|gracenote)-([A-G](?:##?|bb?)?\d)_|(rest)-)([a-z_]+\.*)(?:\((\d+:\d+)\))?$/;

/** The symbols of a line of semantic text, chords taken apart. Words that it does not know stand as `other`. */
export function parseSemantic(line: string): SemanticSymbol[] {
  const words = line.split(/\s+/).filter((word) => word !== '');
  return words.flatMap((word) => word.split('|').map((part, i) => parseSymbol(part, i > 0)));
}

function parseSymbol(word: string, joined: boolean): SemanticSymbol {
  const match = SYMBOL.exec(word);
  if (!match) return { kind: 'other', pitch: '', value: word, ratio: '', joined };
  const [, note, pitch = '', rest, value = '', ratio = ''] = match;
  const kind = note === 'note' || note === 'gracenote' ? note : 'rest';
  return { kind: rest ? 'rest' : kind, pitch, value, ratio, joined };
}

/**
 * Tokens of a line of semantic text, with the accidentals that an engraver would have to print to make the notes sound
 * so. What the text does not say (kind of bar line, voices, marks, slurs) takes its plain value, `keySignature-CM` at
 * the start stands for no signature, and words outside the vocabulary are left out.
 */
export function readSemantic(line: string, ties: readonly OpenTie[] = []): Token[] {
  const tokens: Token[] = [];
  let state = newLine(ties);
  const words = line.split(/\s+/).filter((word) => word !== '');
  words.forEach((word, at) => {
    if (word === 'tie') return;
    const tied = words[at + 1] === 'tie';
    const said = word.split('|').flatMap((part) => tokenOf(parseSymbol(part, false), tied) ?? []);
    const printed = joinTokens(said.map((token) => withNeededLift(token, said, state)));
    for (const group of groupTokens(printed)) state = soundGroup(state, group).state;
    const atHead = tokens.every(({ rhythm }) => isClef(rhythm) || isTime(rhythm));
    if (!(atHead && word === keySignature(0))) tokens.push(...printed);
  });
  return tokens;
}

/** A note without its accidental where that goes without saying; two heads in one place that differ both show it. */
function withNeededLift(token: Token, chord: readonly Token[], state: AccidentalState): Token {
  if (!isNote(token)) return token;
  const implied = impliedAlter(state, token.pitch, token.voice) === LIFT_ALTER[token.lift];
  const differs = chord.some(({ pitch, lift }) => pitch === token.pitch && lift !== token.lift);
  return implied && !differs ? { ...token, lift: 'none' } : token;
}

/** The token of a symbol, its lift saying the alteration in full; undefined for what the vocabulary does not have. */
function tokenOf({ kind, pitch, value, ratio }: SemanticSymbol, tied: boolean): Token | undefined {
  const rhythm = kind === 'other' ? value : `${kind}-${value}`;
  if (!VOCABULARY.rhythm.includes(rhythm)) return undefined;
  if (kind === 'other') return plainToken(rhythm);
  const tuplet = VOCABULARY.tuplet.includes(ratio) ? ratio : 'none';
  const token = { ...plainToken(rhythm), tuplet };
  if (kind === 'rest') return token;
  const sign = pitch.slice(1, -1);
  return {
    ...token,
    pitch: `${pitch.charAt(0)}${pitch.slice(-1)}`,
    lift: sign || 'N',
    tie: tied ? 'tie' : 'none',
  };
}
