import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ctcLogP, framesOf, symbolLogP, symbolOf } from './ctc.ts';
import { readDraft } from './draft.ts';
import { BLANK } from './layout.ts';
import { BARLINE, NOTE, OTHER_NOTE, QUARTER, scoresOf, step } from './testing/frames.ts';

describe('the probability of a sequence by CTC', () => {
  test('is the sum over all alignments, for any few frames and symbols', () => {
    const alphabet = [NOTE, OTHER_NOTE, BARLINE];
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.constantFrom(...alphabet), { maxLength: 3 }),
        (loudness, sequence) => {
          const scores = scoresOf(
            loudness.map((of) => [...alphabet, undefined].map((said, i) => [said, of[i] ?? 0])),
          );
          const frames = framesOf(scores, 0, loudness.length);
          const summed = Math.log(sumOverAlignments(frames, alphabet, sequence));
          const computed = ctcLogP(frames, sequence);
          if (summed === Number.NEGATIVE_INFINITY) expect(computed).toBe(summed);
          else expect(computed).toBeCloseTo(summed, 4);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is zero where there are fewer frames than symbols', () => {
    const frames = framesOf(scoresOf([[[NOTE, 5]]]), 0, 1);
    expect(ctcLogP(frames, [NOTE, BARLINE])).toBe(Number.NEGATIVE_INFINITY);
  });

  test('does not underflow over the many frames of a wide staff', () => {
    const count = 640;
    const frames = framesOf(scoresOf(Array.from({ length: count }, () => [[undefined, 1]])), 0, count);
    expect(
      Number.isFinite(
        ctcLogP(
          frames,
          Array.from({ length: 100 }, () => NOTE),
        ),
      ),
    ).toBe(true);
  });
});

function sumOverAlignments(
  frames: ReturnType<typeof framesOf>,
  alphabet: number[][],
  sequence: readonly number[][],
): number {
  const wanted = sequence.map(symbolOf).join();
  const walk = (frame: number, path: (number | undefined)[]): number => {
    if (frame === frames.count) {
      const collapsed = path.filter((symbol, i) => symbol !== undefined && symbol !== path[i - 1]);
      return collapsed.join() === wanted ? 1 : 0;
    }
    let sum = Math.exp(symbolLogP(frames, frame, [BLANK])) * walk(frame + 1, [...path, undefined]);
    for (const said of alphabet)
      sum += Math.exp(symbolLogP(frames, frame, said)) * walk(frame + 1, [...path, symbolOf(said)]);
    return sum;
  };
  return walk(0, []);
}

describe('the draft', () => {
  const read = (scores: Float32Array, count: number) => readDraft(scores, 0, framesOf(scores, 0, count), 2);

  test('takes equal neighbours for one symbol, and for two if a blank parts them or their pitch differs', () => {
    const scores = scoresOf([
      [[BARLINE, 9]],
      [[BARLINE, 9]],
      [[undefined, 9]],
      [[BARLINE, 9]],
      [[NOTE, 9]],
      [[OTHER_NOTE, 9]],
    ]);
    const steps = read(scores, 6).map((each) => each.step);
    expect(steps).toEqual([BARLINE, BARLINE, NOTE, OTHER_NOTE]);
  });

  test('reads place and lesser branches in the loudest frame of a symbol', () => {
    const staccato = step(QUARTER, 15, 1, 0, 0, 1);
    const scores = scoresOf([
      [[undefined, 9]],
      [[undefined, 9]],
      [[NOTE, 3]],
      [[staccato, 9]],
      [[NOTE, 3]],
      [[undefined, 9]],
    ]);
    const [note, ...others] = read(scores, 6);
    expect(others).toEqual([]);
    expect(note?.step).toEqual(staccato);
    expect(note?.column).toBe(1.5);
  });

  test('is surer of what is louder and names the next best where it is in doubt', () => {
    const scores = scoresOf([
      [
        [OTHER_NOTE, 5],
        [NOTE, 6],
      ],
    ]);
    const [note] = read(scores, 1);
    expect(note?.step).toEqual(NOTE);
    expect(note?.p).toBeGreaterThan(0.3);
    expect(note?.p).toBeLessThan(0.8);
    const positions = note?.alternatives.filter(({ branch }) => branch === 1) ?? [];
    expect(positions[0]?.value).toBe(16);
    expect(positions.length).toBeLessThanOrEqual(3);
  });
});
