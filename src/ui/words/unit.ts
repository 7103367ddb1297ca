/** Notes of a tuplet by the odd part of their fraction: in the time of how many plain ones that many stand. */
const PLAIN: Readonly<Record<number, number>> = { 1: 1, 3: 2, 5: 4, 7: 4 };

/** The note that lasts 1/d of a whole note: as what part of a whole note it is printed, and in a tuplet of how many (1: none). */
export function unitOf(d: number): { printed: number; tuplet: number } {
  const tuplet = [3, 5, 7].find((factor) => d % factor === 0) ?? 1;
  return { printed: (d / tuplet) * (PLAIN[tuplet] ?? 1), tuplet };
}
