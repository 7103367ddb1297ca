import { add, type Fraction, fraction, multiply, ZERO } from './fraction.ts';

/*
 * A piece as plain data. Bars run through all staves: `score.bars[i]` and every `staff.bars[i]` are one bar. Times and lengths are
 * exact fractions of a whole note. Names of values, signs, marks and bar lines are those of the vocabulary.
 */

export interface Score {
  parts: Part[];
  bars: Bar[];
}

export interface Part {
  id: string;
  /** From the top; two or more are joined by a brace. */
  staves: Staff[];
  /** Parts of one number stand within one bracket. */
  group?: number;
}

export interface Staff {
  bars: StaffBar[];
}

/** What a bar is to all staves. */
export interface Bar {
  /** 1, or how many bars of rest one multi-bar rest stands for. */
  count: number;
  /** Time that one such bar takes: what its fullest voice holds. */
  length: Fraction;
  /** Time signature in force (`3/4`, `C`, …); `metre` says where it is from. Missing in free time. */
  time?: string;
  metre: 'printed' | 'inferred' | 'free';
  /** Short for a reason: a pick-up, its complement at the end, or a part of a bar split by a repeat or the end of a line. */
  role: 'full' | 'pickup' | 'complement' | 'split';
  /** A bar line printed on its own at the left, after clef, key and metre. */
  left?: string;
  /** The bar line at the right; missing where the line of music ends without one. */
  right?: string;
  endingStart?: number;
  endingStop?: number;
  /** Set where the bar begins a line (system) of the printed page. */
  line?: { page: number; system: number };
}

/** What a staff has in a bar. */
export interface StaffBar {
  /** Changes of clef, key and metre, by onset. Those that only repeat what is in force at the start of a line are not among them. */
  signs: Sign[];
  /** One, or two: the upper and the lower. No voice: nothing was read. */
  voices: Voice[];
  /** Clef, key and metre printed after the last bar line of a line, announcing the next one. */
  courtesy: string[];
  /** Set where the staff does not fill the bar as its metre asks: lengths in whole notes. */
  irregular?: { expected: Fraction; found: Fraction };
  /** The line of music has no such staff here. */
  absent?: true;
}

export interface Sign {
  at: Fraction;
  /** As in the vocabulary, e.g. `clef-F4`. */
  name: string;
  /** Not printed here: it was announced at the end of the line before, or follows from a new piece that starts without key. */
  hidden?: true;
  source?: Source;
}

export interface Voice {
  /** 1 is the upper, 2 the lower. */
  number: 1 | 2;
  /** In order of onset; between them there may be gaps where a rest is not printed. */
  events: Event[];
  /** Grace notes after the last event. */
  trailing: Grace[];
}

/** A chord, a note or a rest. */
export interface Event {
  id: string;
  onset: Fraction;
  length: Fraction;
  /** Printed value with dots, e.g. `eighth.`. */
  value: string;
  /** Ratio such as `3:2`, or `none`. */
  tuplet: string;
  /** From the bottom; none is a rest. */
  notes: Note[];
  /** Grace notes before it. */
  graces: Grace[];
  /** Of a rest (a fermata); notes have their own. */
  mark: string;
  /** A whole rest that fills its bar, whatever the metre. */
  fillsBar?: true;
  /** A rest that nobody printed: what a misread tuplet lacks, in files (`filled.ts`). */
  unprinted?: true;
  source?: Source;
}

export interface Grace {
  id: string;
  value: string;
  slashed: boolean;
  notes: Note[];
}

export interface Note {
  id: string;
  /** Step and octave as written under the clef, e.g. `F4`. */
  pitch: string;
  /** Semitones by which it sounds above or below that, -2…2. */
  alter: number;
  /** Printed accidental, or `none`. */
  lift: string;
  mark: string;
  /** Tied to the next note of this pitch. */
  tie: boolean;
  slur: string;
  source?: Source;
}

/** Where something was read: indices of page, system on it, staff in that, token in that. */
export interface Source {
  page: number;
  system: number;
  staff: number;
  token: number;
}

/** A staff's rest through a whole bar, for which nothing was read in the bar itself. */
export function wholeBarRest(id: string, length: Fraction): Voice {
  const rest: Event = {
    id,
    onset: ZERO,
    length,
    value: 'whole',
    tuplet: 'none',
    notes: [],
    graces: [],
    mark: 'none',
    fillsBar: true,
  };
  return { number: 1, events: [rest], trailing: [] };
}

/** When each bar begins, in whole notes from the beginning, repeats not played. */
export function barStarts(bars: readonly Bar[]): Fraction[] {
  let at = ZERO;
  return bars.map(({ length, count }) => {
    const start = at;
    at = add(at, multiply(length, fraction(count)));
    return start;
  });
}

/** A note or grace chord's name for people and programs that look for it by where it was read. */
export function sourceId(kind: string, { page, system, staff, token }: Source): string {
  return `${kind}${page}-${system}-${staff}-${token}`;
}
