/** Hand-made days of a run, for tests of what the page makes of figures. */
import type { ProbabilitySums } from '../../../funnel/probability-metrics.ts';
import { DEFAULT_TEACH_SETTINGS, type JudgedDay } from '../teach-run.ts';
import type { DayFigures } from '../teach-summary.ts';

export const SETTINGS = DEFAULT_TEACH_SETTINGS;

/** A thousand rows with 100 expected clicks, of the given cross entropy (nats) and calibration. */
export function judged(crossEntropy: number, calibration = 1, auc = 0.7): JudgedDay {
  const sums: ProbabilitySums = { weight: 1000, label: 100, prediction: 100 * calibration, crossEntropy };
  return { expected: sums, sampled: sums, auc };
}

const within = (value: number, by: number) => ({ value, low: value - by, high: value + by });

/** Entropy of 1000 rows at a rate of a tenth: 325.08 nats. */
export function dayOf(day: number, change: Partial<DayFigures> = {}): DayFigures {
  return {
    day,
    rows: 1000,
    models: {
      oracle: judged(280),
      fresh: judged(290),
      served: judged(300, 1.2),
      alone: judged(310, 1.02),
      student: judged(305, 1.01),
    },
    differences: {
      studentToAlone: within(-0.015, 0.005),
      freshToAlone: within(-0.06, 0.01),
      servedToFresh: within(0.03, 0.01),
    },
    checkpoint: day - 1,
    broken: false,
    level: 0,
    checkpointLevel: 0,
    teacherCurve: [
      { rows: 500, prediction: 0.06, truth: 0.05, clicks: 0.05 },
      { rows: 500, prediction: 0.18, truth: 0.15, clicks: 0.15 },
    ],
    adapterCurve: null,
    adapted: null,
    leak: { teacher: 1.2, oneHead: 1.1 },
    ledger: {
      students: [
        { student: 'feed', rows: 400, shared: 400 },
        { student: 'conversion', rows: 1000, shared: 1000 },
      ],
      rows: 1400,
      calls: 1000,
      saved: 400,
    },
    soFar: {
      relative: within(-1.6, 0.4),
      staleness: within(3.4, 0.5),
      transfer: within(0.5, 0.1),
      adapter: null,
    },
    ...change,
  };
}
