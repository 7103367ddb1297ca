/** The instrument that is heard: SpessaSynth in an audio worklet on a small sound font, both from this site. */
import { WorkletSynthesizer } from 'spessasynth_lib';
import processorUrl from 'spessasynth_lib/dist/spessasynth_processor.min.js?url';
import { midiChannel } from '../../notation/midi-channel.ts';
import type { Instrument, LoadedInstrument, Sound } from './instrument.ts';

/** General MIDI programs, counted from 0. */
const PROGRAMS: Record<Sound, number> = { piano: 0, flute: 73 };
/** Seconds in which the output fades where it is cut off. */
const FADE = 0.02;
/** Milliseconds to wait for the audio to wake up. */
const PATIENCE = 1000;
/** The MIDI controller that ends all sound of a channel. */
const ALL_SOUND_OFF = 120;

export async function loadSynthesizer(soundFont: string): Promise<LoadedInstrument> {
  if (typeof AudioContext === 'undefined' || typeof AudioWorkletNode === 'undefined')
    return { ok: false, problem: 'no_audio' };
  const context = new AudioContext({ latencyHint: 'interactive' });
  // Asked for at once: a browser counts only what directly follows a gesture.
  void context.resume().catch(() => undefined);
  try {
    const [bank] = await Promise.all([fetchBank(soundFont), context.audioWorklet.addModule(processorUrl)]);
    const synthesizer = new WorkletSynthesizer(context, { eventsEnabled: false });
    synthesizer.setLogLevel(false, false, false);
    await synthesizer.isReady;
    await synthesizer.soundBankManager.addSoundBank(bank, 'instruments');
    return { ok: true, instrument: instrumentOf(context, synthesizer) };
  } catch {
    void context.close().catch(() => undefined);
    return { ok: false, problem: 'no_instrument' };
  }
}

async function fetchBank(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.arrayBuffer();
}

function instrumentOf(context: AudioContext, synthesizer: WorkletSynthesizer): Instrument {
  const gates = new Set<GainNode>();
  const volume = new GainNode(context, { gain: 1 });
  synthesizer.connect(volume);
  volume.connect(context.destination);
  const programs = new Map<number, number>();
  let program = PROGRAMS.piano;
  /** Time of the last thing that was scheduled. */
  let latest = 0;

  const channelOf = (staff: number) => {
    const channel = midiChannel(staff);
    if (programs.get(channel) !== program) synthesizer.programChange(channel, program);
    programs.set(channel, program);
    return channel;
  };

  return {
    now: () => context.currentTime,
    on(at, staff, key, velocity) {
      latest = Math.max(latest, at);
      synthesizer.noteOn(channelOf(staff), key, velocity, { time: at });
    },
    off: (at, staff, key) => synthesizer.noteOff(midiChannel(staff), key, { time: at }),
    tick(at, kind) {
      const gate = tickNode(context, at, kind);
      gates.add(gate);
      gate.connect(context.destination);
      setTimeout(() => gates.delete(gate), (at - context.currentTime + 1) * 1000);
    },
    silence() {
      const now = context.currentTime;
      const clear = Math.max(now + 4 * FADE, latest);
      volume.gain.cancelScheduledValues(now);
      volume.gain.setTargetAtTime(0, now, FADE);
      volume.gain.setValueAtTime(1, clear + FADE);
      for (const gate of gates) gate.disconnect();
      gates.clear();
      synthesizer.stopAll(true);
      // What was scheduled cannot be called back: it is let pass unheard and ended after the last of it.
      for (const channel of programs.keys())
        synthesizer.controllerChange(channel, ALL_SOUND_OFF, 0, { time: clear });
      return clear + 2 * FADE;
    },
    choose(sound) {
      program = PROGRAMS[sound];
    },
    // Without a gesture the promise may never be kept.
    resume: () =>
      Promise.race([context.resume(), new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))]),
    dispose() {
      synthesizer.destroy();
      void context.close();
    },
  };
}

const TICKS = {
  accent: { frequency: 1600, gain: 0.28, length: 0.05 },
  beat: { frequency: 1100, gain: 0.2, length: 0.04 },
  drum: { frequency: 320, gain: 0.4, length: 0.09 },
};

function tickNode(context: AudioContext, at: number, kind: keyof typeof TICKS): GainNode {
  const { frequency, gain, length } = TICKS[kind];
  const start = Math.max(at, context.currentTime);
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency });
  const gate = new GainNode(context, { gain: 0 });
  gate.gain.setValueAtTime(gain, start);
  gate.gain.exponentialRampToValueAtTime(0.001, start + length);
  oscillator.connect(gate);
  oscillator.start(start);
  oscillator.stop(start + length);
  return gate;
}
