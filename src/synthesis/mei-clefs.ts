import { Flaw } from './mei-layer.ts';
import type { ClefChange, Voice } from './music.ts';

/** Takes clef changes out of the voices; spans move up to close the gaps. */
export function takeClefs(voices: Voice[]): ClefChange[] {
  const found = new Map<number, ClefChange>();
  for (const voice of voices) {
    const index = new Map<number, number>();
    let kept = 0;
    voice.events.forEach((event, i) => {
      index.set(i, kept);
      if (event.kind === 'clef') found.set(event.onset, event);
      else kept++;
    });
    const isClef = (i: number) => voice.events[i]?.kind === 'clef';
    if (voice.spans.some(({ from, to }) => isClef(from) || isClef(to)))
      throw new Flaw('a clef at the edge of a beam');
    for (const span of voice.spans) {
      span.from = index.get(span.from) ?? span.from;
      span.to = index.get(span.to) ?? span.to;
    }
    voice.events = voice.events.filter((event) => event.kind !== 'clef');
  }
  return [...found.values()].sort((a, b) => a.onset - b.onset);
}

/**
 * Puts clef changes back into the first voice of their bar; one at the bar's start goes to the end of the bar before.
 * @returns the clef in force after the bar
 * @throws Flaw where a clef stands within a note or a tuplet
 */
export function placeClefs(
  clefs: readonly ClefChange[],
  voices: readonly Voice[],
  before: Voice | undefined,
  inForce: string,
): string {
  let current = inForce;
  for (const clef of clefs) {
    if (clef.clef === current) continue;
    current = clef.clef;
    if (clef.onset === 0) {
      const end = before?.events.at(-1);
      if (!before || !end || end.kind === 'clef') throw new Flaw('a clef at the start of a bar');
      before.events.push({ ...clef, onset: end.onset + end.ticks });
      continue;
    }
    const [voice] = voices;
    if (!voice) throw new Flaw('a clef in an empty bar');
    let at = voice.events.findIndex((event) => event.onset >= clef.onset);
    if (at < 0) at = voice.events.length;
    const next = voice.events[at];
    if (next && next.onset !== clef.onset) throw new Flaw('a clef within a note');
    const inTuplet = voice.spans.some(({ kind, from, to }) => kind === 'tuplet' && from < at && at <= to);
    if (inTuplet) throw new Flaw('a clef in a tuplet');
    for (const span of voice.spans) {
      if (span.from >= at) span.from++;
      if (span.to >= at) span.to++;
    }
    voice.events.splice(at, 0, clef);
  }
  return current;
}
