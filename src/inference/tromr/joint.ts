import { ctcLogP, type Frames, symbolOf } from './ctc.ts';
import type { Hypothesis, ReadStep } from './hypothesis.ts';

/** Whether two readings say the same symbols; the lesser branches may differ. */
export function agree(a: readonly ReadStep[], b: readonly ReadStep[]): boolean {
  return a.length === b.length && a.every(({ step }, i) => symbolOf(step) === symbolOf(b[i]?.step ?? []));
}

/** The joint score s(y) = m log P_ctc(y) + (1 - m) log P_decoder(y) / |y|, with m = `share`. */
export function jointScore(frames: Frames, { steps, logP }: Hypothesis, share: number): number {
  const ctc = ctcLogP(
    frames,
    steps.map(({ step }) => step),
  );
  return share * ctc + (1 - share) * (logP / Math.max(1, steps.length));
}

/** The better of draft and reading by their joint scores; the reading if they tie. */
export function better(
  frames: Frames,
  draft: Hypothesis,
  reading: Hypothesis,
  share: number,
): { steps: ReadStep[]; source: 'draft' | 'reading' } {
  return jointScore(frames, draft, share) > jointScore(frames, reading, share)
    ? { steps: draft.steps, source: 'draft' }
    : { steps: reading.steps, source: 'reading' };
}
