import { type Group, groupTokens, isBarLine } from './groups.ts';
import { fifthsOf, keyAlter } from './key.ts';
import { isNote, type Token } from './token.ts';

/** Semitones of each printed accidental. */
export const LIFT_ALTER: Readonly<Record<string, number>> = { '##': 2, '#': 1, N: 0, b: -1, bb: -2 };

const SIGNS = ['bb', 'b', '', '#', '##'];

/** The sharps or flats that write an alteration of -2…2 semitones; nothing for a natural. */
export function alterSign(alter: number): string {
  return SIGNS[alter + 2] ?? '';
}

/** A tie that waits for its second note. */
export interface OpenTie {
  pitch: string;
  voice: string;
  alter: number;
}

/** What has been printed so far on a staff, as far as it decides how later notes sound. */
export interface AccidentalState {
  fifths: number;
  /** Accidentals in force in the bar, by written pitch (step and octave: other octaves are not touched). */
  bar: ReadonlyMap<string, number>;
  ties: readonly OpenTie[];
  /** True until something sounds in the bar: ties that cross the bar line end here, whatever voice they end in. */
  atBarStart: boolean;
}

export function newLine(ties: readonly OpenTie[] = [], fifths = 0): AccidentalState {
  return { fifths, bar: new Map(), ties, atBarStart: true };
}

/** Alteration of a head without accidental: its tie's, else the bar's, else the key's. */
export function impliedAlter(state: AccidentalState, pitch: string, voice: string): number {
  const tie =
    state.ties.find((open) => open.pitch === pitch && open.voice === voice) ??
    (state.atBarStart ? state.ties.find((open) => open.pitch === pitch) : undefined);
  return tie?.alter ?? state.bar.get(pitch) ?? keyAlter(state.fifths, pitch);
}

/** The alterations at which the heads of a group sound (undefined for all else), and the state after it. */
export function soundGroup(
  state: AccidentalState,
  group: Group,
): { alters: (number | undefined)[]; state: AccidentalState } {
  const alters: (number | undefined)[] = group.members.map(() => undefined);
  if (group.kind === 'sign') return { alters, state: afterSign(state, group.members[0]?.token.rhythm ?? '') };

  // A sign printed once counts for both voices that share the head, whichever of them carries it.
  const bar = new Map(state.bar);
  const printed = new Map<string, number>();
  for (const { token } of group.members) {
    const alter = LIFT_ALTER[token.lift];
    if (alter !== undefined) printed.set(token.pitch, alter);
  }
  for (const [pitch, alter] of printed) bar.set(pitch, alter);
  const ties: OpenTie[] = [];
  group.members.forEach(({ token }, i) => {
    if (!isNote(token)) return;
    const alter =
      LIFT_ALTER[token.lift] ?? printed.get(token.pitch) ?? impliedAlter(state, token.pitch, token.voice);
    alters[i] = alter;
    if (token.tie === 'tie') ties.push({ pitch: token.pitch, voice: token.voice, alter });
  });
  if (group.kind === 'grace') return { alters, state: { ...state, bar, ties: [...ties, ...state.ties] } };
  const voices = new Set(group.members.map(({ token }) => token.voice));
  const waiting = state.atBarStart ? [] : state.ties.filter((tie) => !voices.has(tie.voice));
  return { alters, state: { ...state, bar, ties: [...waiting, ...ties], atBarStart: false } };
}

function afterSign(state: AccidentalState, rhythm: string): AccidentalState {
  if (isBarLine(rhythm)) return { ...state, bar: new Map(), atBarStart: true };
  if (rhythm.startsWith('keySignature-')) return { ...state, fifths: fifthsOf(rhythm) };
  return state;
}

/**
 * Sounding alteration of every note of one staff line in semitones, by token index (`fifths` is the key of a line that prints none): the key signature applied, printed
 * accidentals carried through the bar, ties carrying theirs across the bar line to the tied note alone.
 */
export function soundingAlters(
  tokens: readonly Token[],
  ties: readonly OpenTie[] = [],
  fifths = 0,
): { alters: Map<number, number>; ties: readonly OpenTie[] } {
  const alters = new Map<number, number>();
  let state = newLine(ties, fifths);
  for (const group of groupTokens(tokens)) {
    const sounded = soundGroup(state, group);
    group.members.forEach(({ index }, i) => {
      const alter = sounded.alters[i];
      if (alter !== undefined) alters.set(index, alter);
    });
    state = sounded.state;
  }
  return { alters, ties: state.ties };
}
