/** Square of the normal 97.5 % quantile. */
const Z2 = 1.959963984540054 ** 2;

/**
 * Wilson's 95 % interval for a rate, given its positives and rows: holds for rates near 0 too, where the normal interval
 * does not. [0, 1] without rows.
 */
export function rateInterval(positives: number, rows: number): { low: number; high: number } {
  if (!(rows > 0)) return { low: 0, high: 1 };
  const rate = positives / rows;
  const centre = (rate + Z2 / (2 * rows)) / (1 + Z2 / rows);
  const half = Math.sqrt(Z2 * ((rate * (1 - rate)) / rows + Z2 / (4 * rows * rows))) / (1 + Z2 / rows);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
