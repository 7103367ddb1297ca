import { printedLength, ratioOf } from './duration.ts';
import { toNumber } from './fraction.ts';
import { type Group, groupTokens, isBarLine } from './groups.ts';
import { barLength, printedMetre } from './metre.ts';
import { probabilityOf, type ReadToken, sayingInstead } from './read-token.ts';

/** Lengths that differ by less, in whole notes, are the same. */
export const TOLERANCE = 1e-6;

/** A value that a sound could have: its name, its printed length in whole notes, and how probable the reader finds it. */
export type PossibleValue = { value: string; length: number; p: number };

/** A note, chord or rest of one voice: what it was read as, what else it could be, and the tokens that say so. */
export type BarSound = {
  read: { value: string; tuplet: string };
  /** The value that was read comes first. */
  values: PossibleValue[];
  tuplets: ReadonlyMap<string, number>;
  tokens: number[];
};

/** What sounds in one bar of a staff, by voice, and where a metre in force is known that and the length that it asks for. */
export type SoundingBar = {
  voices: [BarSound[], BarSound[]];
  metre: string | undefined;
  full: number | undefined;
  /** A repeat begins or ends here: the bar may be a part of one. */
  atRepeat: boolean;
};

/** The bars of one staff line; signs, grace notes and rests that fill any bar are left out. */
export function soundingBars(tokens: readonly ReadToken[], metre: string | undefined): SoundingBar[] {
  const bars: SoundingBar[] = [];
  let inForce = metre;
  let open: SoundingBar | undefined;
  let repeats = false;
  for (const group of groupTokens(tokens)) {
    const rhythm = group.members[0]?.token.rhythm ?? '';
    const printed = printedMetre(rhythm);
    inForce = printed ?? inForce;
    if (isBarLine(rhythm)) {
      repeats = rhythm.startsWith('repeat-');
      if (open && repeats) open.atRepeat = true;
    }
    if (printed !== undefined || isBarLine(rhythm)) open = undefined;
    if (group.kind !== 'timed') continue;
    if (!open) {
      const full = inForce === undefined ? undefined : toNumber(barLength(inForce));
      open = { voices: [[], []], metre: inForce, full, atRepeat: repeats };
      bars.push(open);
    }
    for (const voice of [0, 1] as const) {
      const sound = soundOf(group, `${voice + 1}`, tokens);
      if (sound) open.voices[voice].push(sound);
    }
  }
  return bars;
}

/** Time that a value takes under a tuplet's ratio, in whole notes. */
export function sounding(length: number, tuplet: string): number {
  const { actual, normal } = ratioOf(tuplet);
  return (length * normal) / actual;
}

/** Time from the first of these sounds to the end of the last, as they were read. */
export function lengthAsRead(sounds: readonly BarSound[]): number {
  return sounds.reduce((sum, { read, values }) => sum + sounding(values[0]?.length ?? 0, read.tuplet), 0);
}

/** Time that the fuller voice of a bar takes, as read. */
export function lengthOfBar({ voices }: SoundingBar): number {
  return Math.max(...voices.map(lengthAsRead));
}

export function isSameLength(a: number, b: number): boolean {
  return Math.abs(a - b) < TOLERANCE;
}

/** Puts another value or tuplet of a sound into the tokens that it was read from. */
export function change(tokens: ReadToken[], sound: BarSound, to: { value?: string; tuplet: string }): void {
  for (const index of sound.tokens) {
    const token = tokens[index];
    if (!token) continue;
    const kind = token.rhythm.startsWith('rest-') ? 'rest-' : 'note-';
    const valued = to.value === undefined ? token : sayingInstead(token, 'rhythm', `${kind}${to.value}`);
    tokens[index] = sayingInstead(valued, 'tuplet', to.tuplet);
  }
}

function soundOf(group: Group, voice: string, tokens: readonly ReadToken[]): BarSound | undefined {
  const members = group.members.filter(({ token }) => token.voice === voice);
  const own = members[0]?.token;
  if (!own || own.rhythm === 'rest-whole') return undefined;
  const said = members.flatMap(({ index }) => tokens[index] ?? []);
  const kind = own.rhythm.startsWith('rest-') ? 'rest-' : 'note-';
  const named = (rhythm: string) => rhythm.slice(kind.length);
  const rhythms = spread(said, 'rhythm', own.rhythm);
  const values = [...rhythms]
    .filter(([rhythm]) => rhythm.startsWith(kind))
    .map(([rhythm, p]) => ({
      value: named(rhythm),
      length: toNumber(printedLength(named(rhythm))),
      p,
    }));
  return {
    read: { value: named(own.rhythm), tuplet: own.tuplet },
    values,
    tuplets: spread(said, 'tuplet', own.tuplet),
    tokens: members.map(({ index }) => index),
  };
}

/** What the heads of a chord give each value of a branch, on average; the value that was read comes first. */
function spread(
  tokens: readonly ReadToken[],
  branch: 'rhythm' | 'tuplet',
  read: string,
): Map<string, number> {
  const means = new Map([[read, 0]]);
  const give = (value: string, p: number) => means.set(value, (means.get(value) ?? 0) + p / tokens.length);
  for (const token of tokens) {
    give(token[branch], probabilityOf(token, branch, token[branch]));
    for (const other of token.alternatives) if (other.branch === branch) give(other.value, other.p);
  }
  return means;
}
