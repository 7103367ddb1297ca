/** A value that a branch (by index in STEP_BRANCHES) could have had instead, and its probability. */
export type StepAlternative = { branch: number; value: number; p: number };

/** One symbol as a branch of the model reads it. */
export type ReadStep = {
  /** Class ids in the order of STEP_BRANCHES. */
  step: number[];
  /** Probability that rhythm, position and accidental are right, by the model's own account. */
  p: number;
  /** Where it was seen, in columns of the encoder; 0.5 is the centre of the first. */
  column: number;
  alternatives: StepAlternative[];
};

/**
 * A reading of a whole staff, and what the decoder thinks of it: the log probability of each step after those before it,
 * and last that of ending there (-Infinity if it never ended).
 */
export type Hypothesis = { steps: ReadStep[]; logP: number[] };
