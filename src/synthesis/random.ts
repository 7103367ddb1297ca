/** A seeded source of chance: the same seed gives the same sequence on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [low, high], both included. */
  int(low: number, high: number): number;
  /** Uniform real in [low, high). */
  range(low: number, high: number): number;
  /** Whether an event of probability `p` happens. */
  chance(p: number): boolean;
  /** One of `values`, each equally likely. @throws RangeError for an empty list. */
  pick<T>(values: readonly T[]): T;
  /** One of the values, in proportion to its weight. @throws RangeError if no weight is positive. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** Normal with the given mean and standard deviation. */
  normal(mean?: number, deviation?: number): number;
  /** An independent source that depends on this one's state and on `label` alone. */
  fork(label: number): Random;
};

/** splitmix32: spreads one seed over the four words of a generator's state. */
function spread(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
}

/** sfc32 (Chris Doty-Humphrey's small fast counter) seeded by any integer. */
export function createRandom(seed: number): Random {
  const word = spread(seed ^ (Math.floor(seed / 0x100000000) | 0));
  let [a, b, c, counter] = [word(), word(), word(), 1];

  function bits(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum;
  }
  for (let i = 0; i < 12; i++) bits();

  const next = () => (bits() >>> 0) / 0x100000000;
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const range = (low: number, high: number) => low + next() * (high - low);

  return {
    next,
    int,
    range,
    chance: (p) => next() < p,
    pick(values) {
      if (values.length === 0) throw new RangeError('nothing to pick from');
      return values[int(0, values.length - 1)] as (typeof values)[number];
    },
    weighted(choices) {
      let total = 0;
      for (const [, weight] of choices) total += weight;
      if (!(total > 0)) throw new RangeError('no choice has a positive weight');
      let rest = next() * total;
      for (const [value, weight] of choices) {
        rest -= weight;
        if (rest < 0) return value;
      }
      return (choices.findLast(([, weight]) => weight > 0) as readonly [never, number])[0];
    },
    // Box and Muller; 1 - next() keeps the logarithm finite.
    normal: (mean = 0, deviation = 1) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (label) => createRandom((a ^ Math.imul(b, 3) ^ Math.imul(label + 1, 0x85ebca6b)) | 0),
  };
}
