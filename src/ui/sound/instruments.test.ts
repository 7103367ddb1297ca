import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BasicSoundBank, SoundBankLoader, SpessaSynthProcessor } from 'spessasynth_core';
import { beforeAll, describe, expect, it } from 'vitest';

const FILE = fileURLToPath(new URL('../../../public/sound/instruments.sf3', import.meta.url));
const RATE = 44_100;

let bank: BasicSoundBank;

beforeAll(async () => {
  await BasicSoundBank.isSF3DecoderReady;
  const bytes = readFileSync(FILE);
  bank = SoundBankLoader.fromArrayBuffer(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  );
});

/** Half a second of one key, left channel. */
async function struck(program: number, key: number): Promise<Float32Array> {
  const synthesizer = new SpessaSynthProcessor(RATE, { eventsEnabled: false });
  await synthesizer.processorInitialized;
  synthesizer.soundBankManager.addSoundBank(bank, 'instruments');
  synthesizer.programChange(0, program);
  synthesizer.noteOn(0, key, 80);
  const [left, right] = [new Float32Array(RATE / 2), new Float32Array(RATE / 2)];
  for (let at = 0; at + 128 <= left.length; at += 128) synthesizer.process(left, right, at, 128);
  return left;
}

/** How strong a frequency is in the sound against its loudness, by Goertzel's sum: 1 for a pure tone of it. */
function shareOf(sound: Float32Array, frequency: number): number {
  let [real, imaginary, power] = [0, 0, 0];
  sound.forEach((value, i) => {
    real += value * Math.cos((2 * Math.PI * frequency * i) / RATE);
    imaginary += value * Math.sin((2 * Math.PI * frequency * i) / RATE);
    power += value * value;
  });
  return (2 * (real * real + imaginary * imaginary)) / (power * sound.length || 1);
}

describe('the sound font that is shipped', () => {
  it('is small', () => expect(statSync(FILE).size).toBeLessThan(3_000_000));

  it.each([
    ['piano', 0, 48],
    ['piano', 0, 69],
    ['piano', 0, 84],
    ['flute', 73, 72],
    ['flute', 73, 81],
  ])('sounds in tune as a %s (program %i, key %i)', async (_, program, key) => {
    const sound = (await struck(program, key)).subarray(RATE / 10);
    const loudest = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(loudest).toBeGreaterThan(0.02);
    expect(loudest).toBeLessThan(1);
    const own = 440 * 2 ** ((key - 69) / 12);
    const beside = [-1, 1].map((semitones) => shareOf(sound, own * 2 ** (semitones / 12)));
    expect(shareOf(sound, own)).toBeGreaterThan(4 * Math.max(...beside));
  });
});
