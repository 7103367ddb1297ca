import { type BeamStyle, ODD_RATIOS, type RhythmStyle } from './compose-rhythm.ts';
import { QUARTER, WHOLE } from './music.ts';
import type { Random } from './random.ts';

/** How one staff is composed. Chances are per note, bar or span as named; positions count from the bottom line. */
export type StaffStyle = {
  clef: string;
  rhythm: RhythmStyle;
  beams: BeamStyle;
  /** Positions between which the melody moves. */
  range: [number, number];
  /** Chance of a step rather than a leap. */
  stepwise: number;
  /** Chance of a chord at a note, and the weights of 2, 3, 4, 5 heads. */
  chord: number;
  chordSizes: [number, number, number, number];
  /** Chance of two voices, per bar. */
  twoVoices: number;
  /** Chance that the lower of two voices has the rhythm of the upper, per bar. */
  together: number;
  /** Chance of an empty bar. */
  barRest: number;
  /** Chance of a chromatic alteration, and that it is a remote one (double sharps and the like). */
  chromatic: number;
  remote: number;
  /** Chance of a courtesy accidental where one is due. */
  courtesy: number;
  /** Chance that a courtesy accidental stands in parentheses, where some others are then restated so as well. */
  enclosed: number;
  tie: number;
  slur: number;
  /** Chance of a mark at a note in a bar that has marks, and of such bars. */
  mark: number;
  markedBar: number;
  grace: number;
  /** Chance of a clef change, per bar. */
  clefChange: number;
  lyrics: boolean;
};

const RHYTHM: RhythmStyle = {
  typical: QUARTER,
  shortest: WHOLE / 16,
  tuplet: 0.03,
  dotted: 0.35,
  syncopated: 0.1,
  rest: 0.07,
  doubleDotted: 0.01,
  oddTuplet: 0.04,
  oddRatios: ODD_RATIOS,
};

const PLAIN: Omit<StaffStyle, 'clef'> = {
  rhythm: RHYTHM,
  beams: { joined: 0.25, flagged: 0.04 },
  range: [-2, 9],
  stepwise: 0.68,
  chord: 0,
  chordSizes: [6, 4, 1, 0.2],
  twoVoices: 0,
  together: 0.4,
  barRest: 0.02,
  chromatic: 0.06,
  remote: 0.02,
  courtesy: 0.3,
  enclosed: 0,
  tie: 0.06,
  slur: 0.05,
  mark: 0.5,
  markedBar: 0.04,
  grace: 0.006,
  clefChange: 0,
  lyrics: false,
};

export type StyleName =
  | 'melody'
  | 'bass'
  | 'vocal'
  | 'right-hand'
  | 'left-hand'
  | 'choir'
  | 'inner'
  | 'virtuoso'
  | 'wild';

/** Melodies that a songbook or method book has: one voice, treble clef, moderate. */
function melody(random: Random): StaffStyle {
  const typical =
    QUARTER *
    random.weighted<number>([
      [1, 4],
      [0.7, 3],
      [0.5, 2],
      [1.6, 1],
    ]);
  return {
    ...PLAIN,
    clef: 'clef-G2',
    rhythm: {
      ...RHYTHM,
      typical,
      shortest: random.chance(0.5) ? WHOLE / 8 : WHOLE / 16,
      tuplet: random.chance(0.35) ? random.range(0.05, 0.25) : 0,
      dotted: random.range(0.1, 0.6),
      syncopated: random.range(0, 0.3),
      rest: random.range(0.01, 0.12),
    },
    beams: { joined: random.range(0, 0.8), flagged: random.chance(0.1) ? 0.3 : 0.01 },
    range: random.pick([
      [-3, 8],
      [-2, 10],
      [0, 9],
      [-5, 6],
      [1, 13],
    ]),
    stepwise: random.range(0.4, 0.85),
    chromatic: random.weighted([
      [0, 2],
      [0.05, 3],
      [0.12, 2],
      [0.25, 0.5],
    ]),
    courtesy: random.pick([0, 0.3, 0.9]),
    enclosed: random.fork(1).weighted([
      [0, 6],
      [0.5, 1],
      [1, 1],
    ]),
    tie: random.range(0, 0.15),
    slur: random.weighted([
      [0, 4],
      [0.06, 3],
      [0.15, 2],
    ]),
    markedBar: random.weighted([
      [0, 3],
      [0.1, 2],
      [0.4, 0.5],
    ]),
    grace: random.weighted([
      [0, 4],
      [0.03, 1],
    ]),
  };
}

function vocal(random: Random): StaffStyle {
  return {
    ...melody(random),
    clef: random.weighted([
      ['clef-G2', 8],
      ['clef-G2-8vb', 2],
      ['clef-F4', 2],
      ['clef-C1', 0.3],
      ['clef-C3', 0.4],
      ['clef-C4', 0.5],
    ]),
    lyrics: true,
    barRest: 0.12,
    beams: { joined: 0.3, flagged: random.pick([0.02, 0.6, 0.9]) },
    markedBar: 0.03,
  };
}

function bass(random: Random): StaffStyle {
  return {
    ...melody(random),
    clef: random.weighted([
      ['clef-F4', 12],
      ['clef-F4-8vb', 1],
      ['clef-F3', 0.4],
    ]),
    range: random.pick([
      [-2, 9],
      [-4, 7],
      [1, 12],
    ]),
    stepwise: random.range(0.3, 0.6),
  };
}

function rightHand(random: Random): StaffStyle {
  return {
    ...melody(random),
    range: [0, 12],
    chord: random.weighted([
      [0.1, 1],
      [0.35, 2],
      [0.75, 2],
    ]),
    chordSizes: [5, 5, 2, 0.4],
    twoVoices: random.weighted([
      [0, 1],
      [0.4, 2],
      [0.85, 3],
    ]),
    chromatic: random.weighted([
      [0.04, 2],
      [0.15, 2],
    ]),
    clefChange: 0.015,
    barRest: 0.03,
    grace: 0.015,
  };
}

function leftHand(random: Random): StaffStyle {
  return {
    ...rightHand(random),
    clef: random.weighted([
      ['clef-F4', 10],
      ['clef-G2', 1.5],
    ]),
    range: [-3, 9],
    clefChange: 0.03,
  };
}

function choir(random: Random): StaffStyle {
  return {
    ...melody(random),
    clef: random.weighted([
      ['clef-G2', 5],
      ['clef-F4', 4],
      ['clef-G2-8vb', 1],
    ]),
    range: [-2, 9],
    twoVoices: 0.9,
    together: random.pick([0.3, 0.8]),
    chord: 0.03,
    slur: 0.03,
    lyrics: random.chance(0.6),
  };
}

function inner(random: Random): StaffStyle {
  return {
    ...melody(random),
    clef: random.weighted([
      ['clef-C3', 4],
      ['clef-C4', 2],
      ['clef-G2', 3],
      ['clef-F4', 2],
      ['clef-C1', 0.5],
      ['clef-C2', 0.5],
      ['clef-C5', 0.3],
      ['clef-G1', 0.3],
    ]),
    chord: 0.05,
    clefChange: 0.02,
  };
}

/** Runs and figures of the concert piano: short notes, one kind of tuplet again and again, ledger lines, ornaments, and any clef. */
function virtuoso(random: Random): StaffStyle {
  const base = random.chance(0.5) ? rightHand(random) : leftHand(random);
  return {
    ...base,
    clef: random.chance(0.35) ? random.pick(ALL_CLEFS) : base.clef,
    rhythm: {
      ...base.rhythm,
      typical: QUARTER * random.pick([0.7, 0.4, 0.25, 0.15]),
      shortest: WHOLE / random.pick([16, 32, 32, 64]),
      tuplet: random.pick([0, 0.3, 0.6]),
      doubleDotted: random.range(0, 0.08),
      oddTuplet: random.range(0.3, 1),
      oddRatios: [
        [
          random.weighted([
            ['6:4', 5],
            ['5:4', 2],
            ['7:4', 2],
            ['7:8', 1],
            ['9:8', 1],
            ['3:2', 1],
          ]),
          4,
        ],
        ...ODD_RATIOS.map(([ratio, weight]) => [ratio, weight / 8] as const),
      ],
    },
    beams: { joined: random.range(0, 0.3), flagged: 0.02 },
    range: random.pick([
      [0, 12],
      [3, 17],
      [-8, 6],
      [-3, 10],
    ]),
    stepwise: random.range(0.3, 0.85),
    twoVoices: random.pick([0, 0.3, 0.9]),
    courtesy: 0.6,
    enclosed: random.pick([0, 0, 0.5, 1]),
    chromatic: random.range(0.03, 0.3),
    markedBar: random.pick([0.1, 0.5]),
    grace: random.pick([0.01, 0.08]),
    clefChange: 0.04,
  };
}

const ALL_CLEFS = 'G1 G2 G2-8va G2-8vb F3 F4 F4-8vb C1 C2 C3 C4 C5 percussion'
  .split(' ')
  .map((name) => `clef-${name}`);

/** Everything that the vocabulary holds, often. */
function wild(random: Random): StaffStyle {
  return {
    ...melody(random),
    clef: random.weighted([['clef-G2', 8], ['clef-F4', 6], ...ALL_CLEFS.map((clef) => [clef, 1] as const)]),
    rhythm: {
      typical: QUARTER * random.pick([6, 2, 1, 0.6, 0.35, 0.2]),
      shortest: WHOLE / random.pick([16, 32, 64]),
      tuplet: random.range(0, 0.35),
      dotted: random.range(0.1, 0.6),
      syncopated: random.range(0, 0.4),
      rest: random.range(0.05, 0.3),
      doubleDotted: random.range(0, 0.15),
      oddTuplet: 0.6,
      oddRatios: ODD_RATIOS,
    },
    range: random.pick([
      [-6, 14],
      [-3, 10],
      [4, 19],
      [-11, 3],
    ]),
    stepwise: random.range(0.2, 0.7),
    chord: random.pick([0, 0.1, 0.4]),
    chordSizes: [4, 4, 3, 2],
    twoVoices: random.pick([0, 0.5, 0.8]),
    chromatic: random.range(0.05, 0.5),
    remote: 0.2,
    tie: 0.15,
    slur: 0.15,
    markedBar: 0.4,
    grace: random.pick([0, 0.05, 0.15]),
    clefChange: random.pick([0, 0.05, 0.12]),
  };
}

const MAKERS: Record<StyleName, (random: Random) => StaffStyle> = {
  melody,
  vocal,
  bass,
  'right-hand': rightHand,
  'left-hand': leftHand,
  choir,
  inner,
  virtuoso,
  wild,
};

export function pickStyle(random: Random, name: StyleName): StaffStyle {
  return MAKERS[name](random);
}
