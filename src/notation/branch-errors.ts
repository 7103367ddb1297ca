import { align, editDistance, type Pair } from './edit-distance.ts';
import { addRates, pairStaves, type Rate } from './error-rates.ts';
import { isRest } from './groups.ts';
import { isNote, type Token } from './token.ts';

export const TOKEN_BRANCHES = ['rhythm', 'pitch', 'lift', 'tuplet', 'mark', 'tie', 'slur', 'voice'] as const;
export type TokenBranch = (typeof TOKEN_BRANCHES)[number];

/** How often a branch says something out of the ordinary (a tie, a mark, a second voice…) in truth and reading, and how often in both. */
export interface Sightings {
  truth: number;
  reading: number;
  right: number;
}

/** A value of the truth taken for another; an empty string where there is none. */
export interface Confusion {
  branch: TokenBranch;
  truth: string;
  reading: string;
  count: number;
}

export interface BranchErrors {
  /** Symbol errors with every branch right. */
  merged: Rate;
  /** Errors of each branch's own sequence, over the symbols for which it speaks. */
  branches: Record<TokenBranch, Rate>;
  sightings: Record<TokenBranch, Sightings>;
  confusions: Confusion[];
}

/** Symbols for which a branch speaks at all. */
function speaks(branch: TokenBranch, token: Token): boolean {
  if (branch === 'rhythm') return true;
  if (branch === 'tuplet' || branch === 'mark' || branch === 'voice') return isNote(token) || isRest(token);
  return isNote(token);
}

const ORDINARY: Readonly<Partial<Record<TokenBranch, string>>> = {
  lift: 'none',
  tuplet: 'none',
  mark: 'none',
  tie: 'none',
  slur: 'none',
  voice: '1',
};

const wholeName = (token: Token): string => TOKEN_BRANCHES.map((branch) => token[branch]).join(' ');

/** Whether two tokens agree in every branch. */
export function sameToken(a: Token, b: Token): boolean {
  return TOKEN_BRANCHES.every((branch) => a[branch] === b[branch]);
}

/** Tokens of a truth and of a reading in pairs, notes only with notes; each wrong branch makes a pair dearer. */
export function alignTokens(truth: readonly Token[], reading: readonly Token[]): Pair<Token, Token>[] {
  return align(truth, reading, {
    pair: (a, b) => {
      if (isNote(a) !== isNote(b)) return 4;
      if (!isNote(a)) return a.rhythm === b.rhythm ? 0 : 1.5;
      const lesser = TOKEN_BRANCHES.filter((branch) => a[branch] !== b[branch]).length;
      return (a.rhythm === b.rhythm ? 0 : 0.8) + (a.pitch === b.pitch ? 0 : 0.8) + lesser / 20;
    },
    left: () => 1,
    right: () => 1,
  });
}

function mapBranches<T>(value: (branch: TokenBranch) => T): Record<TokenBranch, T> {
  return {
    rhythm: value('rhythm'),
    pitch: value('pitch'),
    lift: value('lift'),
    tuplet: value('tuplet'),
    mark: value('mark'),
    tie: value('tie'),
    slur: value('slur'),
    voice: value('voice'),
  };
}

function staffErrors(truth: readonly Token[], reading: readonly Token[]): BranchErrors {
  const pairs = alignTokens(truth, reading);
  const sequence = (tokens: readonly Token[], branch: TokenBranch): string[] =>
    tokens.filter((token) => speaks(branch, token)).map((token) => token[branch]);
  const rate = (a: readonly string[], b: readonly string[]): Rate => ({
    errors: editDistance(a, b),
    total: a.length,
  });
  const special = (branch: TokenBranch, token: Token | undefined): boolean =>
    token !== undefined && speaks(branch, token) && token[branch] !== ORDINARY[branch];
  return {
    merged: rate(truth.map(wholeName), reading.map(wholeName)),
    branches: mapBranches((branch) => rate(sequence(truth, branch), sequence(reading, branch))),
    sightings: mapBranches((branch) => ({
      truth: truth.filter((token) => special(branch, token)).length,
      reading: reading.filter((token) => special(branch, token)).length,
      right: pairs.filter(
        ({ left, right }) => special(branch, left) && right && left?.[branch] === right[branch],
      ).length,
    })),
    confusions: TOKEN_BRANCHES.flatMap((branch) => confusionsOf(branch, pairs)),
  };
}

function confusionsOf(branch: TokenBranch, pairs: readonly Pair<Token, Token>[]): Confusion[] {
  return pairs.flatMap(({ left, right }) => {
    const truth = left && speaks(branch, left) ? left[branch] : '';
    const reading = right && speaks(branch, right) ? right[branch] : '';
    // A symbol missed or invented as a whole is told once, by its rhythm.
    if (truth === reading || (branch !== 'rhythm' && !(left && right))) return [];
    return [{ branch, truth, reading, count: 1 }];
  });
}

/** Equal confusions counted together, the commonest first. */
export function countConfusions(confusions: readonly Confusion[]): Confusion[] {
  const counted = new Map<string, Confusion>();
  for (const confusion of confusions) {
    const key = `${confusion.branch} ${confusion.truth} ${confusion.reading}`;
    const count = (counted.get(key)?.count ?? 0) + confusion.count;
    counted.set(key, { ...confusion, count });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}

/** Branch errors of two staves, pages or sets together. */
export function addBranchErrors(a: BranchErrors, b: BranchErrors): BranchErrors {
  return {
    merged: addRates(a.merged, b.merged),
    branches: mapBranches((branch) => addRates(a.branches[branch], b.branches[branch])),
    sightings: mapBranches((branch) => ({
      truth: a.sightings[branch].truth + b.sightings[branch].truth,
      reading: a.sightings[branch].reading + b.sightings[branch].reading,
      right: a.sightings[branch].right + b.sightings[branch].right,
    })),
    confusions: [...a.confusions, ...b.confusions],
  };
}

export const NO_BRANCH_ERRORS: Readonly<BranchErrors> = staffErrors([], []);

/** Errors by branch of a page: tokens of its staves from top to bottom, true and read; staves paired as for the text. */
export function branchErrors(truth: readonly Token[][], reading: readonly Token[][]): BranchErrors {
  return pairedStaves(truth, reading)
    .map((staff) => staffErrors(staff.truth, staff.reading))
    .reduce(addBranchErrors, NO_BRANCH_ERRORS);
}

/** The staves of a page, true and read, in pairs of least total edit distance; without partner one is empty. */
export function pairedStaves(
  truth: readonly Token[][],
  reading: readonly Token[][],
): { truth: Token[]; reading: Token[] }[] {
  const names = (staves: readonly Token[][]) => staves.map((staff) => staff.map(wholeName));
  return pairStaves(names(truth), names(reading)).map(({ left, right }) => ({
    truth: truth[left ?? -1] ?? [],
    reading: reading[right ?? -1] ?? [],
  }));
}
