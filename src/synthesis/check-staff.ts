import { bottomLine, diatonic } from '../notation/clef.ts';
import { encodeSteps } from '../notation/steps.ts';
import { isNote } from '../notation/token.ts';
import type { LabelledStaff } from './engrave.ts';

/** How far a notehead may lie from where its pitch says, and a symbol left of the one before it, in staff spaces. */
const RISE = 0.3;
const BACK = 0.3;

/**
 * What is wrong with a labelled staff, one sentence a fault: a notehead off its line or space, a symbol outside the
 * staff's extent or left of the one before it, tokens that the model cannot say.
 */
export function staffFaults(staff: LabelledStaff): string[] {
  const { tokens, places, lines, space } = staff;
  const faults: string[] = [];
  if (places.length !== tokens.length) faults.push(`${tokens.length} tokens but ${places.length} places`);
  try {
    encodeSteps(tokens);
  } catch (error) {
    faults.push(String(error));
  }
  let bottom = bottomLine('clef-G2');
  let reached = Number.NEGATIVE_INFINITY;
  tokens.forEach((token, i) => {
    const place = places[i];
    if (!place) return;
    if (token.rhythm.startsWith('clef-')) bottom = bottomLine(token.rhythm);
    if (isNote(token)) {
      const due = (lines.y[4] ?? 0) - ((diatonic(token.pitch) - bottom) * space) / 2;
      if (Math.abs(place.y - due) > RISE * space)
        faults.push(`${token.pitch} lies ${((due - place.y) / space).toFixed(2)} spaces too high`);
    }
    if (place.x < lines.x0 - space || place.x > lines.x1 + space)
      faults.push(`${token.rhythm} lies outside the staff`);
    if (token.rhythm === 'chord' || tokens[i - 1]?.rhythm === 'chord') return;
    if (place.x < reached - BACK * space)
      faults.push(
        `${token.rhythm} lies left of the symbol before it by ${((reached - place.x) / space).toFixed(2)}`,
      );
    reached = Math.max(reached, place.x);
  });
  return faults;
}
