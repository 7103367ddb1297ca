/**
 * What sounds when: a pure scheduler. A playhead is moved on through a performance by so many quarters and says what begins, ends
 * and ticks on the way. Loops, muted staves and notes that were already sounding are its business, seconds and audio are not.
 */
import { timeParts } from '../../notation/metre.ts';
import type { Performance, PlayedBar, PlayedNote } from '../../notation/performance.ts';

/** A stretch of a performance, quarters from its beginning; `end` is not in it. */
export type Span = { start: number; end: number };

export type PlaySettings = {
  /** Staves, counted through all parts, that are not heard. */
  muted: readonly number[];
  metronome: boolean;
  /** Played over and over; longer than nothing. */
  loop: Span | null;
};

type Key = { staff: number; key: number; percussion: boolean };

/** Something to do, `after` so many quarters from where the head stood. */
export type Cue =
  | (Key & { kind: 'on'; after: number; velocity: number })
  | (Key & { kind: 'off'; after: number })
  | { kind: 'tick'; after: number; accent: boolean };

export type Playhead = {
  /** Quarters from the beginning. */
  at: number;
  /** What sounds now and ends at `until`, quarters. */
  sounding: readonly (Key & { until: number })[];
  /** Came here by a jump: notes that began before and last are struck anew. */
  jumped: boolean;
};

export function headAt(at: number): Playhead {
  return { at, sounding: [], jumped: true };
}

export type Advance = {
  /** In order of time; at one time ends come before beginnings. */
  cues: Cue[];
  head: Playhead;
  /** Where the head was from when on: one entry, and one for each time that the loop began again. */
  places: { after: number; at: number }[];
  /** The music is over, so many quarters after where the head stood; null if it goes on. */
  over: number | null;
};

/** Shorter stretches than this, in quarters, are no stretch: rounding must not play a note twice. */
const NOTHING = 1e-9;

/** Moves the head on by some quarters. */
export function advance(
  performance: Performance,
  settings: PlaySettings,
  head: Playhead,
  quarters: number,
): Advance {
  const { muted, loop } = settings;
  const cues: Cue[] = [];
  const places = [{ after: 0, at: head.at }];
  let { at, jumped } = head;
  let sounding = head.sounding.filter((one) => {
    const silenced = muted.includes(one.staff);
    if (silenced) cues.push(offCue(one, 0));
    return !silenced;
  });
  let done = 0;
  while (quarters - done > NOTHING) {
    const looping = loop !== null && loop.end - loop.start > NOTHING && at < loop.end;
    const end = looping ? Math.min(loop.end, performance.duration) : performance.duration;
    const to = Math.min(at + quarters - done, end);
    const passed = pass(performance, settings, { at, sounding, jumped }, to);
    cues.push(...passed.cues.map((cue) => ({ ...cue, after: done + cue.after })));
    sounding = passed.sounding;
    done += Math.max(to - at, 0);
    at = to;
    jumped = false;
    if (end - at > NOTHING) break;
    cues.push(...sounding.map((one) => offCue(one, done)));
    sounding = [];
    jumped = true;
    if (!looping) return { cues, head: { at, sounding, jumped }, places, over: done };
    at = loop.start;
    places.push({ after: done, at });
  }
  return { cues, head: { at, sounding, jumped }, places, over: null };
}

/** What happens from where the head is up to a place before any jump. */
function pass(
  performance: Performance,
  { muted, metronome }: PlaySettings,
  { at, sounding, jumped }: Playhead,
  to: number,
): { cues: Cue[]; sounding: Playhead['sounding'][number][] } {
  const begins = performance.notes.filter(
    ({ onset, duration, staff }) =>
      !muted.includes(staff) &&
      ((onset >= at && onset < to) || (jumped && onset < at && onset + duration - at > NOTHING)),
  );
  const all = [...sounding, ...begins.map((note) => ({ ...keyOf(note), until: note.onset + note.duration }))];
  const cues: Cue[] = [
    ...all.filter(({ until }) => until <= to).map((one) => offCue(one, Math.max(one.until - at, 0))),
    ...begins.map((note): Cue => {
      const after = Math.max(note.onset - at, 0);
      return { kind: 'on', after, ...keyOf(note), velocity: note.velocity };
    }),
    ...(metronome
      ? beats(performance.bars, at, to).map(
          ({ time, accent }): Cue => ({ kind: 'tick', after: time - at, accent }),
        )
      : []),
  ];
  const rank = { off: 0, tick: 1, on: 2 };
  cues.sort((a, b) => a.after - b.after || rank[a.kind] - rank[b.kind]);
  return { cues, sounding: all.filter(({ until }) => until > to) };
}

function keyOf({ staff, pitch, percussion }: PlayedNote): Key {
  return { staff, key: pitch, percussion };
}

function offCue({ staff, key, percussion }: Key, after: number): Cue {
  return { kind: 'off', after, staff, key, percussion };
}

/** The beats of the metre from one time to before another. */
export function beats(
  bars: readonly PlayedBar[],
  from: number,
  to: number,
): { time: number; accent: boolean }[] {
  return bars
    .filter(({ onset, duration }) => onset < to && onset + duration > from)
    .flatMap((bar, i) => {
      const { beat, onset, duration, time } = bar;
      const { beats: count, unit } = timeParts(time);
      const whole = (4 * count) / unit;
      // A pick-up ends with its bar.
      const missing = bar === bars[0] && i === 0 ? Math.max(whole - duration, 0) : 0;
      const times: { time: number; accent: boolean }[] = [];
      for (let k = Math.ceil(missing / beat - NOTHING); k * beat - missing < duration - NOTHING; k++)
        times.push({ time: onset + k * beat - missing, accent: (k * beat) % whole < NOTHING });
      return times;
    })
    .filter(({ time }) => time >= from && time < to);
}
