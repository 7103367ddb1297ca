import { align } from '../../notation/edit-distance.ts';
import { ctcLogP, type Frames, symbolOf } from './ctc.ts';
import type { Hypothesis, ReadStep } from './hypothesis.ts';

/** A hypothesis and its log probability by the CTC branch. */
export type Scored = Hypothesis & { ctc: number };

/** What the two branches read; no draft where both say the same symbols. */
export type Candidates = { reading: Scored; draft?: Scored };

export type Source = 'draft' | 'reading';

/** Whether two readings say the same symbols; the lesser branches may differ. */
export function agree(a: readonly ReadStep[], b: readonly ReadStep[]): boolean {
  return a.length === b.length && a.every((step, i) => symbolAt(step) === symbolAt(b[i]));
}

const symbolAt = (read: ReadStep | undefined): number | undefined => read && symbolOf(read.step);

export function scored(frames: Frames, hypothesis: Hypothesis): Scored {
  return { ...hypothesis, ctc: ctcOf(frames, hypothesis.steps) };
}

function ctcOf(frames: Frames, steps: readonly ReadStep[]): number {
  return ctcLogP(
    frames,
    steps.map(({ step }) => step),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The joint score s(y) = m log P_ctc(y) + (1 - m) log P_decoder(y) / |y|, with m = `share`. */
export function jointScore({ steps, ctc, logP }: Scored, share: number): number {
  return share * ctc + ((1 - share) * sum(logP)) / Math.max(1, steps.length);
}

/** The candidate with the better joint score; the reading if they tie. */
export function better({ reading, draft }: Candidates, share: number): Source {
  return draft && !(jointScore(reading, share) >= jointScore(draft, share)) ? 'draft' : 'reading';
}

/** A stretch of both hypotheses, as ranges of steps; `same` if they say the same symbols there. */
type Stretch = { same: boolean } & Record<Source, { from: number; to: number }>;

/** Both hypotheses side by side: where they agree and where not, from left to right. */
export function stretches(draft: readonly ReadStep[], reading: readonly ReadStep[]): Stretch[] {
  const pairs = align(draft, reading, {
    pair: (a, b) => (symbolAt(a) === symbolAt(b) ? 0 : 1),
    left: () => 1,
    right: () => 1,
  });
  const result: Stretch[] = [];
  let [d, r] = [0, 0];
  for (const { left, right } of pairs) {
    const same = left !== undefined && right !== undefined && symbolAt(left) === symbolAt(right);
    const open = result.at(-1);
    const stretch =
      open?.same === same ? open : { same, draft: { from: d, to: d }, reading: { from: r, to: r } };
    if (stretch !== open) result.push(stretch);
    if (left) stretch.draft.to = ++d;
    if (right) stretch.reading.to = ++r;
  }
  return result;
}

/**
 * The better candidate, with the other's word taken wherever they differ and both branches together like that more:
 * m log P_ctc + (1 - m) log P_decoder (Watanabe et al. 2017), the decoder asked for the stretch and the step after it.
 * @param share m of the joint score
 * @param mixing m within a staff
 */
export function blend(
  frames: Frames,
  candidates: Candidates,
  share: number,
  mixing: number,
): { steps: ReadStep[]; source: Source } {
  const { reading, draft } = candidates;
  const source = better(candidates, share);
  if (!draft) return { steps: reading.steps, source };
  const both = { reading, draft };
  const parts = stretches(draft.steps, reading.steps);
  const chosen = parts.map((): Source => source);
  const written = () =>
    parts.flatMap((part, i) => {
      const from = chosen[i] ?? source;
      return both[from].steps.slice(part[from].from, part[from].to);
    });
  const worth = (ctc: number, part: Stretch, from: Source) =>
    mixing * ctc + (1 - mixing) * sum(both[from].logP.slice(part[from].from, part[from].to + 1));
  let ctc = both[source].ctc;
  parts.forEach((part, i) => {
    if (part.same) return;
    const other: Source = source === 'draft' ? 'reading' : 'draft';
    chosen[i] = other;
    const changed = ctcOf(frames, written());
    if (worth(changed, part, other) > worth(ctc, part, source)) ctc = changed;
    else chosen[i] = source;
  });
  return { steps: written(), source };
}
