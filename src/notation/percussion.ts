import { compare, type Fraction, ZERO } from './fraction.ts';
import type { Staff } from './score.ts';

/** Whether a staff stands in a percussion clef at a time in a bar, told by the bar's index; a clef counts from where it stands. */
export function percussionOf(staff: Staff): (bar: number, at: Fraction) => boolean {
  let inForce = false;
  const bars = staff.bars.map(({ signs }) => {
    const clefs = signs
      .filter(({ name }) => name.startsWith('clef-'))
      .map(({ at, name }) => ({ at, percussion: name === 'clef-percussion' }))
      .sort((a, b) => compare(a.at, b.at));
    const changes = [{ at: ZERO, percussion: inForce }, ...clefs];
    inForce = changes.at(-1)?.percussion ?? inForce;
    return changes;
  });
  return (bar, at) => bars[bar]?.findLast((change) => compare(change.at, at) <= 0)?.percussion ?? false;
}
