import { describe, expect, test } from 'vitest';
import { isStuck } from './greedy.ts';

const at = (...columns: number[]) => columns.map((column) => ({ column }));

describe('a reading', () => {
  test('is stuck when it has said more at one place than a chord of two voices holds', () => {
    expect(isStuck(at(3, ...Array<number>(14).fill(7.2)))).toBe(true);
  });

  test('goes on while it moves, however slowly, and through large chords', () => {
    expect(isStuck(at(...Array.from({ length: 40 }, (_, i) => i * 0.2)))).toBe(false);
    expect(isStuck(at(...Array<number>(12).fill(7.2)))).toBe(false);
  });
});
