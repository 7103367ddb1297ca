export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Linear between values that stand at even distances, `share` (0..1) of the way from the first to the last. */
export function along(values: number[], share: number): number {
  const at = clamp(share, 0, 1) * (values.length - 1);
  const i = Math.floor(at);
  const a = values[i] ?? 0;
  return a + ((values[i + 1] ?? a) - a) * (at - i);
}
