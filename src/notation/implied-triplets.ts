import { type BarSound, change, lengthAsRead, sounding, soundingBars, TOLERANCE } from './bar-sounds.ts';
import type { ReadToken } from './read-token.ts';

/** Bars of a line that triplets make right, for each one that is too long for another reason: else its metre is in doubt. */
const LEAST_SHARE = 2;

/**
 * Triplets whose number is not printed or was not seen, as is usual where they go on: a voice that is too long for its bar by exactly
 * what all its runs of three equal notes save as triplets is read so, unless the line has too many bars that this does not explain.
 * @param metre in force at the start
 */
export function impliedTriplets(tokens: readonly ReadToken[], metre?: string): ReadToken[] {
  const said = [...tokens];
  let unexplained = 0;
  const triplets: BarSound[] = [];
  let voices = 0;
  for (const { full, voices: both } of soundingBars(tokens, metre)) {
    if (full === undefined) continue;
    for (const sounds of both) {
      const excess = lengthAsRead(sounds) - full;
      if (excess < TOLERANCE) continue;
      const found = tripletsSaving(sounds, excess);
      triplets.push(...(found ?? []));
      if (found) voices++;
      else unexplained++;
    }
  }
  if (voices < LEAST_SHARE * unexplained) return said;
  for (const sound of triplets) change(said, sound, { tuplet: '3:2' });
  return said;
}

/** The sounds of one short value all of whose runs part into threes, if they save just so much time as triplets. */
function tripletsSaving(sounds: readonly BarSound[], excess: number): BarSound[] | undefined {
  for (const value of ['eighth', 'sixteenth']) {
    // Some of them may have been read as triplets already.
    const equal = ({ read }: BarSound) =>
      read.value === value && (read.tuplet === 'none' || read.tuplet === '3:2');
    const own = sounds.filter((sound) => equal(sound) && sound.read.tuplet === 'none');
    const saved = own.reduce((sum, { values: [read] }) => {
      const length = read?.length ?? 0;
      return sum + length - sounding(length, '3:2');
    }, 0);
    if (
      own.length > 0 &&
      Math.abs(saved - excess) < TOLERANCE &&
      runsOf(sounds, equal).every((run) => run % 3 === 0)
    )
      return own;
  }
  return undefined;
}

/** Lengths of the runs of sounds that are as wanted. */
function runsOf(sounds: readonly BarSound[], wanted: (sound: BarSound) => boolean): number[] {
  const runs: number[] = [];
  sounds.forEach((sound, i) => {
    const before = sounds[i - 1];
    if (!wanted(sound)) return;
    if (before && wanted(before)) runs.push((runs.pop() ?? 0) + 1);
    else runs.push(1);
  });
  return runs;
}
