/**
 * Moves labels apart: places, in px, as near as can be to those wanted, at least `gap` apart and within `low` … `high`,
 * in the same order. Where there is no room for all, they are spread evenly.
 */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const step = wanted.length > 1 ? Math.min(gap, (high - low) / (wanted.length - 1)) : 0;
  const places = order.map((i) => Math.min(high, Math.max(low, wanted[i] ?? 0)));
  for (let i = 1; i < places.length; i++) {
    places[i] = Math.max(places[i] ?? 0, (places[i - 1] ?? 0) + step);
  }
  let ceiling = high;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i] ?? 0, ceiling);
    ceiling = (places[i] ?? 0) - step;
  }
  const result = new Array<number>(wanted.length);
  order.forEach((label, i) => {
    result[label] = places[i] ?? 0;
  });
  return result;
}

/** Index of the value nearest to `target`; −1 in an empty list. */
export function nearest(values: readonly number[], target: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  values.forEach((value, i) => {
    const distance = Math.abs(value - target);
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}
