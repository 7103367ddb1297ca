import { describe, expect, it } from 'vitest';
import {
  addRows,
  calibration,
  crossEntropy,
  emptySums,
  logLoss,
  mergeSums,
  normalisedEntropy,
} from './probability-metrics';

const LABELS = [1, 0, 0, 1];
const PREDICTIONS = [0.9, 0.2, 0.1, 0.6];

function sumsOf(labels: number[], predictions: number[], weights?: number[]) {
  const sums = emptySums();
  addRows(sums, labels, predictions, weights);
  return sums;
}

describe('metrics of probabilities', () => {
  it('divide the cross entropy by the entropy of the mean label', () => {
    // −(ln .9 + ln .8 + ln .9 + ln .6) = 0.94469; four rows at one half cost 4 ln 2 = 2.77259.
    expect(normalisedEntropy(sumsOf(LABELS, PREDICTIONS))).toBeCloseTo(0.340725, 5);
    expect(logLoss(sumsOf(LABELS, PREDICTIONS))).toBeCloseTo(0.94469 / 4, 5);
  });

  it('weigh rows in both parts', () => {
    // Weights 1 2 1 1: cross entropy 1.16783 over −2 ln .4 − 3 ln .6 = 3.36506.
    expect(normalisedEntropy(sumsOf(LABELS, PREDICTIONS, [1, 2, 1, 1]))).toBeCloseTo(0.34705, 5);
  });

  it('give 1 to the constant prediction of the mean', () => {
    expect(normalisedEntropy(sumsOf([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]))).toBeCloseTo(1, 12);
  });

  it('take true probabilities for labels', () => {
    const sums = sumsOf([0.2, 0.6], [0.2, 0.6]);
    const entropy = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    expect(normalisedEntropy(sums)).toBeCloseTo((entropy(0.2) + entropy(0.6)) / (2 * entropy(0.4)), 12);
  });

  it('call predictions over labels calibration', () => {
    expect(calibration(sumsOf(LABELS, PREDICTIONS))).toBeCloseTo(0.9, 12);
  });

  it('add up over batches', () => {
    const halves = mergeSums(sumsOf([1, 0], [0.9, 0.2]), sumsOf([0, 1], [0.1, 0.6]));
    expect(normalisedEntropy(halves)).toBeCloseTo(0.340725, 5);
  });

  it('are not numbers where labels are constant or missing', () => {
    expect(normalisedEntropy(sumsOf([0, 0], [0.1, 0.2]))).toBeNaN();
    expect(normalisedEntropy(emptySums())).toBeNaN();
    expect(calibration(sumsOf([0, 0], [0.1, 0.2]))).toBeNaN();
  });

  it('stay finite for a certain prediction that is wrong', () => {
    expect(crossEntropy(1, 0)).toBeCloseTo(27.631, 2);
  });

  it('keep double precision over a million small terms', () => {
    const sums = emptySums();
    for (let i = 0; i < 1000; i++) addRows(sums, new Array(1000).fill(0.001), new Array(1000).fill(0.001));
    expect(calibration(sums)).toBeCloseTo(1, 10);
    expect(normalisedEntropy(sums)).toBeCloseTo(1, 10);
  });
});
