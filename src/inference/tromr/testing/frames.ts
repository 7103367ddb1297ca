import { VOCABULARY } from '../../../notation/token.ts';
import { BLANK, FRAME, FRAME_OFFSETS } from '../layout.ts';

const rhythm = (name: string) => VOCABULARY.rhythm.indexOf(name);
export const QUARTER = rhythm('note-quarter');
const BAR = rhythm('barline');
export const step = (...ids: number[]) => [...ids, ...Array<number>(9 - ids.length).fill(0)];
export const NOTE = step(QUARTER, 15, 1);
export const OTHER_NOTE = step(QUARTER, 16, 1);
export const BARLINE = step(BAR, 0, 0);

/** Scores of frames that each say some symbols with some loudness. */
export function scoresOf(frames: [number[] | undefined, number][][]): Float32Array {
  const scores = new Float32Array(frames.length * FRAME);
  frames.forEach((sayings, frame) => {
    for (const [said, loudness] of sayings) {
      const ids = said ?? [BLANK];
      ids.forEach((id, branch) => {
        scores[frame * FRAME + (FRAME_OFFSETS[branch] ?? 0) + id] = loudness;
      });
    }
  });
  return scores;
}
