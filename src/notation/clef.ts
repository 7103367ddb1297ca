/** Diatonic step number of a written pitch: C0 = 0, D0 = 1, …, C4 = 28. */
export function diatonic(pitch: string): number {
  return Number(pitch.slice(1)) * 7 + 'CDEFGAB'.indexOf(pitch.charAt(0));
}

/** The written pitch of a diatonic step number, the inverse of `diatonic`. */
export function pitchName(step: number): string {
  const octave = Math.floor(step / 7);
  return `${'CDEFGAB'.charAt(step - 7 * octave)}${octave}`;
}

// Diatonic number of each clef's own note, and of the octave that its 8 adds.
const NOTE_OF_SIGN: Record<string, number> = { G: diatonic('G4'), F: diatonic('F3'), C: diatonic('C4') };

/** Diatonic step number of the bottom line under a clef named as in the vocabulary, e.g. `clef-G2-8vb`. */
export function bottomLine(clef: string): number {
  // Percussion staves are written as if in the treble clef (MusicXML's display pitch).
  const [, sign, line, octave] = /^clef-([GFC])(\d)(?:-(8va|8vb))?$/.exec(clef) ?? ['', 'G', '2', undefined];
  const own = NOTE_OF_SIGN[sign ?? 'G'] ?? diatonic('G4');
  const shift = octave === '8va' ? 7 : octave === '8vb' ? -7 : 0;
  return own - 2 * (Number(line) - 1) + shift;
}

/** What a pitch becomes if the clef changes and the head stays where it is on the staff. */
export function pitchUnder(pitch: string, before: string, after: string): string {
  let step = diatonic(pitch) + bottomLine(after) - bottomLine(before);
  while (step < 0) step += 7;
  return pitchName(step);
}
