import { describe, expect, it } from 'vitest';
import { encodeSteps, STEP_BRANCHES } from '../../notation/steps.ts';
import { readLine } from '../../notation/testing/read-line.ts';
import type { ReadStep, StepAlternative } from './hypothesis.ts';
import { pool } from './pool.ts';

const TUPLET = STEP_BRANCHES.indexOf('tuplet');
const LIFT = STEP_BRANCHES.indexOf('lift');

/** A line as one branch of the model reads it; `doubts` are the last note's alternatives. */
function read(text: string, doubts: StepAlternative[] = []): ReadStep[] {
  const steps = encodeSteps(readLine(`clef-G2 ${text}`));
  return steps.map((step, i) => ({
    step,
    p: 0.9,
    column: i,
    alternatives: i === steps.length - 1 ? doubts : [],
  }));
}

const tupletOf = (steps: readonly ReadStep[]) => steps.at(-1)?.step[TUPLET];
const triplet = { branch: TUPLET, value: 1 };

describe('pooling draft and reading', () => {
  it('takes what both together find likeliest, and offers the rest', () => {
    const draft = read('note-C4_eighth', [{ ...triplet, p: 0.45 }]);
    const reading = read('note-C4_eighth(3:2)', [{ branch: TUPLET, value: 0, p: 0.2 }]);
    const pooled = pool(draft, reading);
    expect([tupletOf(pooled.draft), tupletOf(pooled.reading)]).toEqual([1, 1]);
    const [other] = pooled.draft.at(-1)?.alternatives ?? [];
    expect(other).toMatchObject({ branch: TUPLET, value: 0 });
    expect(other?.p).toBeCloseTo((0.55 + 0.2) / 2);
  });

  it('leaves each branch its word where they read different symbols', () => {
    const draft = read('note-C4_eighth');
    const reading = read('note-D4_eighth(3:2)');
    expect(pool(draft, reading)).toEqual({ draft, reading });
  });

  it('does not touch what makes a symbol what it is, nor the doubts about it', () => {
    const doubt = { branch: LIFT, value: 2, p: 0.3 };
    const pooled = pool(read('note-C4_eighth', [doubt]), read('note-C4_eighth'));
    expect(pooled.draft.at(-1)?.alternatives).toEqual([doubt]);
    expect(pooled.reading.at(-1)?.alternatives).toEqual([]);
  });
});
