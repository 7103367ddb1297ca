import { diatonic, pitchName } from '../clef.ts';
import { lengthOf } from '../duration.ts';
import { add, compare, type Fraction, fraction, subtract, ZERO } from '../fraction.ts';
import { joinTokens } from '../groups.ts';
import { barLength } from '../metre.ts';
import type { SystemTokens } from '../score-from-tokens.ts';
import { plainToken, type Token, VOCABULARY } from '../token.ts';

/** What to leave out, for readers that know less than we do. */
export interface Limits {
  tuplets?: boolean;
  graces?: boolean;
  repeats?: boolean;
}

interface Dice {
  /** True in a share of the throws. */
  chance: (share: number) => boolean;
  below: (limit: number) => number;
  pick: <T>(list: readonly T[]) => T;
}

/** Reproducible throws (the generator is Mulberry32). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (share) => next() < share,
    below: (limit) => Math.floor(next() * limit),
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}

const METRES = ['4/4', '3/4', '2/4', '6/8', 'C', 'C/', '5/8', '9/8', '3/8', '3/2'];
const MARKS = VOCABULARY.mark;
const CLEFS = VOCABULARY.rhythm.filter((name) => name.startsWith('clef-') && name !== 'clef-percussion');
const KEYS = VOCABULARY.rhythm.filter((name) => name.startsWith('keySignature-'));
const VALUES = [
  'whole',
  'half.',
  'half',
  'quarter.',
  'quarter',
  'eighth.',
  'eighth',
  'sixteenth',
  'quarter..',
];
const SMALL = ['eighth', 'sixteenth', 'thirty_second', 'sixty_fourth'];
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ['3:2', ['eighth', 'eighth', 'eighth']],
  ['3:2', ['quarter', 'eighth']],
  ['3:2', ['quarter', 'quarter', 'quarter']],
  ['5:4', ['sixteenth', 'sixteenth', 'sixteenth', 'sixteenth', 'sixteenth']],
  ['6:4', ['sixteenth', 'eighth', 'sixteenth', 'sixteenth', 'sixteenth']],
  ['2:3', ['eighth', 'eighth']],
];

interface Sounding {
  onset: Fraction;
  tokens: Token[];
  graces: Token[][];
}

interface StaffMemory {
  clef: string;
  key: string;
}

/**
 * Pages of random music as tokens: braced or single staves, several systems, one and two voices, tuplets, grace notes, changes of
 * clef, key and metre, repeats with endings, multi-bar rests, a pick-up. Everything adds up and is written in the one way
 * that the token rules ask for.
 */
export function generatedPages(seed: number, limits: Limits = {}): SystemTokens[][] {
  const { chance, below, pick } = dice(seed);
  const allowed = { tuplets: true, graces: true, repeats: true, ...limits };
  const staffCount = 1 + below(2);
  const memory: StaffMemory[] = Array.from({ length: staffCount }, (_, i) => ({
    clef: i === 0 ? 'clef-G2' : 'clef-F4',
    key: 'keySignature-CM',
  }));
  let metre = pick(METRES);
  const pages: SystemTokens[][] = [];
  const pageCount = 1 + below(2);
  let first = true;
  let openRepeat = false;
  let ending = 0;
  for (let page = 0; page < pageCount; page++) {
    const systems: SystemTokens[] = [];
    const systemCount = 1 + below(3);
    for (let system = 0; system < systemCount; system++) {
      const last = page === pageCount - 1 && system === systemCount - 1;
      systems.push(nextSystem(last));
    }
    pages.push(systems);
  }
  return pages;

  function nextSystem(last: boolean): SystemTokens {
    const staves: Token[][] = memory.map(() => []);
    const say = (name: string) => {
      for (const staff of staves) staff.push(plainToken(name));
    };
    const changesKey = first || chance(0.2);
    const changesMetre = first || chance(0.2);
    if (changesMetre) metre = pick(METRES);
    const key = changesKey ? pick(KEYS) : undefined;
    memory.forEach((staff, i) => {
      staves[i]?.push(plainToken(staff.clef));
      const naturals = key === 'keySignature-CM' && staff.key !== key;
      if (key !== undefined) staff.key = key;
      if (naturals || staff.key !== 'keySignature-CM') staves[i]?.push(plainToken(staff.key));
    });
    if (changesMetre) say(`timeSignature-${metre}`);
    if (allowed.repeats && !openRepeat && chance(0.15)) {
      say('repeat-start');
      openRepeat = true;
    }
    const barCount = 1 + below(4);
    for (let bar = 0; bar < barCount; bar++) oneBar(bar, bar === barCount - 1, last && bar === barCount - 1);
    return { staves, braces: staffCount === 2 ? [[0, 1]] : [] };

    function oneBar(bar: number, lastOfLine: boolean, lastOfAll: boolean): void {
      if (bar > 0 && chance(0.1)) {
        const change = pick(KEYS.filter((name) => name !== memory[0]?.key));
        for (const staff of memory) staff.key = change;
        say(change);
      }
      if (bar > 0 && chance(0.1)) {
        metre = pick(METRES.filter((name) => name !== metre));
        say(`timeSignature-${metre}`);
      }
      if (openRepeat && ending === 0 && chance(0.2)) ending = 1;
      if (ending > 0) staves[0]?.push(plainToken(`ending-${ending}-start`));
      const length = barLength(metre);
      const pickup = first && chance(0.3);
      first = false;
      const rest = !pickup && chance(0.07) ? 2 + below(6) : 0;
      memory.forEach((staff, i) => {
        if (rest > 0) staves[i]?.push(plainToken(`multirest-${rest}`));
        else staves[i]?.push(...barTokens(staff, pickup ? fraction(1, 8) : length, pickup, i));
      });
      if (ending > 0) staves[0]?.push(plainToken(`ending-${ending}-stop`));
      say(rightBarLine(lastOfLine, lastOfAll));
    }
  }

  function rightBarLine(lastOfLine: boolean, lastOfAll: boolean): string {
    if (ending === 1) {
      ending = lastOfAll ? 0 : 2;
      return 'repeat-end';
    }
    if (ending === 2) {
      ending = 0;
      openRepeat = false;
      return lastOfAll ? 'barline-final' : 'barline-double';
    }
    if (lastOfAll) return openRepeat ? 'repeat-end' : 'barline-final';
    if (openRepeat && chance(0.15)) {
      const both = !lastOfLine && chance(0.4);
      openRepeat = both;
      return both ? 'repeat-both' : 'repeat-end';
    }
    if (allowed.repeats && !openRepeat && !lastOfLine && chance(0.1)) {
      openRepeat = true;
      return 'repeat-start';
    }
    return chance(0.1) ? 'barline-double' : 'barline';
  }

  function barTokens(staff: StaffMemory, length: Fraction, short: boolean, index: number): Token[] {
    const middle = index === 0 ? diatonic('B4') : diatonic('D3');
    if (!short && chance(0.08)) return [plainToken('rest-whole')];
    if (short || chance(0.6)) return merge(staff, [voice('1', length, ZERO, middle)], length);
    const upper = voice('1', length, ZERO, middle + 3);
    if (chance(0.15)) return merge(staff, [[wholeRest()], upper], length);
    const starts = upper.map(({ onset }) => onset).filter(({ d }) => 64 % d === 0);
    const start = chance(0.2) ? pick(starts) : ZERO;
    return merge(staff, [voice('2', length, start, middle - 3), upper], length);
  }

  function wholeRest(): Sounding {
    return { onset: ZERO, tokens: [{ ...plainToken('rest-whole'), voice: '2' }], graces: [] };
  }

  /** One voice from `start` to the end of the bar, without gaps. */
  function voice(number: string, length: Fraction, start: Fraction, middle: number): Sounding[] {
    const sounds: Sounding[] = [];
    let at = start;
    while (compare(at, length) < 0) {
      const left = subtract(length, at);
      const fits = (values: readonly string[], ratio: string) =>
        compare(values.map((value) => lengthOf(value, ratio)).reduce(add, ZERO), left) <= 0;
      const groups = GROUPS.filter(([ratio, values]) => fits(values, ratio));
      if (allowed.tuplets && groups.length > 0 && chance(0.1)) {
        const [ratio, values] = pick(groups);
        for (const value of values) {
          sounds.push({
            onset: at,
            tokens: sound(number, value, ratio, middle),
            graces: graces(number, middle),
          });
          at = add(at, lengthOf(value, ratio));
        }
        continue;
      }
      const values = [...VALUES, ...SMALL].filter((value) => fits([value], 'none'));
      const value =
        chance(0.8) && values.some((each) => VALUES.includes(each))
          ? pick(values.filter((each) => VALUES.includes(each)))
          : pick(values);
      sounds.push({
        onset: at,
        tokens: sound(number, value, 'none', middle),
        graces: graces(number, middle),
      });
      at = add(at, lengthOf(value));
    }
    return sounds;
  }

  function sound(number: string, value: string, tuplet: string, middle: number): Token[] {
    // A lone whole rest would fill the bar, so a voice writes its whole rests as two halves.
    if (value !== 'whole' && chance(0.12))
      return [
        { ...plainToken(`rest-${value}`), tuplet, voice: number, mark: chance(0.1) ? 'fermata' : 'none' },
      ];
    return heads(`note-${value}`, number, chance(0.2) ? 2 + below(2) : 1, middle).map((token) => ({
      ...token,
      tuplet,
    }));
  }

  function heads(rhythm: string, number: string, count: number, middle: number): Token[] {
    let place = middle - 4 + below(8);
    return Array.from({ length: count }, () => {
      const token: Token = {
        ...plainToken(rhythm),
        pitch: pitchName(place),
        lift: chance(0.15) ? pick(VOCABULARY.lift.filter((lift) => lift !== 'nonote')) : 'none',
        mark: chance(0.1) ? pick(MARKS) : 'none',
        tie: chance(0.1) ? 'tie' : 'none',
        slur: chance(0.1) ? pick(VOCABULARY.slur) : 'none',
        voice: number,
      };
      place += 1 + below(3);
      return token;
    });
  }

  function graces(number: string, middle: number): Token[][] {
    if (!allowed.graces || !chance(0.06)) return [];
    const names = VOCABULARY.rhythm.filter((name) => name.startsWith('gracenote-'));
    return Array.from({ length: 1 + below(2) }, () => heads(pick(names), number, 1 + below(2), middle));
  }

  /** Voices (the lower first) side by side, with a change of clef now and then. */
  function merge(staff: StaffMemory, voices: readonly Sounding[][], length: Fraction): Token[] {
    const onsets = [...new Map(voices.flat().map(({ onset }) => [`${onset.n}/${onset.d}`, onset])).values()];
    const tokens: Token[] = [];
    const clefChange = () => {
      staff.clef = pick(CLEFS.filter((name) => name !== staff.clef));
      tokens.push(plainToken(staff.clef));
    };
    for (const onset of onsets.sort(compare)) {
      if (compare(onset, ZERO) > 0 && chance(0.02)) clefChange();
      const here = voices.map((sounds) => sounds.find((each) => compare(each.onset, onset) === 0));
      for (const each of [...here].reverse())
        for (const grace of each?.graces ?? []) tokens.push(...joinTokens(grace));
      const rests = (number: string) =>
        here.flatMap(
          (each) =>
            each?.tokens.filter(({ pitch, voice: own }) => pitch === 'nonote' && own === number) ?? [],
        );
      const notes = here
        .flatMap((each) => each?.tokens.filter(({ pitch }) => pitch !== 'nonote') ?? [])
        .sort((a, b) => diatonic(a.pitch) - diatonic(b.pitch));
      tokens.push(...joinTokens([...rests('2'), ...notes, ...rests('1')]));
    }
    if (compare(length, fraction(1, 8)) > 0 && chance(0.04)) clefChange();
    return tokens;
  }
}
