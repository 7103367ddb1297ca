/**
 * npm run cut-soundfont [-- SF3]: cuts a piano and a flute out of MuseScore_General (Debian's musescore-general-soundfont-small)
 * for public/sound. The samples are copied as they are compressed, nothing is encoded anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type BasicInstrument,
  type BasicPreset,
  type BasicSoundBank,
  GeneratorTypes,
  SoundBankLoader,
} from 'spessasynth_core';

const SOURCE = process.argv[2] ?? '/usr/share/sounds/sf3/MuseScore_General_Lite.sf3';
const TARGET = fileURLToPath(new URL('../public/sound/instruments.sf3', import.meta.url));
const MOST_BYTES = 3_000_000;

/** The one layer of touch that is kept, by a velocity in it. */
const TOUCH = 80;
/** Of the piano's sampled keys every third is kept: no sample is moved by more than a major third. */
const PIANO_STEP = 3;

const bytes = readFileSync(SOURCE);
const bank = SoundBankLoader.fromArrayBuffer(
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
);
keepPresets(bank, ['Grand Piano', 'Flute']);
const piano = bank.presets.find(({ name }) => name === 'Grand Piano');
if (!piano) throw new Error(`${SOURCE} has no grand piano`);
keepTouch(piano, TOUCH);
for (const { instrument } of piano.zones) thinOut(instrument, PIANO_STEP);
bank.removeUnusedElements();
bank.soundBankInfo.name = 'Piano and flute cut from MuseScore_General_Lite 0.2.1';
const cut = new Uint8Array(bank.writeSF2());
if (cut.length > MOST_BYTES) throw new Error(`${cut.length} bytes are more than ${MOST_BYTES}`);
writeFileSync(TARGET, cut);
console.log(`${TARGET}: ${(cut.length / 1e6).toFixed(2)} MB, ${bank.samples.length} samples`);

function keepPresets(from: BasicSoundBank, names: readonly string[]): void {
  for (const preset of [...from.presets]) if (!names.includes(preset.name)) from.deletePreset(preset);
}

/** Leaves one layer of touch, for every velocity. */
function keepTouch(preset: BasicPreset, velocity: number): void {
  const isKept = ({ velRange }: { velRange: { min: number; max: number } }) =>
    velRange.min <= velocity && velocity <= velRange.max;
  for (let i = preset.zones.length - 1; i >= 0; i--) {
    const zone = preset.zones[i];
    if (zone && !isKept(zone)) preset.deleteZone(i);
    else if (zone) zone.velRange = { min: 0, max: 127 };
  }
}

/** Leaves the left channel, in the middle, of every n-th sampled key, its zone as wide as the gap. */
function thinOut(instrument: BasicInstrument, step: number): void {
  const left = instrument.zones
    .filter(({ sample }) => sample.name.includes('(L)'))
    .sort((a, b) => a.keyRange.min - b.keyRange.min);
  const [lowest, highest] = [left[0]?.keyRange.min ?? 0, left.at(-1)?.keyRange.max ?? 127];
  const kept = left.filter((_, i) => i % step === Math.min(1, left.length - 1));
  kept.forEach((zone, i) => {
    const [before, after] = [kept[i - 1], kept[i + 1]];
    zone.keyRange = {
      min: before ? before.keyRange.max + 1 : lowest,
      max: after ? Math.floor((zone.sample.originalKey + after.sample.originalKey) / 2) : highest,
    };
    zone.setGenerator(GeneratorTypes.pan, null);
  });
  for (let i = instrument.zones.length - 1; i >= 0; i--) {
    const zone = instrument.zones[i];
    if (zone && !kept.includes(zone)) instrument.deleteZone(i);
  }
}
