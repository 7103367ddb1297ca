const KEYS = ['Cb', 'Gb', 'Db', 'Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#'];
const SHARPS = 'FCGDAEB';

/** Sharps (positive) or flats (negative) of a key signature token, -7…7; 0 for anything that is none. */
export function fifthsOf(keySignature: string): number {
  const index = KEYS.indexOf(keySignature.replace(/^keySignature-(.*)M$/, '$1'));
  return index < 0 ? 0 : index - 7;
}

/** The key signature token of -7…7 fifths. */
export function keySignature(fifths: number): string {
  return `keySignature-${KEYS[fifths + 7] ?? 'C'}M`;
}

/** Semitones by which a key signature alters a step (`C`…`B`): -1, 0 or 1. */
export function keyAlter(fifths: number, step: string): number {
  const place = SHARPS.indexOf(step.charAt(0));
  if (fifths > 0) return place < fifths ? 1 : 0;
  return 6 - place < -fifths ? -1 : 0;
}
