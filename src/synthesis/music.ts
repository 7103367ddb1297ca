/** Music as an engraver needs it: what is printed, and nothing that is not. Plain data; ids are xml:ids of the MEI. */

export const BASES = [
  'double_whole',
  'whole',
  'half',
  'quarter',
  'eighth',
  'sixteenth',
  'thirty_second',
  'sixty_fourth',
] as const;
export type Base = (typeof BASES)[number];

/** Ticks in a whole note: a 64th with two dots in any tuplet of the vocabulary is still a whole number of ticks. */
export const WHOLE = 80640;
export const QUARTER = WHOLE / 4;

export type Length = { base: Base; dots: number };

/** Ticks that a written length lasts outside tuplets. */
export function ticksOf({ base, dots }: Length): number {
  const plain = (2 * WHOLE) / 2 ** BASES.indexOf(base);
  return plain * (2 - 2 ** -dots);
}

const lengths = new Map<number, Length>();
for (const base of BASES) {
  for (const dots of [0, 1, 2]) {
    const length = { base, dots };
    if (!(base === 'sixty_fourth' && dots > 1)) lengths.set(ticksOf(length), length);
  }
}

/** The written length that lasts exactly `ticks`, if one note can say it. */
export function lengthOf(ticks: number): Length | undefined {
  return lengths.get(ticks);
}

/** Accidental sign as printed: the lift branch without `nonote`. */
export type Lift = 'none' | '#' | 'b' | 'N' | '##' | 'bb';

export type Head = {
  id: string;
  /** Diatonic step number of the written pitch, C0 = 0. */
  step: number;
  /** Semitones that the note is altered by, key and accidentals taken together. */
  alter: number;
  lift: Lift;
  /** The printed accidental stands in parentheses. */
  enclosed?: boolean;
  /** A tie starts here. */
  tied: boolean;
};

export type Slur = 'none' | 'start' | 'stop' | 'both';

export type Grace = { id: string; base: Base; slashed: boolean; heads: Head[]; slur: Slur };

export type Note = {
  kind: 'note';
  id: string;
  length: Length;
  /** Ticks from the bar's start, and ticks that the note lasts. */
  onset: number;
  ticks: number;
  tuplet: string;
  /** Bottom to top. */
  heads: Head[];
  graces: Grace[];
  mark: string;
  slur: Slur;
  syllable?: { text: string; hyphen: boolean };
};

export type Rest = {
  kind: 'rest';
  id: string;
  length: Length;
  onset: number;
  ticks: number;
  tuplet: string;
  mark: string;
  /** Fills the bar whatever the metre. */
  wholeBar: boolean;
};

export type ClefChange = { kind: 'clef'; id: string; onset: number; clef: string };

/** Time that a voice passes over in silence, without a sign. */
export type Gap = { kind: 'gap'; onset: number; ticks: number; length: Length; tuplet: string };

export type Event = Note | Rest | ClefChange | Gap;

/** A beam or a tuplet over the events `from` to `to` (both included) of its voice; spans nest or are disjoint. */
export type Span =
  | { kind: 'beam'; from: number; to: number }
  | { kind: 'tuplet'; from: number; to: number; ratio: string; id: string };

export type Voice = { events: Event[]; spans: Span[] };

/** One bar of one staff: one or two voices, the upper first, or `rests` bars of rest written as one sign. */
export type StaffBar = { voices: Voice[] } | { rests: number; id: string };

/** A sign or text of the bar that no token tells of: MEI of a control event, ready to stand in the measure. */
export type Distraction = string;

export type Bar = {
  id: string;
  /** Length of a full bar in ticks; a pick-up is shorter than its metre. */
  metre: Metre;
  /** Sharps or flats in force. */
  key: number;
  newKey: boolean;
  newTime: boolean;
  left: 'none' | 'repeat-start';
  right: 'barline' | 'barline-double' | 'barline-final' | 'repeat-end';
  /** The ending that this bar opens, closes, or lies in. */
  ending?: { number: 1 | 2; opens: boolean; closes: boolean };
  slurs: { from: string; to: string }[];
  ties: { from: string; to: string }[];
  distractions: Distraction[];
  staves: StaffBar[];
};

export type Metre = {
  /** `timeSignature-3/4`, `timeSignature-C` … */
  token: string;
  /** Ticks of a bar and of its beats, which rule beams and splits. */
  ticks: number;
  beats: number[];
};

export type StaffHead = { clef: string; label?: string };

/** Staves that stand together all through: one block of a page. */
export type Piece = {
  staves: StaffHead[];
  symbol: 'none' | 'brace' | 'bracket';
  /** Index ranges of staves joined by a brace within the group, both ends included. */
  braces: [number, number][];
  barsThrough: boolean;
  title?: string;
  /** No time signature printed at the start. */
  hideTime: boolean;
  /** Where naturals that cancel the key before stand at a change of key; nowhere unless said, but for a change to no key. */
  cancelling?: 'before' | 'after';
  bars: Bar[];
};

/** The id that stands for a whole note event in MEI: its only head's, or the chord's. */
export function eventId(event: { id: string; heads: readonly Head[] }): string {
  const [only] = event.heads;
  return event.heads.length === 1 && only ? only.id : event.id;
}
