import { writeMidi as encodeMidi, type MidiEvent } from 'midi-file';
import { filled } from './filled.ts';
import { timeParts } from './metre.ts';
import { DRUMS, midiChannel } from './midi-channel.ts';
import { type Performance, type PlayedNote, perform } from './performance.ts';
import type { Score } from './score.ts';

export interface MidiOptions {
  title?: string;
  /** Quarters a minute. */
  tempo?: number;
  /** Semitones by which everything but percussion is moved. */
  transpose?: number;
}

/** A number that every plain value and every tuplet of the vocabulary divides. */
const TICKS_PER_QUARTER = 10080;

/**
 * The score as played, as a standard MIDI file of format 1: a track for metre and tempo, and one for each staff. Its bars are as long as
 * those of the MusicXML file.
 */
export function writeMidi(score: Score, options: MidiOptions = {}): Uint8Array {
  const performance = perform(filled(score));
  const staves = score.parts.flatMap(({ staves: own }, part) => own.map(() => part));
  const tracks = staves.map((part, staff) =>
    noteTrack(
      performance.notes.filter((note) => note.staff === staff),
      part,
      options.transpose ?? 0,
    ),
  );
  const bytes = encodeMidi({
    header: { format: 1, numTracks: tracks.length + 1, ticksPerBeat: TICKS_PER_QUARTER },
    tracks: [conductorTrack(performance, options), ...tracks],
  });
  return Uint8Array.from(bytes);
}

interface Timed {
  tick: number;
  event: MidiEvent;
}

function conductorTrack({ bars }: Performance, { title, tempo = 100 }: MidiOptions): MidiEvent[] {
  const events: Timed[] = [
    ...(title ? [{ tick: 0, event: { deltaTime: 0, type: 'trackName' as const, text: latin(title) } }] : []),
    {
      tick: 0,
      event: { deltaTime: 0, type: 'setTempo', microsecondsPerBeat: Math.round(60_000_000 / tempo) },
    },
  ];
  let time = '';
  for (const bar of bars) {
    if (bar.time === time) continue;
    time = bar.time;
    const { beats, unit } = timeParts(time);
    events.push({
      tick: ticks(bar.onset),
      event: {
        deltaTime: 0,
        type: 'timeSignature',
        numerator: beats,
        denominator: unit,
        metronome: Math.round(24 * bar.beat),
        thirtyseconds: 8,
      },
    });
  }
  return inDeltas(events);
}

function noteTrack(notes: readonly PlayedNote[], part: number, transpose: number): MidiEvent[] {
  const events = notes.flatMap((note): Timed[] => {
    const noteNumber = Math.min(127, Math.max(0, note.pitch + (note.percussion ? 0 : transpose)));
    const channel = note.percussion ? DRUMS : midiChannel(part);
    const start = ticks(note.onset);
    // A note of no ticks would be switched off before it is switched on.
    const end = Math.max(start + 1, ticks(note.onset + note.duration));
    return [
      {
        tick: start,
        event: { deltaTime: 0, type: 'noteOn', channel, noteNumber, velocity: note.velocity },
      },
      { tick: end, event: { deltaTime: 0, type: 'noteOff', channel, noteNumber, velocity: 0 } },
    ];
  });
  return inDeltas(events);
}

function ticks(quarters: number): number {
  return Math.round(quarters * TICKS_PER_QUARTER);
}

/** Events in order of time, ends before beginnings, each with the ticks since the one before. */
function inDeltas(events: readonly Timed[]): MidiEvent[] {
  const rank = ({ event }: Timed) => (event.type === 'noteOff' ? 0 : 1);
  const sorted = [...events].sort((a, b) => a.tick - b.tick || rank(a) - rank(b));
  let before = 0;
  const deltas = sorted.map(({ tick, event }): MidiEvent => {
    const deltaTime = tick - before;
    before = tick;
    return { ...event, deltaTime };
  });
  return [...deltas, { deltaTime: 0, type: 'endOfTrack', meta: true }];
}

/** MIDI text is bytes: what lies beyond Latin-1 is written as a question mark. */
function latin(text: string): string {
  return text.replace(/[^\u0020-\u00ff]/gu, '?');
}
