import { pitchName } from '../notation/clef.ts';
import { keySignature } from '../notation/key.ts';
import { CHORD, plainToken, type Token } from '../notation/token.ts';
import type { Bar, Event, Grace, Head, Note, Piece, Rest, Voice } from './music.ts';

/** Where a token's symbol is to be looked for in the drawing. */
export type Anchor =
  | { at: 'element'; id: string }
  | { at: 'before' | 'after'; sign: 'clef' | 'keySig' | 'meterSig'; bar: string }
  | { at: 'barLine'; bar: string; side: 'left' | 'right' }
  | { at: 'ending'; bar: string; side: 'left' | 'right' };

export type Label = { token: Token; anchor: Anchor };

function lengthName({ base, dots }: { base: string; dots: number }): string {
  return base + '.'.repeat(dots);
}

function headLabel(head: Head, rhythm: string, voice: string, rest: Partial<Token>): Label {
  const token = {
    ...plainToken(rhythm),
    pitch: pitchName(head.step),
    lift: head.lift,
    tie: head.tied ? 'tie' : 'none',
    voice,
    ...rest,
  };
  return { token, anchor: { at: 'element', id: head.id } };
}

/** Labels of a note's heads, bottom to top; mark and slur stand on the first. */
function noteLabels(note: Note, voice: string): Label[] {
  const rhythm = `note-${lengthName(note.length)}`;
  return note.heads.map((head, i) =>
    headLabel(head, rhythm, voice, {
      tuplet: note.tuplet,
      ...(i === 0 ? { mark: note.mark, slur: note.slur } : {}),
    }),
  );
}

function graceLabels(grace: Grace, voice: string): Label[] {
  const rhythm = `gracenote-${grace.base}${grace.slashed ? '-slashed' : ''}`;
  return grace.heads.map((head, i) => headLabel(head, rhythm, voice, i === 0 ? { slur: grace.slur } : {}));
}

function restLabel(rest: Rest, voice: string): Label {
  const rhythm = rest.wholeBar ? 'rest-whole' : `rest-${lengthName(rest.length)}`;
  const token = { ...plainToken(rhythm), tuplet: rest.tuplet, mark: rest.mark, voice };
  return { token, anchor: { at: 'element', id: rest.id } };
}

/** The symbols of one onset as an event: rests of voice 2, heads bottom to top (voice 2 first on one line), rests of voice 1. */
function eventLabels(found: readonly { event: Event; voice: string }[]): Label[] {
  const rests = (voice: string) =>
    found.flatMap(({ event, voice: v }) =>
      event.kind === 'rest' && v === voice ? [restLabel(event, voice)] : [],
    );
  const heads = found.flatMap(({ event, voice }) =>
    event.kind !== 'note'
      ? []
      : noteLabels(event, voice).map((label, i) => ({ label, voice, step: event.heads[i]?.step ?? 0 })),
  );
  heads.sort((a, b) => a.step - b.step || b.voice.localeCompare(a.voice));
  return [...rests('2'), ...heads.map(({ label }) => label), ...rests('1')];
}

/** Everything in the bar's voices in reading order: one list of labels per event. */
function voicesLabels(voices: readonly Voice[]): Label[][] {
  const onsets = new Map<number, { event: Event; voice: string }[]>();
  voices.forEach((voice, i) => {
    for (const event of voice.events) {
      const here = onsets.get(event.onset) ?? [];
      here.push({ event, voice: String(i + 1) });
      onsets.set(event.onset, here);
    }
  });
  const events: Label[][] = [];
  for (const [, found] of [...onsets].sort(([a], [b]) => a - b)) {
    for (const { event } of found) {
      if (event.kind === 'clef')
        events.push([{ token: plainToken(event.clef), anchor: { at: 'element', id: event.id } }]);
    }
    for (const { event, voice } of found) {
      if (event.kind === 'note') for (const grace of event.graces) events.push(graceLabels(grace, voice));
    }
    const labels = eventLabels(found);
    if (labels.length > 0) events.push(labels);
  }
  return events;
}

function joined(event: readonly Label[]): Label[] {
  return event.flatMap((label, i) => (i === 0 ? [label] : [{ token: CHORD, anchor: label.anchor }, label]));
}

function changeLabels(bar: Bar, at: 'before' | 'after', anchorBar: Bar): Label[] {
  const labels: Label[] = [];
  if (bar.newKey)
    labels.push({
      token: plainToken(keySignature(bar.key)),
      anchor: { at, sign: 'keySig', bar: anchorBar.id },
    });
  if (bar.newTime)
    labels.push({ token: plainToken(bar.metre.token), anchor: { at, sign: 'meterSig', bar: anchorBar.id } });
  return labels;
}

/** The clef in force at the start of bar `index` on one staff. */
function clefAt(piece: Piece, staff: number, index: number): string {
  let clef = piece.staves[staff]?.clef ?? 'clef-G2';
  for (const bar of piece.bars.slice(0, index)) {
    const content = bar.staves[staff];
    if (!content || 'rests' in content) continue;
    for (const event of content.voices[0]?.events ?? []) if (event.kind === 'clef') clef = event.clef;
  }
  return clef;
}

function lineStart(piece: Piece, staff: number, from: number): Label[] {
  const bar = piece.bars[from];
  if (!bar) return [];
  const sign = (name: 'clef' | 'keySig' | 'meterSig', rhythm: string): Label => ({
    token: plainToken(rhythm),
    anchor: { at: 'before', sign: name, bar: bar.id },
  });
  const labels = [sign('clef', clefAt(piece, staff, from))];
  if (bar.key !== 0) labels.push(sign('keySig', keySignature(bar.key)));
  if (from === 0 ? !piece.hideTime : bar.newTime) labels.push(sign('meterSig', bar.metre.token));
  return labels;
}

/** What one staff of one system says: bars `from` to `to` (without it), in the token order of the reader. */
export function staffLabels(piece: Piece, staff: number, from: number, to: number): Label[] {
  const labels = lineStart(piece, staff, from);
  for (let i = from; i < to; i++) {
    const bar = piece.bars[i];
    const content = bar?.staves[staff];
    if (!bar || !content) continue;
    if (i > from) labels.push(...changeLabels(bar, 'before', bar));
    if (bar.left === 'repeat-start' && i === from)
      labels.push({
        token: plainToken('repeat-start'),
        anchor: { at: 'barLine', bar: bar.id, side: 'left' },
      });
    // Volta brackets are printed above the top staff alone.
    if (bar.ending?.opens && staff === 0) labels.push(endingLabel(bar, 'start'));
    if ('rests' in content)
      labels.push({
        token: plainToken(`multirest-${content.rests}`),
        anchor: { at: 'element', id: content.id },
      });
    else labels.push(...voicesLabels(content.voices).flatMap(joined));
    if (bar.ending?.closes && staff === 0) labels.push(endingLabel(bar, 'stop'));
    labels.push(barLineLabel(bar, i + 1 < to ? piece.bars[i + 1] : undefined));
  }
  const next = piece.bars[to];
  const last = piece.bars[to - 1];
  if (next && last) labels.push(...changeLabels(next, 'after', last));
  return labels;
}

function endingLabel(bar: Bar, what: 'start' | 'stop'): Label {
  const side = what === 'start' ? 'left' : 'right';
  return {
    token: plainToken(`ending-${bar.ending?.number ?? 1}-${what}`),
    anchor: { at: 'ending', bar: bar.id, side },
  };
}

/** The one printed line between a bar and the next one of its system. */
function barLineLabel(bar: Bar, next: Bar | undefined): Label {
  const repeats = next?.left === 'repeat-start';
  if (repeats && bar.right !== 'repeat-end')
    return { token: plainToken('repeat-start'), anchor: { at: 'barLine', bar: next.id, side: 'left' } };
  const rhythm = repeats ? 'repeat-both' : bar.right;
  return { token: plainToken(rhythm), anchor: { at: 'barLine', bar: bar.id, side: 'right' } };
}
