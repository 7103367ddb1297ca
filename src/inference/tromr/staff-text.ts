import type { Staff } from '../../page/read-page.ts';
import { toPhoto } from '../../page/staff-map.ts';
import { at } from '../engine/tuples.ts';
import type { ReadStep } from './hypothesis.ts';
import { COLUMN } from './ink.ts';
import { cutStaff, type Piece } from './pieces.ts';
import { readTokens } from './read-tokens.ts';
import type { ReadToken } from './reading.ts';

/** What was read of a piece so far; `complete` when nothing more comes. */
export type PieceText = { steps: readonly ReadStep[]; complete: boolean };

/** A staff of the page, the pieces that it is read in, and the staff above whose clef it inherits. */
export type StaffPieces = { staff: Staff; pieces: Piece[]; above: number | undefined };

/** The staves of a page from the top; a staff that shows no clef has that of the same staff in the system before. */
export function staffPieces(systems: readonly { staves: Staff[] }[], maxWidth: number): StaffPieces[] {
  const result: StaffPieces[] = [];
  let before: number[] = [];
  for (const { staves } of systems) {
    const here = staves.map((staff, index) => {
      const pieces = cutStaff(staff.image, staff.barLines, maxWidth);
      return result.push({ staff, pieces, above: before[index] }) - 1;
    });
    before = here;
  }
  return result;
}

/** A page of text that grows: pieces are put in as they are read, staves are asked for as tokens. */
export type PageText = {
  /** Replaces what is known of a piece (counted through all staves). Returns its staff. */
  put(piece: number, text: PieceText): number;
  /** Whether every piece of a staff is complete. */
  isComplete(staff: number): boolean;
  /** The tokens of a staff, from its left to the end of its first piece that is not complete. */
  tokens(staff: number): ReadToken[];
};

export function pageText(staves: readonly StaffPieces[]): PageText {
  const owners = staves.flatMap(({ pieces }, staff) => pieces.map((_, index) => ({ staff, index })));
  const texts = staves.map(({ pieces }) => pieces.map((): PieceText => ({ steps: [], complete: false })));
  const clefs = new Map<number, string>();
  return {
    put(piece, text) {
      const { staff, index } = at(owners, piece);
      at(texts, staff)[index] = text;
      return staff;
    },
    isComplete: (staff) => at(texts, staff).every(({ complete }) => complete),
    tokens(staff) {
      const { above } = at(staves, staff);
      const inherited = (above === undefined ? undefined : clefs.get(above)) ?? FIRST_CLEF;
      const { tokens, clef } = staffTokens(at(staves, staff), at(texts, staff), inherited);
      clefs.set(staff, clef);
      return tokens;
    },
  };
}

const FIRST_CLEF = 'clef-G2';

function staffTokens({ staff, pieces }: StaffPieces, texts: readonly PieceText[], clef: string) {
  const open = texts.findIndex(({ complete }) => !complete);
  const known = open < 0 ? texts : texts.slice(0, open + 1);
  const steps = known.flatMap((text, index) => {
    const shift = at(pieces, index).left / COLUMN;
    return text.steps.map((step) => (shift === 0 ? step : { ...step, column: step.column + shift }));
  });
  return readTokens(steps, clef, staff.image, (place) => toPhoto(staff.map, place));
}
