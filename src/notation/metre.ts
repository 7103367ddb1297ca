import { compare, equal, type Fraction, fraction, subtract, ZERO } from './fraction.ts';
import type { Bar } from './score.ts';
import { VOCABULARY } from './token.ts';

const SIGN = 'timeSignature-';

/** The metre that a symbol prints, if it is a time signature. */
export function printedMetre(rhythm: string): string | undefined {
  return rhythm.startsWith(SIGN) ? rhythm.slice(SIGN.length) : undefined;
}

/** Numerator and denominator of a time signature; C is 4/4 and C/ is 2/2. */
export function timeParts(time: string): { beats: number; unit: number } {
  if (time === 'C') return { beats: 4, unit: 4 };
  if (time === 'C/') return { beats: 2, unit: 2 };
  const [beats, unit] = time.split('/').map(Number);
  return { beats: beats || 4, unit: unit || 4 };
}

/** Length of a bar under a time signature, in whole notes. */
export function barLength(time: string): Fraction {
  const { beats, unit } = timeParts(time);
  return fraction(beats, unit);
}

/** What a bar without metre tells about it: its length and the onsets of its sounds, in whole notes. */
export interface BarEvidence {
  length: Fraction;
  onsets: readonly Fraction[];
}

/**
 * The metre that most bars agree on, undefined if fewer than half agree. 6/8 is told from 3/4, and 12/8 from 3/2, by whether
 * more bars have something on the middle dotted beat or on the beats that would cut it in three.
 */
export function inferTime(bars: readonly BarEvidence[]): string | undefined {
  const counts = new Map<string, BarEvidence[]>();
  for (const bar of bars) {
    const key = `${bar.length.n}/${bar.length.d}`;
    counts.set(key, [...(counts.get(key) ?? []), bar]);
  }
  const [agreeing] = [...counts.values()].sort((a, b) => b.length - a.length);
  const [first] = agreeing ?? [];
  if (!agreeing || !first || 2 * agreeing.length < bars.length) return undefined;
  const { length } = first;
  if (equal(length, fraction(3, 4)))
    return halves(agreeing, fraction(3, 8), [fraction(1, 4), fraction(1, 2)]) ? '6/8' : '3/4';
  if (equal(length, fraction(3, 2)))
    return halves(agreeing, fraction(3, 4), [fraction(1, 2), fraction(1)]) ? '12/8' : '3/2';
  for (const unit of [4, 8, 16, 2]) {
    const name = `${(length.n * unit) / length.d}/${unit}`;
    if (VOCABULARY.rhythm.includes(`timeSignature-${name}`)) return name;
  }
  return undefined;
}

function halves(bars: readonly BarEvidence[], middle: Fraction, thirds: readonly Fraction[]): boolean {
  const has = (bar: BarEvidence, at: Fraction) => bar.onsets.some((onset) => equal(onset, at));
  const forHalves = bars.filter((bar) => has(bar, middle) && !thirds.every((at) => has(bar, at))).length;
  const forThirds = bars.filter((bar) => thirds.some((at) => has(bar, at)) && !has(bar, middle)).length;
  return forHalves > forThirds;
}

/** A bar as far as it decides whether being short is no error. */
export interface BarPlace {
  length: Fraction;
  /** Length that the metre asks for; missing in free time. */
  expected?: Fraction;
  /** What begins with it: a piece, a section (after a repeat, a double bar line, an ending) or a line on the page. */
  opens: 'piece' | 'section' | 'line' | 'nothing';
  /** A section or the piece ends with it. */
  closes: boolean;
}

/**
 * Why each bar may be short. A pick-up may stand where a piece begins, and where a section begins if a short bar that ends one
 * makes it whole; the two halves of a bar cut by a repeat sign, a double bar line or the end of a line make each other whole.
 */
export function rolesOf(bars: readonly BarPlace[]): Bar['role'][] {
  const roles: Bar['role'][] = bars.map(() => 'full');
  const lack = bars.map(({ length, expected }) =>
    expected && compare(length, expected) < 0 && compare(length, ZERO) > 0
      ? subtract(expected, length)
      : undefined,
  );
  const completes = (i: number, j: number): boolean => {
    const [missing, other] = [lack[i], bars[j]];
    return (
      missing !== undefined && lack[j] !== undefined && other !== undefined && equal(missing, other.length)
    );
  };
  bars.forEach((bar, i) => {
    if (lack[i] === undefined || bar.opens === 'nothing') return;
    if (roles[i - 1] === 'full' && completes(i, i - 1)) {
      roles[i - 1] = 'split';
      roles[i] = 'split';
    } else if (bar.opens === 'piece') roles[i] = 'pickup';
  });
  bars.forEach((bar, i) => {
    if (lack[i] === undefined || roles[i] !== 'full' || !bar.closes) return;
    const start = bars.findIndex(
      ({ opens }, j) =>
        j < i &&
        completes(i, j) &&
        (opens === 'piece' || opens === 'section') &&
        (roles[j] === 'full' || roles[j] === 'pickup'),
    );
    if (start < 0) return;
    roles[start] = 'pickup';
    roles[i] = 'complement';
  });
  return roles;
}
