import { type Frames, symbolLogP, symbolOf } from './ctc.ts';
import { isHead, KINDS } from './grammar.ts';
import type { ReadStep } from './hypothesis.ts';
import { bestOf, judge, type Row, stepOf } from './judge.ts';
import { BLANK, FRAME, FRAME_OFFSETS } from './layout.ts';

/**
 * The draft of a staff: in every frame the loudest rhythm or the blank, beside a notehead its loudest position and
 * accidental; equal neighbours are one symbol, and the remaining branches are read in its loudest frame.
 * @param scores frames of FRAME scores each, from `start`; `slots` frames to a column, from left to right
 * @param frames the same as log probabilities
 */
export function readDraft(scores: Float32Array, start: number, frames: Frames, slots: number): ReadStep[] {
  const steps: ReadStep[] = [];
  let last = Number.NaN;
  let loudest = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    const row: Row = { scores, start: start + frame * FRAME, offsets: FRAME_OFFSETS };
    const rhythm = loudestRhythm(row);
    if (rhythm === BLANK) {
      last = Number.NaN;
      continue;
    }
    const essence = [
      rhythm,
      isHead(rhythm) ? bestOf(row, rhythm, 1) : 0,
      isHead(rhythm) ? bestOf(row, rhythm, 2) : 0,
    ];
    const symbol = symbolOf(essence);
    const loudness = symbolLogP(frames, frame, essence);
    if (symbol === last && loudness <= loudest) continue;
    if (symbol === last) steps.pop();
    const step = stepOf(row, rhythm);
    steps.push({ step, column: Math.floor(frame / slots) + 0.5, ...judge(row, step) });
    last = symbol;
    loudest = loudness;
  }
  return steps;
}

function loudestRhythm({ scores, start }: Row): number {
  let best = BLANK;
  let top = scores[start + BLANK] ?? 0;
  for (let rhythm = 0; rhythm < BLANK; rhythm++) {
    const score = scores[start + rhythm] ?? top;
    if (score > top && KINDS[rhythm] !== 'control') {
      top = score;
      best = rhythm;
    }
  }
  return best;
}
