import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, equal, fraction, multiply, subtract, toNumber, ZERO } from './fraction.ts';

const any = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 96 }));

describe('fractions', () => {
  it('stand in lowest terms with a positive denominator', () => {
    expect(fraction(6, -8)).toEqual({ n: -3, d: 4 });
    expect(fraction(0, 7)).toEqual(ZERO);
    expect(fraction(0, -7)).toEqual(ZERO);
    expect(() => fraction(1, 0)).toThrow(RangeError);
  });

  it('calculate as numbers do', () => {
    fc.assert(
      fc.property(any, any, ([a, b], [c, d]) => {
        const [x, y] = [fraction(a, b), fraction(c, d)];
        expect(toNumber(add(x, y))).toBeCloseTo(a / b + c / d);
        expect(toNumber(multiply(x, y))).toBeCloseTo((a / b) * (c / d));
        expect(equal(subtract(add(x, y), y), x)).toBe(true);
        expect(Math.sign(compare(x, y))).toBe(Math.sign(a * d - c * b));
      }),
    );
  });
});
