import { type Convention, conventionOf, countedSymbols } from './convention.ts';
import { align, editDistance, type Pair } from './edit-distance.ts';
import type { SemanticSymbol } from './semantic.ts';

/** An error rate in parts: rates of a set are errors summed over total summed, so they may exceed 1. */
export interface Rate {
  errors: number;
  total: number;
}

/** Notes of the truth, and how many of them the reading has right in each respect. */
export interface NoteCounts {
  truth: number;
  pitch: number;
  value: number;
  both: number;
}

export interface StaffErrors {
  /** Symbol errors with everything that the text says. */
  merged: Rate;
  /** The same without pitch. */
  rhythm: Rate;
  /** Pitches of the notes alone. */
  pitch: Rate;
  notes: NoteCounts;
}

/** A staff of the truth with its reading (indices of the lines); one of the two is missing for a missed or invented staff. */
export interface StaffComparison {
  truth?: number;
  reading?: number;
  errors: StaffErrors;
}

export interface PageErrors {
  total: StaffErrors;
  staves: StaffComparison[];
  missed: number;
  invented: number;
}

export const NO_ERRORS: Readonly<StaffErrors> = {
  merged: { errors: 0, total: 0 },
  rhythm: { errors: 0, total: 0 },
  pitch: { errors: 0, total: 0 },
  notes: { truth: 0, pitch: 0, value: 0, both: 0 },
};

/** Rate as a number; 0 for nothing wrong in nothing, infinite for errors against an empty truth. */
export function rateOf({ errors, total }: Rate): number {
  return errors === 0 ? 0 : errors / total;
}

export function addRates(a: Rate, b: Rate): Rate {
  return { errors: a.errors + b.errors, total: a.total + b.total };
}

/** Errors of two staves, pages or sets together. */
export function addErrors(a: StaffErrors, b: StaffErrors): StaffErrors {
  return {
    merged: addRates(a.merged, b.merged),
    rhythm: addRates(a.rhythm, b.rhythm),
    pitch: addRates(a.pitch, b.pitch),
    notes: {
      truth: a.notes.truth + b.notes.truth,
      pitch: a.notes.pitch + b.notes.pitch,
      value: a.notes.value + b.notes.value,
      both: a.notes.both + b.notes.both,
    },
  };
}

/** A symbol without its pitch: kind, duration, ratio, and whether it starts with the one before. */
export function rhythmName({ kind, value, ratio, joined }: SemanticSymbol): string {
  const name = kind === 'other' ? value : `${kind}-${value}`;
  return `${joined ? '|' : ''}${name}${ratio && `(${ratio})`}`;
}

function fullName(symbol: SemanticSymbol): string {
  return symbol.pitch ? `${rhythmName(symbol)} ${symbol.pitch}` : rhythmName(symbol);
}

function rate(truth: readonly string[], reading: readonly string[]): Rate {
  return { errors: editDistance(truth, reading), total: truth.length };
}

const pitchesOf = (symbols: readonly SemanticSymbol[]): string[] =>
  symbols.filter(({ pitch }) => pitch !== '').map(({ pitch }) => pitch);

function compareStaves(truth: readonly SemanticSymbol[], reading: readonly SemanticSymbol[]): StaffErrors {
  const notes: NoteCounts = { truth: pitchesOf(truth).length, pitch: 0, value: 0, both: 0 };
  for (const { left, right } of alignSymbols(truth, reading)) {
    if (!left?.pitch || !right?.pitch) continue;
    const pitch = left.pitch === right.pitch;
    const value = sameValue(left, right);
    if (pitch) notes.pitch++;
    if (value) notes.value++;
    if (pitch && value) notes.both++;
  }
  return {
    merged: rate(truth.map(fullName), reading.map(fullName)),
    rhythm: rate(truth.map(rhythmName), reading.map(rhythmName)),
    pitch: rate(pitchesOf(truth), pitchesOf(reading)),
    notes,
  };
}

function sameValue(a: SemanticSymbol, b: SemanticSymbol): boolean {
  return a.kind === b.kind && a.value === b.value && a.ratio === b.ratio;
}

/**
 * Symbols of a truth and of a reading in pairs, notes only with notes. A wrong pitch or duration costs half of a note, so that a
 * half-right note stays with its partner; this is the alignment behind accuracies and confusions, not behind SER.
 */
export function alignSymbols(
  truth: readonly SemanticSymbol[],
  reading: readonly SemanticSymbol[],
): Pair<SemanticSymbol, SemanticSymbol>[] {
  return align(truth, reading, {
    pair: (a, b) => {
      if ((a.pitch === '') !== (b.pitch === '')) return 4;
      const wrong = (a.pitch === b.pitch ? 0 : 1) + (sameValue(a, b) ? 0 : 1);
      return a.pitch === '' ? 1.5 * wrong : wrong;
    },
    left: () => 1,
    right: () => 1,
  });
}

/** Two lists of staves from top to bottom, paired by least total edit distance; a staff without partner costs its symbols. */
export function pairStaves<T>(
  truth: readonly (readonly T[])[],
  reading: readonly (readonly T[])[],
): Pair<number, number>[] {
  const staffAt = (staves: readonly (readonly T[])[], i: number): readonly T[] => staves[i] ?? [];
  return align([...truth.keys()], [...reading.keys()], {
    pair: (i, j) => editDistance(staffAt(truth, i), staffAt(reading, j)),
    left: (i) => staffAt(truth, i).length,
    right: (j) => staffAt(reading, j).length,
  });
}

/** The errors of a page: semantic text of its staves from top to bottom, true and read. */
export function pageErrors(
  truth: readonly string[],
  reading: readonly string[],
  convention: Convention = conventionOf(truth),
): PageErrors {
  const truths = truth.map((line) => countedSymbols(line, convention));
  const readings = reading.map((line) => countedSymbols(line, convention));
  const pairs = pairStaves(
    truths.map((staff) => staff.map(fullName)),
    readings.map((staff) => staff.map(fullName)),
  );
  const staves = pairs.map(({ left, right }): StaffComparison => {
    const errors = compareStaves(truths[left ?? -1] ?? [], readings[right ?? -1] ?? []);
    return {
      ...(left === undefined ? {} : { truth: left }),
      ...(right === undefined ? {} : { reading: right }),
      errors,
    };
  });
  return {
    total: staves.map(({ errors }) => errors).reduce(addErrors, NO_ERRORS),
    staves,
    missed: staves.filter(({ reading }) => reading === undefined).length,
    invented: staves.filter(({ truth }) => truth === undefined).length,
  };
}
