import { type BarSound, change, lengthAsRead, soundingBars, TOLERANCE } from './bar-sounds.ts';
import type { ReadToken } from './read-token.ts';

/** Bars of a line that triplets make right, for each one that is too long for another reason: else its metre is in doubt. */
const LEAST_SHARE = 1;

/**
 * Triplets whose number is not printed or was not seen, as is usual where they go on: a voice that is too long for its bar by exactly
 * what it saves as triplets of three equal notes, or of a long and a short one, is read so, unless the line has too many bars that this does not explain.
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

/** Shortest notes of such triplets, in whole notes, and in these the notes that one may hold: equal ones, or long and short. */
const UNITS = [1 / 8, 1 / 16];
const RHYTHMS: readonly number[][] = [[1], [1, 2], [1, 2, 3]];

/** The sounds of a voice that save just so much time as triplets, if these leave no note of their shortest value over. */
function tripletsSaving(sounds: readonly BarSound[], excess: number): BarSound[] | undefined {
  for (const rhythm of RHYTHMS)
    for (const unit of UNITS) {
      const inTriplets = inThrees(
        sounds,
        rhythm.map((length) => length * unit),
      );
      // Some of them may have been read as triplets already.
      const own = inTriplets?.filter(({ read }) => read.tuplet === 'none') ?? [];
      const saved = own.reduce((sum, { values }) => sum + (values[0]?.length ?? 0) / 3, 0);
      if (own.length > 0 && Math.abs(saved - excess) < TOLERANCE) return own;
    }
  return undefined;
}

/** All sounds of the first of these lengths, with longer ones beside them, if they part into threes of it. */
function inThrees(sounds: readonly BarSound[], lengths: readonly number[]): BarSound[] | undefined {
  const [unit = 0] = lengths;
  const found: BarSound[] = [];
  let filled = 0;
  for (const [i, sound] of sounds.entries()) {
    const length = sound.values[0]?.length ?? 0;
    const follows = sounds[i + 1]?.values[0]?.length;
    const fits = ['none', '3:2'].includes(sound.read.tuplet) && lengths.includes(length);
    const begins = fits && (length === unit || length === 3 * unit || follows === unit);
    if (filled === 0 && !begins) {
      if (length === unit) return undefined;
      continue;
    }
    filled += length;
    if (!fits || filled > 3 * unit) return undefined;
    found.push(sound);
    if (filled === 3 * unit) filled = 0;
  }
  return filled === 0 ? found : undefined;
}
