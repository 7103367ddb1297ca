import { flagsOf, partValue } from './duration.ts';
import { add, compare, type Fraction, fraction, toNumber, ZERO } from './fraction.ts';
import { timeParts } from './metre.ts';
import type { Event, Grace } from './score.ts';

/** What a beam does at a note, as MusicXML calls it. */
export type BeamValue = 'begin' | 'continue' | 'end' | 'forward hook' | 'backward hook';

/**
 * Ends of the groups in which a metre beams, in whole notes: dotted beats in compound metres, halves of 4/4 and 2/2, the whole
 * of 3/8, twos after a first three in 5/8 and before a last three in 7/8, else beats.
 */
export function beamGroups(time: string): Fraction[] {
  const { beats, unit } = timeParts(time);
  const sizes = groupSizes(beats, unit);
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return fraction(at, unit);
  });
}

function groupSizes(beats: number, unit: number): number[] {
  const equalSizes = (size: number) => Array.from({ length: Math.ceil(beats / size) }, () => size);
  if (unit >= 8) {
    if (beats === 5) return [3, 2];
    if (beats === 7) return [2, 2, 3];
    if (beats === 8) return [3, 3, 2];
    if (beats === 10) return [3, 2, 3, 2];
    if (beats === 11) return [3, 3, 3, 2];
    return beats % 3 === 0 ? equalSizes(3) : equalSizes(2);
  }
  if (unit === 4) return beats === 4 || beats === 2 ? equalSizes(beats === 4 ? 2 : 1) : equalSizes(1);
  return equalSizes(1);
}

const QUARTER = fraction(1, 4);

/**
 * Beams of one voice of a bar, by event id: what each beam from the first does at the event. `shift` is what the bar lacks
 * before its first note (a pick-up counts from the end of the metre).
 */
export function beamsOf(
  events: readonly Event[],
  time: string,
  shift: Fraction = ZERO,
): Map<string, BeamValue[]> {
  const groups = beamGroups(time);
  const beams = new Map<string, BeamValue[]>();
  let run: Event[] = [];
  const flush = () => {
    for (const part of splitAtBeats(run, time, shift)) writeBeams(part, beams);
    run = [];
  };
  let before: Event | undefined;
  for (const event of events) {
    const gap = before && compare(add(before.onset, before.length), event.onset) !== 0;
    const newGroup = before && groupAt(before, groups, shift) !== groupAt(event, groups, shift);
    if (gap || newGroup || !isBeamable(event)) flush();
    if (isBeamable(event)) run.push(event);
    before = event;
  }
  flush();
  return beams;
}

function isBeamable(event: Event): boolean {
  return event.notes.length > 0 && flagsOf(partValue(event.value).base) > 0;
}

function groupAt(event: Event, groups: readonly Fraction[], shift: Fraction): number {
  const at = add(event.onset, shift);
  const index = groups.findIndex((end) => compare(at, end) < 0);
  return index < 0 ? groups.length : index;
}

/** Half a bar of 4/4 is beamed as one only if nothing shorter than an eighth is in it; otherwise by beats. */
function splitAtBeats(run: readonly Event[], time: string, shift: Fraction): Event[][] {
  const { beats, unit } = timeParts(time);
  const wide = (unit === 4 && beats === 4) || unit === 2;
  if (!wide || run.every(({ value }) => flagsOf(partValue(value).base) <= 1)) return [[...run]];
  const parts = new Map<number, Event[]>();
  for (const event of run) {
    const beat = Math.floor(toNumber(add(event.onset, shift)) / toNumber(QUARTER) + 1e-9);
    parts.set(beat, [...(parts.get(beat) ?? []), event]);
  }
  return [...parts.values()];
}

/** Beams of a chain of neighbouring grace notes. */
export function graceBeams(graces: readonly Grace[]): Map<string, BeamValue[]> {
  const beams = new Map<string, BeamValue[]>();
  if (graces.every(({ value }) => flagsOf(value) > 0)) writeBeams(graces, beams);
  return beams;
}

function writeBeams(run: readonly { id: string; value: string }[], beams: Map<string, BeamValue[]>): void {
  if (run.length < 2) return;
  const flags = run.map(({ value }) => flagsOf(partValue(value).base));
  run.forEach(({ id }, i) => {
    const own = flags[i] ?? 0;
    const [before, after] = [flags[i - 1] ?? 0, flags[i + 1] ?? 0];
    beams.set(
      id,
      Array.from({ length: own }, (_, level) => beamValue(before > level, after > level, i > 0)),
    );
  });
}

function beamValue(fromBefore: boolean, toAfter: boolean, hasBefore: boolean): BeamValue {
  if (fromBefore) return toAfter ? 'continue' : 'end';
  if (toAfter) return 'begin';
  return hasBefore ? 'backward hook' : 'forward hook';
}
