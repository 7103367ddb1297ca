/**
 * Elementary functions from additions, multiplications and divisions alone. `Math.exp` and `Math.log` may differ in the
 * last bit from engine to engine; a simulated world must not, so it uses these.
 */

const { LOG2E, LN2, SQRT2 } = Math;
const EXP_LIMIT = 87;
const POWER_ORIGIN = 128;

/** Powers of two, 2^(i - 128). */
const POWERS = new Float64Array(2 * POWER_ORIGIN + 1);
POWERS[POWER_ORIGIN] = 1;
for (let i = 1; i <= POWER_ORIGIN; i++) {
  POWERS[POWER_ORIGIN + i] = (POWERS[POWER_ORIGIN + i - 1] as number) * 2;
  POWERS[POWER_ORIGIN - i] = (POWERS[POWER_ORIGIN - i + 1] as number) / 2;
}

/** e^x with relative error below 1e-9; x is clamped to ±87. */
export function exp(x: number): number {
  const bounded = Math.max(-EXP_LIMIT, Math.min(EXP_LIMIT, x));
  const power = ((bounded * LOG2E + 128.5) | 0) - 128;
  const r = bounded - power * LN2;
  const tail = 1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * (1 / 362880)))));
  return (POWERS[power + POWER_ORIGIN] as number) * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * tail))));
}

/** Logistic function, 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

const wide = new Float64Array(1);
const words = new Uint32Array(wide.buffer);

/** Natural logarithm with absolute error below 1e-12; minus infinity at 0, NaN below it. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  wide[0] = x;
  const high = words[1] as number;
  const exponent = (high >>> 20) - 1023;
  words[1] = (high & 0xfffff) | 0x3ff00000;
  const m = wide[0] as number;
  // m lies in [1, 2); move it to [0.71, 1.41] so that the series in (m - 1) / (m + 1) converges fast.
  const upper = m > SQRT2;
  const mantissa = upper ? m / 2 : m;
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  const series =
    1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q * (1 / 11 + q * (1 / 13 + q / 15))))));
  return (exponent + (upper ? 1 : 0)) * LN2 + 2 * s * series;
}

/** Logarithm of the odds, log(p / (1 - p)), for p in (0, 1). */
export function logit(p: number): number {
  return log(p / (1 - p));
}

/** x^y for x > 0. */
export function power(x: number, y: number): number {
  return exp(y * log(x));
}

/** Quantile of the standard normal distribution (Acklam's rational approximation, relative error 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * log(p));
    const above =
      ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
        q +
        4.374664141464968) *
        q +
      2.938163982698783;
    const below =
      (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) *
        q +
      1;
    return above / below;
  }
  const q = p - 0.5;
  const r = q * q;
  const above =
    (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
    q;
  const below =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return above / below;
}
