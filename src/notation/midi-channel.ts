/** The MIDI channel of drums, counted from 0. */
export const DRUMS = 9;

/** The MIDI channel of a part, 0-15 without the drums'. */
export function midiChannel(part: number): number {
  const channel = part % 15;
  return channel < DRUMS ? channel : channel + 1;
}
