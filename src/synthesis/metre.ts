import { type Metre, WHOLE } from './music.ts';
import type { Random } from './random.ts';

/** Beats of odd metres in units of the denominator; the rest follows from the numerator. */
const ODD_BEATS: Record<number, number[][]> = {
  5: [
    [3, 2],
    [2, 3],
  ],
  7: [
    [2, 2, 3],
    [3, 2, 2],
    [2, 3, 2],
  ],
  8: [
    [3, 3, 2],
    [4, 4],
  ],
  10: [
    [3, 2, 3, 2],
    [3, 3, 2, 2],
  ],
  11: [[3, 3, 3, 2]],
};

function beatsOf(random: Random, count: number, unit: number): number[] {
  if (unit <= 4) {
    // In halves and wholes a beam still spans a quarter, so beats are quarters.
    return Array(count * (4 / unit)).fill(WHOLE / 4);
  }
  const one = WHOLE / unit;
  if (count % 3 === 0) return Array(count / 3).fill(3 * one);
  const odd = ODD_BEATS[count];
  if (odd) return random.pick(odd).map((n) => n * one);
  return count % 2 === 0 ? Array(count / 2).fill(2 * one) : [count * one];
}

/** Count and unit of a time signature token. @throws RangeError for a token that is none. */
function fractionOf(token: string): [number, number] {
  const name = token.replace('timeSignature-', '');
  const [count, unit] = (name === 'C' ? '4/4' : name === 'C/' ? '2/2' : name).split('/').map(Number);
  if (!count || !unit) throw new RangeError(`${token} is no time signature`);
  return [count, unit];
}

/** Ticks of a bar under a time signature token. @throws RangeError for a token that is none. */
export function metreTicks(token: string): number {
  const [count, unit] = fractionOf(token);
  return (count * WHOLE) / unit;
}

/** The metre that a time signature token names. @throws RangeError for a token that is no time signature. */
export function metreOf(random: Random, token: string): Metre {
  const [count, unit] = fractionOf(token);
  return { token, ticks: (count * WHOLE) / unit, beats: beatsOf(random, count, unit) };
}

const COMMON: [string, number][] = [
  ['4/4', 26],
  ['3/4', 22],
  ['2/4', 16],
  ['6/8', 12],
  ['C', 10],
  ['C/', 5],
  ['3/8', 4],
  ['2/2', 2],
  ['9/8', 2],
  ['12/8', 2],
  ['3/2', 1],
  ['5/4', 1],
  ['6/4', 1],
];

const RARE =
  '1/2 4/2 1/4 7/4 8/4 9/4 12/4 1/8 2/8 4/8 5/8 7/8 8/8 10/8 11/8 15/8 3/16 4/16 5/16 6/16 9/16 12/16 2/2 3/2 6/4 5/4 9/8 12/8'.split(
    ' ',
  );

/** A metre, common ones commonly; `oddity` is the chance of one from the rest of the vocabulary. */
export function pickMetre(random: Random, oddity: number): Metre {
  const name = random.chance(oddity) ? random.pick(RARE) : random.weighted(COMMON);
  return metreOf(random, `timeSignature-${name}`);
}

/** The last `ticks` of a bar, as a pick-up has them. */
export function lastBeats(metre: Metre, ticks: number): number[] {
  const beats: number[] = [];
  let rest = ticks;
  for (const beat of metre.beats.toReversed()) {
    if (rest <= 0) break;
    beats.unshift(Math.min(beat, rest));
    rest -= beat;
  }
  return beats;
}
