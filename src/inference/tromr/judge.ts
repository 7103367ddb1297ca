import { STEP_BRANCHES, STEP_SIZES } from '../../notation/steps.ts';
import { allowed, isHead, KINDS } from './grammar.ts';
import type { StepAlternative } from './hypothesis.ts';

/** Below this probability a branch is in doubt and says what else it could be. */
export const DOUBT = 0.9;
const FAINT = 0.005;
const NEXT_BEST = 3;

/** The branches that make a symbol what it is: rhythm, position and lift. */
const ESSENTIAL = 3;

const SIZES = STEP_BRANCHES.map((_, branch) => STEP_SIZES[branch] ?? 0);

/** A row of scores: where it starts in `scores`, and where each branch starts in it. */
export type Row = { scores: Float32Array; start: number; offsets: readonly number[] };

/** log of the sum of exp over `size` scores. */
export function logSum(scores: Float32Array, start: number, size: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = start; i < start + size; i++) top = Math.max(top, scores[i] ?? top);
  let sum = 0;
  for (let i = start; i < start + size; i++) sum += Math.exp((scores[i] ?? top) - top);
  return top + Math.log(sum);
}

/** The best value of a branch among those that can stand beside a rhythm. */
export function bestOf({ scores, start, offsets }: Row, rhythm: number, branch: number): number {
  const from = start + (offsets[branch] ?? 0);
  let best = -1;
  let top = Number.NEGATIVE_INFINITY;
  allowed(rhythm, branch).forEach((fits, value) => {
    const score = scores[from + value] ?? top;
    if (fits && score > top) {
      top = score;
      best = value;
    }
  });
  return Math.max(best, 0);
}

/** A whole step with this rhythm: every other branch at its best. */
export function stepOf(row: Row, rhythm: number): number[] {
  return SIZES.map((_, branch) => (branch === 0 ? rhythm : bestOf(row, rhythm, branch)));
}

/**
 * How sure the row is of a step, and what else each doubtful branch could be: up to three values that leave a note a
 * note and a rest a rest, so that any of them can be taken alone.
 */
export function judge(row: Row, step: readonly number[]): { p: number; alternatives: StepAlternative[] } {
  const rhythm = step[0] ?? 0;
  const alternatives: StepAlternative[] = [];
  let p = 1;
  step.forEach((chosen, branch) => {
    const probabilities = spreadOf(row, rhythm, branch);
    const own = probabilities[chosen] ?? 0;
    if (branch < ESSENTIAL) p *= own;
    if (own >= DOUBT) return;
    const others = probabilities
      .map((probability, value) => ({ branch, value, p: probability }))
      .filter(({ value }) => value !== chosen && (branch > 0 || KINDS[value] === KINDS[rhythm]));
    alternatives.push(...mostLikely(others));
  });
  return { p, alternatives };
}

/** The likeliest of a branch's other values, those too faint to offer left out. */
export function mostLikely(others: readonly StepAlternative[]): StepAlternative[] {
  return others
    .filter(({ p }) => p >= FAINT)
    .sort((a, b) => b.p - a.p)
    .slice(0, NEXT_BEST);
}

/** Softmax of a branch over the values that can stand beside a rhythm; 0 for the others. */
function spreadOf({ scores, start, offsets }: Row, rhythm: number, branch: number): number[] {
  const from = start + (offsets[branch] ?? 0);
  const fitting = allowed(rhythm, branch);
  let top = Number.NEGATIVE_INFINITY;
  fitting.forEach((fits, value) => {
    if (fits) top = Math.max(top, scores[from + value] ?? top);
  });
  const weights = fitting.map((fits, value) => (fits ? Math.exp((scores[from + value] ?? top) - top) : 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Log probability of the essential branches of a step, by softmaxes over all their classes. */
export function logProbability({ scores, start, offsets }: Row, step: readonly number[]): number {
  let total = 0;
  const count = isHead(step[0] ?? 0) ? ESSENTIAL : 1;
  for (let branch = 0; branch < count; branch++) {
    const from = start + (offsets[branch] ?? 0);
    total += (scores[from + (step[branch] ?? 0)] ?? 0) - logSum(scores, from, SIZES[branch] ?? 0);
  }
  return total;
}
