import { pitchName } from '../notation/clef.ts';
import { keyAlter } from '../notation/key.ts';
import type { Head, Lift, Voice } from './music.ts';
import type { Random } from './random.ts';
import type { StaffStyle } from './styles.ts';

const SIGNS: Record<number, Lift> = { [-2]: 'bb', [-1]: 'b', 0: 'N', 1: '#', 2: '##' };

/** What a staff remembers from one bar to the next. */
export type AccidentalMemory = {
  /** Steps altered against the key in the bar before, for courtesy accidentals: step modulo 7. */
  altered: Set<number>;
  /** Alteration of each step that a tie carries to its next note. */
  tied: Map<number, number>;
};

export function freshMemory(): AccidentalMemory {
  return { altered: new Set(), tied: new Map() };
}

/** Heads of the bar in the order of reading: by onset, graces before their note, the lower voice first. */
function headsInOrder(voices: readonly Voice[]): { onset: number; heads: Head[]; tie: boolean }[] {
  const groups: { onset: number; heads: Head[]; tie: boolean; rank: number }[] = [];
  voices.forEach((voice, index) => {
    for (const event of voice.events) {
      if (event.kind !== 'note') continue;
      for (const grace of event.graces)
        groups.push({ onset: event.onset - 0.5, heads: grace.heads, tie: false, rank: -index });
      groups.push({ onset: event.onset, heads: event.heads, tie: true, rank: -index });
    }
  });
  return groups.sort((a, b) => a.onset - b.onset || a.rank - b.rank);
}

/**
 * Chooses the alteration of every head and which sign is printed for it, by the rule that an accidental holds for its
 * line or space to the end of the bar. Heads of one onset on one line agree. Changes the heads in place.
 */
export function alterHeads(
  random: Random,
  voices: readonly Voice[],
  key: number,
  style: StaffStyle,
  memory: AccidentalMemory,
): void {
  const state = new Map<number, number>();
  const altered = new Set<number>();
  let onset = Number.NaN;
  let here = new Map<number, number>();
  for (const group of headsInOrder(voices)) {
    if (group.onset !== onset) here = new Map();
    onset = group.onset;
    for (const head of group.heads) {
      const own = keyAlter(key, pitchName(head.step));
      const current = state.get(head.step) ?? own;
      const twin = here.get(head.step);
      const held = group.tie ? memory.tied.get(head.step) : undefined;
      if (twin !== undefined) head.alter = twin;
      else if (held !== undefined) {
        // A tie carries its alteration over the bar line without a sign, and leaves the rest of the bar alone.
        head.alter = held;
      } else {
        head.alter = random.chance(style.chromatic)
          ? changed(random, own, style.remote)
          : random.chance(0.5)
            ? own
            : current;
        const due = memory.altered.has(head.step % 7) && !state.has(head.step);
        const courtesy = head.alter === own && (due ? random.chance(style.courtesy) : random.chance(0.003));
        const restated = head.alter === current && random.fork(1).chance(style.enclosed / 20);
        if (head.alter !== current || courtesy || restated) {
          head.lift = SIGNS[head.alter] ?? 'none';
          state.set(head.step, head.alter);
          if ((courtesy || restated) && random.fork(2).chance(style.enclosed)) head.enclosed = true;
        }
      }
      here.set(head.step, head.alter);
      if (head.alter !== own) altered.add(head.step % 7);
      if (!group.tie) continue;
      if (head.tied) memory.tied.set(head.step, head.alter);
      else memory.tied.delete(head.step);
    }
  }
  memory.altered = altered;
}

/** A chromatic neighbour of what the key says. */
function changed(random: Random, own: number, remote: number): number {
  if (random.chance(remote)) return random.pick([-2, 2]);
  if (own === 0) return random.chance(0.6) ? 1 : -1;
  return random.chance(0.85) ? 0 : 2 * own;
}
