import { rateInterval } from './proportion';

/** Rows of like prediction: mean prediction, observed rate and its 95 % interval. */
export interface CalibrationBin {
  readonly rows: number;
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

/** Calibration in bins of (nearly) equally many rows, from the lowest prediction to the highest; equal predictions share a bin. */
export function calibrationCurve(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  bins: number,
): CalibrationBin[] {
  const order = Uint32Array.from({ length: labels.length }, (_, i) => i);
  order.sort((a, b) => (predictions[a] ?? 0) - (predictions[b] ?? 0));
  const curve: CalibrationBin[] = [];
  for (let start = 0; start < order.length; ) {
    let end = Math.max(start + 1, Math.round(((curve.length + 1) * order.length) / bins));
    const last = predictions[order[end - 1] ?? 0];
    while (end < order.length && predictions[order[end] ?? 0] === last) end++;
    let [label, prediction] = [0, 0];
    for (let i = start; i < end; i++) {
      label += labels[order[i] ?? 0] ?? 0;
      prediction += predictions[order[i] ?? 0] ?? 0;
    }
    const rows = end - start;
    curve.push({
      rows,
      predicted: prediction / rows,
      observed: label / rows,
      ...rateInterval(label, rows),
    });
    start = end;
  }
  return curve;
}
