import { isFlagged } from './compose-rhythm.ts';
import { type Bar, eventId, type Grace, type Note, type Voice } from './music.ts';
import type { Random } from './random.ts';
import type { StaffStyle } from './styles.ts';
import { syllables } from './words.ts';

const MARKS: [string, number][] = [
  ['staccato', 10],
  ['accent', 6],
  ['tenuto', 5],
  ['staccatissimo', 2],
  ['marcato', 2.5],
  ['fermata', 1],
  ['trill', 1.5],
  ['turn', 1],
  ['mordent', 1],
  ['staccato+accent', 1],
  ['tenuto+accent', 1],
  ['staccato+tenuto', 1],
];
const LONG_MARKS = new Set(['fermata', 'trill']);

/** Gives notes of the bar articulation and ornament signs; in a marked bar one sign tends to run through. */
export function addMarks(random: Random, voices: readonly Voice[], style: StaffStyle): void {
  const marked = random.chance(style.markedBar);
  const running = random.weighted(MARKS);
  for (const { events } of voices) {
    for (const event of events) {
      if (event.kind === 'rest' && !event.wholeBar && style.markedBar > 0 && random.chance(0.005))
        event.mark = 'fermata';
      if (event.kind !== 'note') continue;
      if (marked && random.chance(style.mark))
        event.mark = random.chance(0.75) ? running : random.weighted(MARKS);
      else if (random.chance(0.008)) event.mark = random.weighted(MARKS);
      if (LONG_MARKS.has(event.mark) && isFlagged(event.length)) event.mark = 'none';
    }
  }
}

/** Grace notes before some notes of a bar with one voice: one, or a run of two or three small sixteenths. */
export function addGraces(
  random: Random,
  voices: readonly Voice[],
  style: StaffStyle,
  nextId: () => string,
): void {
  const [voice] = voices;
  if (!voice || voices.length > 1) return;
  let tiedTo = false;
  for (const event of voice.events) {
    if (event.kind === 'note') {
      if (!tiedTo && random.chance(style.grace)) event.graces = graceRun(random, event, nextId);
      tiedTo = event.heads.some((head) => head.tied);
    } else tiedTo = false;
  }
}

function graceRun(random: Random, note: Note, nextId: () => string): Grace[] {
  const top = note.heads.at(-1)?.step ?? 0;
  const count = random.weighted<number>([
    [1, 6],
    [2, 2],
    [3, 1],
  ]);
  const from = random.pick([-count, count]);
  const toward = from < 0 ? 1 : -1;
  const base =
    count > 1
      ? random.pick(['sixteenth', 'eighth'] as const)
      : random.weighted([
          ['eighth', 8],
          ['sixteenth', 2],
          ['quarter', 1],
        ] as const);
  const slashed = count === 1 && random.chance(base === 'eighth' ? 0.7 : 0.3);
  const slurred = random.chance(0.3);
  const graces = Array.from({ length: count }, (_, i): Grace => {
    const step = top + from + toward * i;
    const steps = count === 1 && random.chance(0.07) ? [step - 2, step] : [step];
    return {
      id: nextId(),
      base,
      slashed,
      heads: steps.map((s) => ({ id: nextId(), step: s, alter: 0, lift: 'none', tied: false })),
      slur: slurred && i === 0 ? 'start' : 'none',
    };
  });
  if (slurred) note.slur = 'stop';
  return graces;
}

const sameHeads = (a: Note, b: Note) =>
  a.heads.length === b.heads.length && a.heads.every((head, i) => head.step === b.heads[i]?.step);

/**
 * Slurs over the first voice of one staff, from bar to bar. A slur over two notes of one pitch would be read as a tie, and none is written. Changes notes and bars in place.
 */
export function addSlurs(random: Random, bars: readonly Bar[], staff: number, style: StaffStyle): void {
  let open: { note: Note; bar: Bar; left: number; count: number } | undefined;
  let last: Note | undefined;
  const close = (to: Note) => {
    if (!open) return;
    open.bar.slurs.push({ from: eventId(open.note), to: eventId(to) });
    open.note.slur = open.note.slur === 'stop' ? 'both' : 'start';
    to.slur = 'stop';
    open = undefined;
  };
  for (const bar of bars) {
    const content = bar.staves[staff];
    const voice = content && 'voices' in content ? content.voices[0] : undefined;
    const cut = !voice || bar.left === 'repeat-start' || bar.ending?.opens === true;
    if (cut) {
      if (
        open &&
        last &&
        open.count > 0 &&
        last !== open.note &&
        !(open.count === 1 && sameHeads(open.note, last))
      )
        close(last);
      open = undefined;
      last = undefined;
    }
    for (const event of voice?.events ?? []) {
      if (event.kind !== 'note') continue;
      const [first] = event.graces;
      if (first?.slur === 'start') bar.slurs.push({ from: eventId(first), to: eventId(event) });
    }
    for (const event of voice?.events ?? []) {
      if (event.kind !== 'note') continue;
      if (open) {
        open.left--;
        open.count++;
        const free = event.slur === 'none';
        if (open.left <= 0 && free && !(open.count === 1 && sameHeads(open.note, event))) close(event);
      }
      if (!open && event.slur !== 'both' && random.chance(style.slur))
        open = {
          note: event,
          bar,
          left: random.weighted<number>([
            [1, 4],
            [2, 3],
            [3, 3],
            [5, 2],
            [8, 1],
          ]),
          count: 0,
        };
      last = event;
    }
  }
}

/** Words under the notes of the first voice; a tied or slurred continuation carries none. */
export function addLyrics(random: Random, bars: readonly Bar[], staff: number): void {
  const words = syllables(random);
  let held = false;
  for (const bar of bars) {
    const content = bar.staves[staff];
    if (!content || !('voices' in content)) continue;
    for (const event of content.voices[0]?.events ?? []) {
      if (event.kind !== 'note') continue;
      const continues = held;
      held = event.heads.some((head) => head.tied);
      if (!continues) event.syllable = words();
    }
  }
}
