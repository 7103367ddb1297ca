import { type Length, lengthOf, QUARTER, type Span, WHOLE } from './music.ts';
import type { Random } from './random.ts';

export type RhythmStyle = {
  /** Typical note in ticks, and the shortest allowed. */
  typical: number;
  shortest: number;
  /** Chances for one span: a tuplet, a dotted split, a syncopated split; for one note: to be a rest. */
  tuplet: number;
  dotted: number;
  syncopated: number;
  rest: number;
  /** Chance of two dots where they fit. */
  doubleDotted: number;
  /** Chance that a tuplet is one of the rare ratios. */
  oddTuplet: number;
  /** The rare ratios with their weights. */
  oddRatios: readonly (readonly [string, number])[];
};

/** A note or rest to be: when, how long, how written. */
export type Slot = {
  onset: number;
  ticks: number;
  length: Length;
  tuplet: string;
  rest: boolean;
};

export type Rhythm = { slots: Slot[]; tuplets: { from: number; to: number; ratio: string }[] };

/** What may stand for two, four or eight of a kind. */
export const ODD_RATIOS: readonly (readonly [string, number])[] = [
  ['3:2', 1],
  ['5:4', 1],
  ['6:4', 1],
  ['7:4', 0.6],
  ['7:8', 0.5],
  ['9:8', 0.5],
];

/** Fills a run of beats with notes and rests, in order and without gaps. */
export function fillBeats(random: Random, beats: readonly number[], style: RhythmStyle): Rhythm {
  const rhythm: Rhythm = { slots: [], tuplets: [] };
  let onset = 0;

  function place(ticks: number, length: Length, tuplet: string): void {
    rhythm.slots.push({ onset, ticks, length, tuplet, rest: random.chance(style.rest) });
    onset += ticks;
  }

  function stops(ticks: number): boolean {
    if (ticks / 2 < style.shortest) return true;
    return random.chance(1 / (1 + (ticks / style.typical) ** 2.2));
  }

  /** One span of `ticks` written ticks; in a tuplet it sounds for `factor` of that. */
  function fill(ticks: number, tuplet: string, factor: number): void {
    const length = lengthOf(ticks);
    if (length && (length.dots === 2 || stops(ticks))) {
      place(ticks * factor, length, tuplet);
      return;
    }
    const parts = split(ticks);
    if (parts.length === 1 && length) place(ticks * factor, length, tuplet);
    else for (const part of parts) fill(part, tuplet, factor);
  }

  function split(ticks: number): number[] {
    const length = lengthOf(ticks);
    if (length?.dots === 1) {
      const third = ticks / 3;
      if (third < style.shortest) return [ticks];
      if (random.chance(style.dotted) && third / 2 >= style.shortest && third <= QUARTER)
        return [1.5 * third, 0.5 * third, third];
      return random.pick([
        [third, third, third],
        [2 * third, third],
        [third, 2 * third],
      ]);
    }
    if (length?.dots === 0) {
      const half = ticks / 2;
      if (half < style.shortest) return [ticks];
      if (half / 2 >= style.shortest) {
        if (half / 4 >= style.shortest && random.chance(style.doubleDotted)) return [half * 1.75, half / 4];
        if (random.chance(style.dotted))
          return random.chance(0.85) ? [1.5 * half, half / 2] : [half / 2, 1.5 * half];
        if (random.chance(style.syncopated)) return [half / 2, half, half / 2];
      }
      return [half, half];
    }
    // No single note: peel off the longest binary part.
    const unit = largestUnit(ticks);
    return ticks > unit ? [unit, ticks - unit] : [ticks];
  }

  function tuplet(ticks: number): boolean {
    const length = lengthOf(ticks);
    if (!length || length.dots > 1 || !random.chance(style.tuplet)) return false;
    const ratio = pickRatio(length.dots);
    const [count = 3, plain = 2] = ratio.split(':').map(Number);
    const unit = ticks / plain;
    if (!lengthOf(unit) || unit < style.shortest / 2 || unit > WHOLE / 2) return false;
    const from = rhythm.slots.length;
    const factor = plain / count;
    const even = random.chance(0.75);
    const groups = even ? Array<number>(count).fill(unit) : mixed(count).map((n) => n * unit);
    for (const group of groups) {
      const written = lengthOf(group);
      if (written) place(group * factor, written, ratio);
    }
    const slots = rhythm.slots.slice(from);
    // A tuplet of rests alone is not music.
    const first = slots[0];
    if (first && slots.every((slot) => slot.rest)) first.rest = false;
    rhythm.tuplets.push({ from, to: rhythm.slots.length - 1, ratio });
    return true;
  }

  function pickRatio(dots: number): string {
    if (dots === 1)
      return random.weighted([
        ['2:3', 2],
        ['4:3', 1],
      ]);
    return random.chance(style.oddTuplet) ? random.weighted(style.oddRatios) : '3:2';
  }

  /** `count` units as a few notes of one, two or three units. */
  function mixed(count: number): number[] {
    const parts: number[] = [];
    let rest = count;
    while (rest > 0) {
      const part = random.weighted([
        [1, 3],
        [2, rest >= 2 && rest > count - 2 ? 3 : rest >= 2 ? 1 : 0],
      ]);
      parts.push(part);
      rest -= part;
    }
    return parts;
  }

  function fillGroup(group: readonly number[]): void {
    const ticks = group.reduce((sum, beat) => sum + beat, 0);
    const length = lengthOf(ticks);
    const [only] = group;
    if (tuplet(ticks)) return;
    if (group.length === 1 && only !== undefined) {
      fill(only, 'none', 1);
      return;
    }
    if (length && stops(ticks) && (length.dots < 2 || random.chance(style.doubleDotted))) {
      place(ticks, length, 'none');
      return;
    }
    // Two beats as one span: this is where a dotted quarter and its eighth, or a syncopation, come from.
    if (group.length === 2 && length?.dots === 0 && random.chance(0.45)) {
      for (const part of split(ticks)) fill(part, 'none', 1);
      return;
    }
    const at = group.length % 2 === 0 ? evenCut(group.length) : random.int(1, group.length - 1);
    fillGroup(group.slice(0, at));
    fillGroup(group.slice(at));
  }

  function evenCut(count: number): number {
    return count > 2 && random.chance(0.3) ? random.pick([1, count - 1]) : count / 2;
  }

  fillGroup(beats);
  return rhythm;
}

function largestUnit(ticks: number): number {
  let unit = 2 * WHOLE;
  while (unit > ticks) unit /= 2;
  return unit;
}

export type BeamStyle = {
  /** Chance to beam two neighbouring beats together, and to leave a group without its beam. */
  joined: number;
  flagged: number;
};

/** Beams and tuplets over the slots: beams stay within a beat, and either inside a tuplet or around all of it. */
export function spansOf(
  random: Random,
  rhythm: Rhythm,
  beats: readonly number[],
  style: BeamStyle,
  nextId: () => string,
): Span[] {
  const { slots, tuplets } = rhythm;
  const spans: Span[] = tuplets.map((tuplet) => ({ kind: 'tuplet', id: nextId(), ...tuplet }));
  const tupletAt = slots.map((_, i) => tuplets.findIndex(({ from, to }) => i >= from && i <= to));
  const beatAt = beatIndex(random, slots, beats, style.joined);
  let from = 0;
  for (let i = 1; i <= slots.length; i++) {
    if (i < slots.length && beamable(slots[i]) && beamable(slots[i - 1])) {
      if (beatAt[i] === beatAt[i - 1] && tupletAt[i] === tupletAt[i - 1]) continue;
    }
    if (i - from > 1 && beamable(slots[from]) && !random.chance(style.flagged))
      spans.push({ kind: 'beam', from, to: i - 1 });
    from = i;
  }
  return spans;
}

function beamable(slot: Slot | undefined): boolean {
  return slot !== undefined && !slot.rest && isFlagged(slot.length);
}

export function isFlagged({ base }: Length): boolean {
  return base === 'eighth' || base === 'sixteenth' || base === 'thirty_second' || base === 'sixty_fourth';
}

/** Number of the beat, or pair of beats, in which each slot starts. */
function beatIndex(
  random: Random,
  slots: readonly Slot[],
  beats: readonly number[],
  joined: number,
): number[] {
  const pair = beats.length % 2 === 0 && random.chance(joined) ? 2 : 1;
  return slots.map(({ onset }) => {
    let end = 0;
    let index = 0;
    for (const beat of beats) {
      end += beat;
      if (onset < end) break;
      index++;
    }
    return Math.floor(index / pair);
  });
}
