import { describe, expect, it } from 'vitest';
import { addPredictions, overallMetrics, periodMetrics, startValidation } from './progressive';

describe('progressive validation', () => {
  const validation = startValidation();
  addPredictions(validation, 0, [0.9, 0.2], [1, 0], [0.8, 0.3]);
  addPredictions(validation, 0, [0.1, 0.6], [0, 1], [0.1, 0.5]);
  addPredictions(validation, 2, [0.5], [1], [0.5]);

  it('keeps metrics by period over several batches', () => {
    const day = periodMetrics(validation, 0);
    expect(day.rows).toBe(4);
    expect(day.sampledEntropy).toBeCloseTo(0.340725, 5);
    expect(day.calibration).toBeCloseTo(1.8 / 1.7, 12);
    expect(day.auc).toBe(1);
  });

  it('judges by the expected log loss under the true probabilities', () => {
    const ce = (y: number, p: number) => -y * Math.log(p) - (1 - y) * Math.log(1 - p);
    const loss = ce(0.8, 0.9) + ce(0.3, 0.2) + ce(0.1, 0.1) + ce(0.5, 0.6);
    expect(periodMetrics(validation, 0).expectedEntropy).toBeCloseTo(loss / (4 * ce(1.7 / 4, 1.7 / 4)), 12);
  });

  it('leaves empty periods and constant labels without a figure', () => {
    expect(periodMetrics(validation, 1).sampledEntropy).toBeNaN();
    expect(periodMetrics(validation, 2).sampledEntropy).toBeNaN();
  });

  it('adds up over periods', () => {
    expect(overallMetrics(validation).rows).toBe(5);
    expect(overallMetrics(validation).calibration).toBeCloseTo(2.3 / 2.2, 12);
  });
});
