import { describe, expect, it } from 'vitest';
import { emptySums } from '../../src/funnel/probability-metrics.ts';
import type { Trial } from './trial.ts';
import { costOfDelay, judgeLeak, orderOfModels, reachOfAdapter, transferAndSaving } from './truths.ts';

/** A trial of ten users like one another: 100 rows and 2 expected clicks each, and the given losses. */
function trial(losses: Record<string, number>, auc: Record<string, number> = {}): Trial {
  const columns = Object.keys(losses);
  const row = [100, 2, ...Object.values(losses)];
  const judged = Object.fromEntries(
    columns.map((name) => [name, { expected: emptySums(), sampled: emptySums(), auc: auc[name] ?? 0.7 }]),
  );
  const student = { student: 'feed', rows: 10, shared: 4 };
  const ledger = {
    students: [student, { ...student, student: 'early stage' }],
    rows: 20,
    calls: 16,
    saved: 4,
  };
  return {
    columns,
    days: [{ day: 0, judged }],
    perUser: Float64Array.from(Array.from({ length: 10 }, () => row).flat()),
    ledgers: [ledger],
  };
}

const MODELS = {
  oracle: 8,
  'fresh small': 8.7,
  'fresh middle': 8.5,
  'fresh large': 8.45,
  'exfm middle': 8.9,
  'exfm small': 8.95,
  'exfm large': 8.88,
  alone: 9,
  'small 1': 8.8,
  'middle 1': 8.6,
  'middle 2': 8.65,
  'middle 4': 8.7,
  'middle 7': 8.75,
  'large 1': 8.55,
};

describe('the truths of distillation', () => {
  it('hold where every step of the order does', () => {
    expect(orderOfModels([trial(MODELS), trial(MODELS)]).holds).toBe(true);
    const one = orderOfModels([trial(MODELS), trial({ ...MODELS, 'exfm middle': 9.1 })]);
    expect(one.holds).toBe(false);
    // Over both together the student is worse by (.1 − .1) / 2: no interval above zero.
    expect(one.findings[2]?.holds).toBe(false);
  });

  it('ask for one per cent from one day to seven', () => {
    expect(costOfDelay([trial(MODELS)]).findings.at(-1)?.pooled?.value).toBeCloseTo(8.75 / 8.6 - 1, 9);
    expect(costOfDelay([trial(MODELS)]).holds).toBe(true);
    expect(costOfDelay([trial({ ...MODELS, 'middle 7': 8.68 })]).holds).toBe(false);
  });

  it('ask the cost of delay to grow over all delays, not from each to the next', () => {
    const dipping = costOfDelay([trial({ ...MODELS, 'middle 4': 8.72, 'middle 7': 8.71 })]);
    expect(dipping.holds).toBe(true);
    // Days 1, 2, 4, 7 less their mean 3.5: (−2.5·8.6 − 1.5·8.65 + .5·8.7 + 3.5·8.75) / 21 = .5 / 21, in units of which a step is .05.
    const [step, , , trend] = costOfDelay([trial(MODELS)]).findings;
    expect((trend?.seeds[0] ?? 0) / (step?.seeds[0] ?? 0)).toBeCloseTo(0.5 / 21 / 0.05, 9);
    expect(costOfDelay([trial({ ...MODELS, 'middle 2': 9.5 })]).findings.at(-2)?.holds).toBe(false);
  });

  it('take the transfer ratio against the FM as it learns, and show it against the one that serves', () => {
    const truth = transferAndSaving([trial(MODELS)]);
    expect(truth.findings[2]?.pooled?.value).toBeCloseTo((9 - 8.9) / (9 - 8.5), 9);
    expect(truth.findings[5]?.pooled?.value).toBeCloseTo((9 - 8.9) / (9 - 8.6), 9);
    expect(truth.findings[0]?.seeds).toEqual([0.2]);
    expect(truth.holds).toBe(true);
    expect(transferAndSaving([trial({ ...MODELS, 'exfm middle': 9.2 })]).holds).toBe(false);
  });

  it('compare the adapter’s share of the level with its share of the churn', () => {
    const level = trial({ 'middle 4': 9, corrected: 8.6, adapted: 8.7 });
    const churn = trial({ 'middle 4': 9, 'fresh middle': 8.5, adapted: 8.95 });
    const truth = reachOfAdapter([level], [churn], 4);
    expect(truth.findings.map(({ pooled }) => pooled?.value ?? 0)[0]).toBeCloseTo(0.75, 9);
    expect(truth.findings[1]?.pooled?.value).toBeCloseTo(0.1, 9);
    expect(truth.holds).toBe(true);
    const moved = trial({ 'middle 4': 9, 'fresh middle': 8.5, adapted: 8.95 }, { adapted: 0.703 });
    expect(reachOfAdapter([level], [moved], 4).holds).toBe(false);
  });
});

describe('the leak', () => {
  const day = { teacher: 1.2, oneHead: 1.09, auxiliary: 1.01, alone: 1 };

  it('counts only days on which the teacher is off by more than 10 %', () => {
    const findings = judgeLeak([[day, { teacher: 1.05, oneHead: 2, auxiliary: 2, alone: 1 }]]);
    expect(findings[0]?.seeds).toEqual([1]);
    expect(findings[1]?.pooled?.value).toBeCloseTo(0.09, 12);
    // (1 + 1.2) / 2 = 1.1
    expect(findings[2]?.pooled?.value).toBeCloseTo(-0.01, 12);
    expect(findings.every(({ holds }) => holds)).toBe(true);
  });

  it('does not let days of too high and too low teachers cancel', () => {
    const low = { teacher: 0.8, oneHead: 0.91, auxiliary: 1, alone: 1 };
    expect(judgeLeak([[day, low]])[1]?.pooled?.value).toBeCloseTo(0.09, 12);
  });

  it('does not hold where the auxiliary head strays or no day is judged', () => {
    expect(judgeLeak([[{ ...day, auxiliary: 1.03 }]])[4]?.holds).toBe(false);
    expect(judgeLeak([[]])[0]?.holds).toBe(false);
  });
});
