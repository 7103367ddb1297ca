import { ctcLogP, type Frames, symbolOf } from './ctc.ts';
import type { Hypothesis, ReadStep } from './hypothesis.ts';

/** A reading of a staff with its log probabilities by the CTC branch and by the decoder. */
export type Scored = { steps: ReadStep[]; ctc: number; decoder: number };

/** What the two branches read; no draft where both say the same symbols. */
export type Candidates = { reading: Scored; draft?: Scored };

/** Whether two readings say the same symbols; the lesser branches may differ. */
export function agree(a: readonly ReadStep[], b: readonly ReadStep[]): boolean {
  return a.length === b.length && a.every(({ step }, i) => symbolOf(step) === symbolOf(b[i]?.step ?? []));
}

export function scored(frames: Frames, { steps, logP }: Hypothesis): Scored {
  const said = steps.map(({ step }) => step);
  return { steps, ctc: ctcLogP(frames, said), decoder: logP };
}

/** The joint score s(y) = m log P_ctc(y) + (1 - m) log P_decoder(y) / |y|, with m = `share`. */
export function jointScore({ steps, ctc, decoder }: Scored, share: number): number {
  return share * ctc + ((1 - share) * decoder) / Math.max(1, steps.length);
}

/** The candidate with the better joint score; the reading if they tie. */
export function better({ reading, draft }: Candidates, share: number): 'draft' | 'reading' {
  return draft && !(jointScore(reading, share) >= jointScore(draft, share)) ? 'draft' : 'reading';
}
