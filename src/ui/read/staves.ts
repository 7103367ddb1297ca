/** What is known of the staves while a page is read: draft and firm tokens, and how they are shown together. */
import type { ReadingEvent, ReadToken, StaffPlace } from '../../inference/tromr/reading.ts';
import type { EditedToken, SymbolPlace } from '../../notation/edit/edited.ts';

export { type SymbolPlace, samePlace } from '../../notation/edit/edited.ts';

export type StaffState = {
  place: StaffPlace;
  draft: readonly ReadToken[];
  /** From the left as far as the reading has come; with the edits, once it has come to its end. */
  firm: readonly EditedToken[];
  complete: boolean;
};

export type ShownToken = {
  token: EditedToken;
  /** Its place in the staff's list of tokens, which the engraved score's ids repeat. */
  index: number;
  state: 'draft' | 'firm';
  /** The reading put something else here than the draft had. */
  changed: boolean;
};

export function newStaff(place: StaffPlace): StaffState {
  return { place, draft: [], firm: [], complete: false };
}

/** The staves after an event; those that it does not concern stay the same objects. */
export function afterEvent(staves: readonly StaffState[], event: ReadingEvent): readonly StaffState[] {
  switch (event.kind) {
    case 'page':
      return event.systems.flatMap((system) => system.staves.map(newStaff));
    case 'draft':
      return change(staves, event.staff, { draft: event.tokens });
    case 'tokens':
      return change(staves, event.staff, { firm: event.tokens, complete: event.complete });
    case 'progress':
      return staves;
  }
}

function change(
  staves: readonly StaffState[],
  index: number,
  to: Partial<StaffState>,
): readonly StaffState[] {
  return staves.map((staff, i) => (i === index ? { ...staff, ...to } : staff));
}

/** The distance of two staff lines at the staff's middle, px of the photo. */
export function staffSpace(place: StaffPlace): number {
  const top = place.lines[0];
  const bottom = place.lines.at(-1);
  if (!top?.length || !bottom?.length) return place.box[3] / 4;
  const mid = (line: [number, number][]) => line[Math.floor(line.length / 2)]?.[1] ?? 0;
  return Math.max((mid(bottom) - mid(top)) / 4, 1);
}

/** Firm tokens, and to the right of them what the draft says. */
export function shownTokens(staff: StaffState): ShownToken[] {
  const space = staffSpace(staff.place);
  const firm = staff.firm.map(
    (token, index): ShownToken => ({
      token,
      index,
      state: 'firm',
      changed:
        token.asRead === undefined &&
        isPrinted(token) &&
        !staff.draft.some((other) => agree(token, other, space)),
    }),
  );
  if (staff.complete) return firm;
  const reached = staff.firm.reduce((x, token) => Math.max(x, token.x), Number.NEGATIVE_INFINITY);
  const rest = staff.draft
    .filter((token) => token.x > reached + space / 2)
    .map((token, i): ShownToken => ({ token, index: firm.length + i, state: 'draft', changed: false }));
  return [...firm, ...rest];
}

/** `chord` only joins its neighbours and has no ink of its own. */
export function isPrinted(token: ReadToken): boolean {
  return token.rhythm !== 'chord';
}

function agree(a: ReadToken, b: ReadToken, space: number): boolean {
  return (
    a.rhythm === b.rhythm && a.pitch === b.pitch && a.lift === b.lift && Math.abs(a.x - b.x) < 2.5 * space
  );
}

export type Certainty = 'sure' | 'unsure' | 'doubt';

/** Below these a symbol is drawn amber, and vermilion. */
const UNSURE = 0.9;
const DOUBT = 0.6;

/** How sure a symbol is: what a visitor put right is. */
export function certaintyOf({ p, asRead }: EditedToken): Certainty {
  return asRead === undefined ? certainty(p) : 'sure';
}

export function certainty(p: number): Certainty {
  if (p >= UNSURE) return 'sure';
  return p >= DOUBT ? 'unsure' : 'doubt';
}

/** What is shown of a page: its id, and the symbols of its staves. */
export type ShownPage = { id: string; staves: readonly (readonly ShownToken[])[] };

export type Direction = 'left' | 'right' | 'up' | 'down' | 'bar-left' | 'bar-right' | 'first' | 'last';

/** The symbol that an arrow key leads to: along the staff, on to the next one at its end, or up and down by place. */
export function neighbour(
  { id, staves }: ShownPage,
  from: SymbolPlace | null,
  direction: Direction,
): SymbolPlace | null {
  const all = staves.flatMap((tokens, staff) =>
    tokens.filter(({ token }) => isPrinted(token)).map(({ index, token }) => ({ staff, index, token })),
  );
  const place = (one: (typeof all)[number] | undefined) =>
    one ? { page: id, staff: one.staff, token: one.index } : null;
  const at = all.findIndex(
    (one) => from?.page === id && one.staff === from.staff && one.index === from.token,
  );
  const here = all[at];
  if (!from || !here) return place(all[0]);
  switch (direction) {
    case 'left':
      return place(all[at - 1] ?? here);
    case 'right':
      return place(all[at + 1] ?? here);
    case 'first':
      return place(all.find((one) => one.staff === here.staff));
    case 'last':
      return place(all.findLast((one) => one.staff === here.staff));
    case 'bar-right':
      return place(all[all.findIndex((one, i) => i > at && isBar(one.token)) + 1] ?? all.at(-1));
    case 'bar-left': {
      const bar = all.findLastIndex((one, i) => i < at - 1 && isBar(one.token));
      return place(all[bar + 1]);
    }
    case 'up':
    case 'down': {
      const staff = here.staff + (direction === 'up' ? -1 : 1);
      const row = all.filter((one) => one.staff === staff);
      const nearest = row.sort(
        (a, b) => Math.abs(a.token.x - here.token.x) - Math.abs(b.token.x - here.token.x),
      )[0];
      return place(nearest ?? here);
    }
  }
}

function isBar(token: ReadToken): boolean {
  return token.rhythm.startsWith('barline') || token.rhythm.startsWith('repeat-');
}

/** The symbol nearest to a spot of the photo, if one is within `reach` px. */
export function nearestSymbol(
  { id, staves }: ShownPage,
  spot: { x: number; y: number },
  reach: number,
): SymbolPlace | null {
  let best: SymbolPlace | null = null;
  let bestDistance = reach;
  staves.forEach((tokens, staff) => {
    for (const { token, index } of tokens) {
      if (!isPrinted(token)) continue;
      // Signs such as bar lines are tall: being off in height counts less for them.
      const tall = token.pitch === 'nonote' ? 0.4 : 1;
      const distance = Math.hypot(token.x - spot.x, (token.y - spot.y) * tall);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = { page: id, staff, token: index };
      }
    }
  });
  return best;
}

/** The bar of a token in its staff, counted from 1. */
export function barNumber(tokens: readonly ShownToken[], index: number): number {
  return 1 + tokens.filter((shown) => shown.index < index && isBar(shown.token)).length;
}
