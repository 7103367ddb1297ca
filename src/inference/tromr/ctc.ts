import { STEP_SIZES } from '../../notation/steps.ts';
import { isHead } from './grammar.ts';
import { logSum } from './judge.ts';
import { BLANK, FRAME, FRAME_OFFSETS } from './layout.ts';

const [, POSITIONS = 0, LIFTS = 0] = STEP_SIZES;

/** Columns of a frame of log probabilities: rhythms and the blank, positions, lifts. */
const POSITION_AT = BLANK + 1;
const LIFT_AT = POSITION_AT + POSITIONS;
const WIDTH = LIFT_AT + LIFTS;

/** Log probabilities of rhythm (with its blank), position and lift in every frame of a staff. */
export type Frames = { count: number; logP: Float32Array };

/** Scores [count, FRAME] of a staff's frames, beginning at `start`, as log probabilities. */
export function framesOf(scores: Float32Array, start: number, count: number): Frames {
  const logP = new Float32Array(count * WIDTH);
  const copy = (from: number, to: number, size: number) => {
    const norm = logSum(scores, from, size);
    for (let i = 0; i < size; i++) logP[to + i] = (scores[from + i] ?? 0) - norm;
  };
  for (let frame = 0; frame < count; frame++) {
    const from = start + frame * FRAME;
    copy(from, frame * WIDTH, BLANK + 1);
    copy(from + (FRAME_OFFSETS[1] ?? 0), frame * WIDTH + POSITION_AT, POSITIONS);
    copy(from + (FRAME_OFFSETS[2] ?? 0), frame * WIDTH + LIFT_AT, LIFTS);
  }
  return { count, logP };
}

/** What CTC collapses on: two steps of equal symbol are one unless a blank parts them. */
export function symbolOf([rhythm = 0, position = 0, lift = 0]: readonly number[]): number {
  return isHead(rhythm) ? (rhythm * POSITIONS + position) * LIFTS + lift + 1 : -rhythm;
}

/** Log probability of a step's symbol in a frame: the sum of its branches, for what is no note of its rhythm alone. */
export function symbolLogP(
  { logP }: Frames,
  frame: number,
  [rhythm = 0, position = 0, lift = 0]: readonly number[],
): number {
  const row = frame * WIDTH;
  const own = logP[row + rhythm] ?? 0;
  if (!isHead(rhythm)) return own;
  return own + (logP[row + POSITION_AT + position] ?? 0) + (logP[row + LIFT_AT + lift] ?? 0);
}

/**
 * Log probability of a sequence of steps over all its alignments (Graves et al. 2006, the forward pass), computed with
 * probabilities that are scaled in every frame. -Infinity if there are too few frames.
 */
export function ctcLogP(frames: Frames, steps: readonly (readonly number[])[]): number {
  const symbols = steps.map(symbolOf);
  const states = 2 * steps.length + 1;
  let before = new Float64Array(states);
  let now = new Float64Array(states);
  let total = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    const blank = Math.exp(frames.logP[frame * WIDTH + BLANK] ?? 0);
    let sum = 0;
    for (let state = 0; state < states; state++) {
      const index = state >> 1;
      const isBlank = state % 2 === 0;
      let arriving: number;
      if (frame === 0) arriving = state < 2 ? 1 : 0;
      else {
        arriving = (before[state] ?? 0) + (before[state - 1] ?? 0);
        if (!isBlank && index > 0 && symbols[index] !== symbols[index - 1])
          arriving += before[state - 2] ?? 0;
      }
      const p = isBlank ? blank : arriving > 0 ? Math.exp(symbolLogP(frames, frame, steps[index] ?? [])) : 0;
      sum += now[state] = arriving * p;
    }
    if (sum === 0) return Number.NEGATIVE_INFINITY;
    for (let state = 0; state < states; state++) now[state] = (now[state] ?? 0) / sum;
    total += Math.log(sum);
    [before, now] = [now, before];
  }
  return total + Math.log((before[states - 1] ?? 0) + (before[states - 2] ?? 0));
}
