import { STEP_BRANCHES } from '../../notation/steps.ts';
import type { ReadStep, StepAlternative } from './hypothesis.ts';
import { stretches } from './joint.ts';
import { DOUBT, mostLikely } from './judge.ts';

/** What is averaged: all that neither says where the symbol stands nor what it is. */
const POOLED = (['tuplet', 'mark', 'tie', 'slur', 'voice'] as const).map((name) =>
  STEP_BRANCHES.indexOf(name),
);

/**
 * Both readings of a staff, each branch's word about tuplets, marks, ties, slurs and voices averaged with the other's
 * wherever they say the same symbols: their mistakes differ.
 */
export function pool(
  draft: readonly ReadStep[],
  reading: readonly ReadStep[],
): { draft: ReadStep[]; reading: ReadStep[] } {
  const pooled = { draft: [...draft], reading: [...reading] };
  for (const part of stretches(draft, reading)) {
    if (!part.same) continue;
    for (let k = 0; k < part.draft.to - part.draft.from; k++) {
      const d = draft[part.draft.from + k];
      const r = reading[part.reading.from + k];
      if (!d || !r) continue;
      pooled.draft[part.draft.from + k] = average(d, r);
      pooled.reading[part.reading.from + k] = average(r, d);
    }
  }
  return pooled;
}

/** `one` with the pooled branches that both together find most likely. */
function average(one: ReadStep, other: ReadStep): ReadStep {
  const step = [...one.step];
  const alternatives = one.alternatives.filter(({ branch }) => !POOLED.includes(branch));
  for (const branch of POOLED) {
    const [first, ...others] = together(spread(one, branch), spread(other, branch));
    if (!first) continue;
    step[branch] = first.value;
    if (first.p < DOUBT) alternatives.push(...mostLikely(others.map((rest) => ({ ...rest, branch }))));
  }
  return { ...one, step, alternatives };
}

type Share = Omit<StepAlternative, 'branch'>;

/** A branch's probabilities as far as its step tells them: what it chose has what the alternatives leave. */
function spread({ step, alternatives }: ReadStep, branch: number): Share[] {
  const others = alternatives.filter((alternative) => alternative.branch === branch);
  const left = 1 - others.reduce((sum, { p }) => sum + p, 0);
  return [{ value: step[branch] ?? 0, p: left }, ...others];
}

/** The mean of two spreads, most likely first. */
function together(one: readonly Share[], other: readonly Share[]): Share[] {
  const means = new Map<number, number>();
  for (const { value, p } of [...one, ...other]) means.set(value, (means.get(value) ?? 0) + p / 2);
  return [...means].map(([value, p]) => ({ value, p })).sort((a, b) => b.p - a.p);
}
