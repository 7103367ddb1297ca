import { diatonic, pitchName } from './clef.ts';
import { ZERO } from './fraction.ts';
import { fifthsOf, keySignature } from './key.ts';
import { percussionOf } from './percussion.ts';
import { mapNotes, respellStaff } from './respell.ts';
import type { Note, Score, Sign, Staff, StaffBar } from './score.ts';
import { tieTargets } from './ties.ts';

/** The most that a piece can be moved, semitones up or down. */
export const MOST_SEMITONES = 12;

/** An interval: chromatic size, diatonic steps, and the way that it takes keys along the line of fifths. */
export interface Interval {
  semitones: number;
  steps: number;
  fifths: number;
}

/** Semitones of the natural steps above C. */
const NATURALS = [0, 2, 4, 5, 7, 9, 11];

/**
 * The score moved by a chromatic interval: notes, key signatures and printed accidentals; percussion stays. One interval serves
 * all keys of the piece where each of them then has a signature, so that scales stay scales; ids and everything that is not pitch stay.
 */
export function transposeScore(score: Score, semitones: number): Score {
  if (semitones === 0) return score;
  const keys = keysOf(score);
  const usual = intervalOf(semitones, keys);
  const parts = score.parts.map((part) => ({
    ...part,
    staves: part.staves.map((staff) =>
      respellStaff(transposeStaff(staff, score, semitones, usual), score.bars),
    ),
  }));
  return { ...score, parts };
}

/**
 * The spelling of a chromatic interval that suits keys best (-7…7 fifths each): all keys within seven accidentals, few of them, and an
 * augmented fourth up, a diminished fifth down where that is all the same.
 */
export function intervalOf(semitones: number, keys: readonly number[]): Interval {
  const class12 = (((7 * semitones) % 12) + 12) % 12;
  const cost = (fifths: number) => {
    const moved = keys.map((key) => Math.abs(key + fifths));
    const outside = moved.filter((count) => count > 7).length;
    return [outside, Math.max(0, ...moved), Math.abs(fifths), semitones > 0 ? -fifths : fifths];
  };
  const candidates = [class12 - 24, class12 - 12, class12, class12 + 12];
  const [best = class12] = candidates.sort((a, b) => compareLists(cost(a), cost(b)));
  return { semitones, fifths: best, steps: stepsOf(semitones, best) };
}

/** 7q - 12k = s gives the octaves k by which q fifths exceed s semitones; a fifth is four steps, an octave seven. */
function stepsOf(semitones: number, fifths: number): number {
  return 4 * fifths - (7 * (7 * fifths - semitones)) / 12;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, i) => value !== b[i]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

/**
 * A note moved by an interval. What would need more than a double accidental is spelt by the nearest step instead.
 */
export function transposeNote<T extends Pick<Note, 'pitch' | 'alter'>>(note: T, interval: Interval): T {
  const step = diatonic(note.pitch);
  const sounding = chromatic(step) + note.alter + interval.semitones;
  const target = step + interval.steps;
  const [best = target] = [target, target + 1, target - 1].filter(
    (each) => Math.abs(sounding - chromatic(each)) <= 2,
  );
  return { ...note, pitch: pitchName(best), alter: sounding - chromatic(best) };
}

/** Semitones of a natural step above C0. */
function chromatic(step: number): number {
  const octave = Math.floor(step / 7);
  return 12 * octave + (NATURALS[step - 7 * octave] ?? 0);
}

/** Fifths of every key of the pitched staves. */
function keysOf(score: Score): number[] {
  const staves = score.parts.flatMap((part) => part.staves);
  const fifths = staves.flatMap((staff) =>
    staff.bars.flatMap(({ signs }, i) => {
      const own = signs.filter(isKey).map(({ name }) => fifthsOf(name));
      return i === 0 && own.length === 0 ? [0] : own;
    }),
  );
  return [...new Set(fifths)];
}

function isKey({ name }: { name: string }): boolean {
  return name.startsWith('keySignature-');
}

function transposeStaff(staff: Staff, score: Score, semitones: number, usual: Interval): Staff {
  const intervalIn = (key: number): Interval =>
    Math.abs(key + usual.fifths) <= 7 ? usual : intervalOf(semitones, [key]);
  // A tied note keeps the spelling that its tie began with.
  const targets = tieTargets(staff, score.bars);
  const tied = new Map<string, Interval>();
  const percussion = percussionOf(staff);
  let key = 0;
  const bars = staff.bars.map((bar, i): StaffBar => {
    if (percussion(i, ZERO) && percussion(i, score.bars[i]?.length ?? ZERO)) return bar;
    const atStart = key;
    const changes = bar.signs.filter(isKey);
    key = fifthsOf(changes.at(-1)?.name ?? keySignature(key));
    const signs = bar.signs.map((sign) => moveKey(sign, intervalIn));
    const interval = intervalIn(changes.find(({ at }) => at.n === 0) ? key : atStart);
    const moved = mapNotes(bar, (note, onset) => {
      if (percussion(i, onset)) return note;
      const own = tied.get(note.id) ?? interval;
      const target = targets.get(note.id);
      if (target !== undefined) tied.set(target, own);
      return transposeNote(note, own);
    });
    return {
      ...moved,
      signs: i === 0 && !changes.some(({ at }) => at.n === 0) ? withKey(signs, intervalIn(0).fifths) : signs,
      courtesy: bar.courtesy.map((name) => moveKey({ name }, intervalIn).name),
    };
  });
  return { ...staff, bars };
}

/** A key that was not printed, being none, is one to print now. */
function moveKey<T extends { name: string }>(sign: T, intervalIn: (key: number) => Interval): T {
  if (!isKey(sign)) return sign;
  const key = fifthsOf(sign.name);
  const moved = { ...sign, name: keySignature(key + intervalIn(key).fifths) };
  if ('hidden' in moved) delete moved.hidden;
  return moved;
}

/** A first bar without signature gets one, after its clef. */
function withKey(signs: readonly Sign[], fifths: number): Sign[] {
  const key: Sign = { at: { n: 0, d: 1 }, name: keySignature(fifths) };
  const clefs = signs.filter(({ at, name }) => at.n === 0 && name.startsWith('clef-'));
  return [...clefs, key, ...signs.filter((sign) => !clefs.includes(sign))];
}
