import {
  add,
  compare,
  equal,
  type Fraction,
  fraction,
  larger,
  leastCommonMultiple,
  multiply,
  subtract,
  ZERO,
} from './fraction.ts';

/** A head or rest of one onset, as far as it decides rhythm. */
export interface Sound {
  voice: 1 | 2;
  rest: boolean;
  /** Whole notes. */
  length: Fraction;
  /** A whole rest: alone in its voice it fills the bar whatever the metre. */
  fills: boolean;
}

/** What starts together, from the bottom. */
export type Column = readonly Sound[];

export interface SolvedBar {
  /** The voice of every sound. */
  voices: (1 | 2)[][];
  /** Of every column, in whole notes from the bar's start. */
  onsets: Fraction[];
  /** End of the fullest voice; missing if nothing but rests that fill any bar was read. */
  length?: Fraction;
  /** Some sounds of a voice that start together differ in length and no way was found to part them. */
  clash: boolean;
}

/** Length of each voice's sound in a column; missing where the voice starts nothing. */
type Step = { 1?: Fraction; 2?: Fraction };
type Voices = (1 | 2)[][];

const other = (voice: 1 | 2): 1 | 2 => (voice === 1 ? 2 : 1);

/**
 * Voices and onsets of a bar. Voices as stated that follow without gaps and do not overfill `expected` are taken as they
 * are, if need be as a short bar. Otherwise what fills `expected` is looked for: the stated voices with a gap or two (rests
 * that are not printed), then, in bars that state two voices or join unequal lengths, one or two sounds in the other
 * voice. Where one voice is stated, what sounds through the bar may be another, or a long note whose head the voice of shorter
 * ones begins with. If nothing fills it, the stated voices are laid one after the other as they stand; no length is ever changed.
 */
export function solveBar(columns: readonly Column[], expected?: Fraction): SolvedBar {
  const stated = columns.map((column) => column.map(({ voice }) => voice));
  const voices = partUnequal(columns, stated);
  const steps = stepsOf(columns, voices);
  const filling = (tried: Voices, cost: number) => {
    if (!expected || clashes(columns, tried) > 0) return undefined;
    const onsets = place(stepsOf(columns, tried), expected, cost);
    return onsets && result(columns, tried, onsets);
  };
  if (!voices.flat().includes(2)) {
    const whole = expected && partWholeBar(columns, voices, expected);
    const parted = whole && filling(whole, 1);
    if (parted) return parted;
    const laid = result(columns, voices, layInOrder(steps));
    for (const tried of expected ? withSharedHead(columns, voices, laid, expected) : []) {
      const solved = filling(tried, 3);
      if (solved) return solved;
    }
    return laid;
  }

  const plain = place(steps, undefined, 0);
  const fits = plain && (!expected || compare(endOf(steps, plain), expected) <= 0);
  if (fits && clashes(columns, voices) === 0) return result(columns, voices, plain);
  const mended = () => {
    for (const tried of flipped(columns, voices)) {
      const solved = filling(tried, 1);
      if (solved) return solved;
    }
    return undefined;
  };
  return (
    filling(voices, 2) ??
    mended() ??
    filling(voices, 3) ??
    result(columns, voices, plain ?? layInOrder(steps))
  );
}

function result(columns: readonly Column[], voices: Voices, onsets: Fraction[]): SolvedBar {
  const clash = clashes(columns, voices) > 0;
  const steps = stepsOf(columns, voices);
  const flexible = columns.every((column, i) => column.every((_, j) => fillsAlone(columns, voices, i, j)));
  if (flexible) return { voices, onsets, clash };
  return { voices, onsets, length: endOf(steps, onsets), clash };
}

/** Whether a sound is a whole rest that has its voice to itself. */
function fillsAlone(columns: readonly Column[], voices: Voices, column: number, member: number): boolean {
  const voice = voices[column]?.[member];
  if (!columns[column]?.[member]?.fills) return false;
  const inVoice = columns.flatMap((sounds, i) => sounds.filter((_, j) => voices[i]?.[j] === voice));
  return inVoice.length === 1;
}

/** The rhythm of each voice by columns; rests that fill the bar take part in nothing. */
function stepsOf(columns: readonly Column[], voices: Voices): Step[] {
  return columns.map((column, i) => {
    const step: Step = {};
    column.forEach((sound, j) => {
      const voice = voices[i]?.[j] ?? 1;
      if (fillsAlone(columns, voices, i, j)) return;
      step[voice] ??= sound.length;
    });
    return step;
  });
}

/** Columns in which a voice has sounds that cannot start together: unequal lengths, or a rest beside anything. */
function clashes(columns: readonly Column[], voices: Voices): number {
  let count = 0;
  columns.forEach((column, i) => {
    for (const voice of [1, 2]) {
      const own = column.filter((_, j) => voices[i]?.[j] === voice);
      const [first] = own;
      if (
        first &&
        own.some((sound, j) => j > 0 && (sound.rest || first.rest || !equal(sound.length, first.length)))
      )
        count++;
    }
  });
  return count;
}

/**
 * Where one voice is stated for sounds that cannot be one chord, the upper of them are voice 1 and the lower voice 2: the
 * chord of the topmost head, or a rest that stands above all heads.
 */
function partUnequal(columns: readonly Column[], stated: Voices): Voices {
  return columns.map((column, i) => {
    const voices = stated[i] ?? [];
    const top = column.at(-1);
    if (!top || new Set(voices).size > 1 || clashes([column], [voices]) === 0) return voices;
    return column.map((sound) => {
      const withTop = sound === top || (!sound.rest && !top.rest && equal(sound.length, top.length));
      return withTop ? 1 : 2;
    });
  });
}

/** What sounds through the whole bar is voice 2, where other columns stand in the bar. */
function partWholeBar(columns: readonly Column[], voices: Voices, expected: Fraction): Voices | undefined {
  const through = columns.map((column) => column.map(({ rest, length }) => !rest && equal(length, expected)));
  if (columns.length < 2 || through.filter((column) => column.includes(true)).length !== 1) return undefined;
  return voices.map((column, i) => column.map((voice, j) => (through[i]?.[j] ? 2 : voice)));
}

/** How many of the notes beside it a held note lasts at least: where it is twice as long, a value was more likely misread. */
const LEAST_HELD = fraction(3);

/**
 * Ways to read a bar that is too long by just what one note is longer than the next: its head has a stem for each voice, and
 * sounds on as voice 2 beside what follows it.
 */
function* withSharedHead(
  columns: readonly Column[],
  voices: Voices,
  { length }: SolvedBar,
  expected: Fraction,
): Generator<Voices> {
  if (!length) return;
  for (const [i, column] of columns.entries()) {
    const [own, next] = [column[0], columns[i + 1]?.[0]];
    if (!own || own.rest || !next || compare(own.length, multiply(next.length, LEAST_HELD)) < 0) continue;
    if (equal(subtract(length, subtract(own.length, next.length)), expected))
      yield voices.map((each, j) => (j === i ? each.map(() => 2) : each));
  }
}

/** Assignments that differ from the given one in one or two places; sounds of one length in one voice stay together. */
function* flipped(columns: readonly Column[], voices: Voices): Generator<Voices> {
  const units = columns.flatMap((column, i) => {
    const names = column.map(
      (sound, j) => `${voices[i]?.[j]} ${sound.rest} ${sound.length.n}/${sound.length.d}`,
    );
    return [...new Set(names)].map((name) => ({ column: i, members: names.map((each) => each === name) }));
  });
  const flip = (from: Voices, unit: { column: number; members: boolean[] }): Voices =>
    from.map((column, i) =>
      i === unit.column ? column.map((voice, j) => (unit.members[j] ? other(voice) : voice)) : column,
    );
  const singles = units.map((unit) => flip(voices, unit));
  yield* singles;
  if (units.length > 24) return;
  for (const [i, single] of singles.entries())
    for (const unit of units.slice(i + 1)) yield flip(single, unit);
}

function endOf(steps: readonly Step[], onsets: readonly Fraction[]): Fraction {
  return steps
    .map((step, i) => add(onsets[i] ?? ZERO, larger(step[1] ?? ZERO, step[2] ?? ZERO)))
    .reduce(larger, ZERO);
}

const MOST_TRIALS = 4000;

/**
 * Onsets at which every voice's sounds follow one another, columns in order, with at most `cost` gaps (before, between or
 * after a voice's sounds), ending at `expected`; without `expected`, wherever they end. Undefined if there are none.
 */
function place(steps: readonly Step[], expected: Fraction | undefined, cost: number): Fraction[] | undefined {
  const grid = gridOf(steps, expected);
  let trials = 0;

  function from(
    index: number,
    ends: { 1: Fraction; 2: Fraction },
    last: Fraction | undefined,
    left: number,
    onsets: readonly Fraction[],
  ): Fraction[] | undefined {
    if (left < 0 || ++trials > MOST_TRIALS) return undefined;
    if (expected && compare(larger(ends[1], ends[2]), expected) > 0) return undefined;
    const step = steps[index];
    if (!step) return atEnd(ends, left) ? [...onsets] : undefined;
    const voices = ([1, 2] as const).filter((voice) => step[voice] !== undefined);
    if (voices.length === 0) return from(index + 1, ends, last, left, [...onsets, ZERO]);

    const ready = voices.map((voice) => ends[voice]).reduce(larger, ZERO);
    const later = (at: Fraction) => last === undefined || compare(at, last) > 0;
    const candidates = later(ready) ? [ready] : [];
    const [only] = voices;
    if (voices.length === 1 && only !== undefined && left > 0) {
      const otherEnd = ends[other(only)];
      const gaps = [otherEnd, ...grid.filter((at) => !equal(at, otherEnd))];
      candidates.push(...gaps.filter((at) => compare(at, ready) > 0 && later(at)));
    }
    for (const at of candidates) {
      const gaps = voices.filter((voice) => compare(ends[voice], at) < 0).length;
      const next = { ...ends };
      for (const voice of voices) next[voice] = add(at, step[voice] ?? ZERO);
      const found = from(index + 1, next, at, left - gaps, [...onsets, at]);
      if (found) return found;
    }
    return undefined;
  }

  function atEnd(ends: { 1: Fraction; 2: Fraction }, left: number): boolean {
    if (!expected) return true;
    if (!equal(larger(ends[1], ends[2]), expected)) return false;
    const used = ([1, 2] as const).filter((voice) => steps.some((step) => step[voice] !== undefined));
    return used.filter((voice) => compare(ends[voice], expected) < 0).length <= left;
  }

  for (let budget = 0; budget <= cost; budget++) {
    trials = 0;
    const found = from(0, { 1: ZERO, 2: ZERO }, undefined, budget, []);
    if (found) return found;
  }
  return undefined;
}

/** Places in the bar at which a voice might come in, the plainest first. */
function gridOf(steps: readonly Step[], expected: Fraction | undefined): Fraction[] {
  if (!expected) return [];
  const lengths = steps.flatMap((step) => [step[1], step[2]].filter((length) => length !== undefined));
  const finest = [expected, ...lengths].reduce((d, length) => leastCommonMultiple(d, length.d), 1);
  const unit = fraction(1, Math.min(finest, 64));
  const grid: Fraction[] = [];
  for (let at = unit; compare(at, expected) < 0; at = add(at, unit)) grid.push(at);
  return grid.sort((a, b) => a.d - b.d || compare(a, b));
}

/** Every voice's sounds one after another as far as columns stay in order, whatever that adds up to. */
function layInOrder(steps: readonly Step[]): Fraction[] {
  const ends = { 1: ZERO, 2: ZERO };
  let last: Fraction | undefined;
  return steps.map((step) => {
    const voices = ([1, 2] as const).filter((voice) => step[voice] !== undefined);
    if (voices.length === 0) return ZERO;
    const ready = voices.map((voice) => ends[voice]).reduce(larger, ZERO);
    const bound = last;
    const after =
      bound === undefined ? [ready] : [ready, ends[1], ends[2]].filter((at) => compare(at, bound) > 0);
    const at = after.includes(ready)
      ? ready
      : after.reduce((a, b) => (compare(a, b) <= 0 ? a : b), larger(ends[1], ends[2]));
    for (const voice of voices) ends[voice] = add(at, step[voice] ?? ZERO);
    last = at;
    return at;
  });
}
