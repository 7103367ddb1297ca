import { bottomLine, pitchName } from '../clef.ts';
import { isBarLine, isGrace, isRest } from '../groups.ts';
import { CHORD, isNote, type Token, VOCABULARY } from '../token.ts';
import {
  type EditedToken,
  type LinePlace,
  lineAt,
  type PageLines,
  type SymbolPlace,
  withLines,
} from './edited.ts';
import { type Fix, type FixContext, fixSymbol, inOrder, withoutSymbols } from './fix.ts';
import { canBeWritten, clefAt, isTimed, keepPlaces, membersAt, withoutLooseJoins } from './lines.ts';
import { inserted, type Reach, signOverRange } from './signs.ts';

/*
 * Edits are commands on the tokens that were read, which both the photo's symbols and the Score are made from. A command is plain
 * data; a piece is what was read and the list of its commands, done in order. So nothing that was read is ever lost, undoing is
 * doing one command less, and both have no end.
 */

export type Command =
  /** Puts symbols right, one or all alike. */
  | { kind: 'fix'; places: readonly SymbolPlace[]; fix: Fix }
  /** A new symbol before `place.token`, which may be the line's length. */
  | { kind: 'insert'; place: SymbolPlace; symbol: Token }
  /** A new head or rest that starts together with the symbol at `place`. */
  | { kind: 'join'; place: SymbolPlace; symbol: Token }
  | { kind: 'delete'; places: readonly SymbolPlace[] }
  /** A clef, key or metre from the bar of `place` on, for its staff or for all staves. */
  | { kind: 'sign'; place: SymbolPlace; name: string; reach: Reach; staves: 'one' | 'all' };

/** The commands of a piece; those after the first `done` were undone and can be done again. */
export interface Edits {
  commands: readonly Command[];
  done: number;
}

export const NO_EDITS: Edits = { commands: [], done: 0 };

/** A command more; what was undone before is forgotten. */
export function withCommand({ commands, done }: Edits, command: Command): Edits {
  return { commands: [...commands.slice(0, done), command], done: done + 1 };
}

export function undone({ commands, done }: Edits): Edits {
  return { commands, done: Math.max(0, done - 1) };
}

export function redone({ commands, done }: Edits): Edits {
  return { commands, done: Math.min(commands.length, done + 1) };
}

/** What a command makes of the pages, and the symbol to look at afterwards. */
export interface Outcome {
  pages: readonly PageLines[];
  focus: SymbolPlace | null;
}

/** Pages as read with all commands done. */
export function edited(read: readonly PageLines[], { commands, done }: Edits): readonly PageLines[] {
  return commands.slice(0, done).reduce((pages, command) => afterCommand(pages, command).pages, read);
}

/** Does one command. Places that are not there, and fixes that do not suit, change nothing: the pages are the same object. */
export function afterCommand(pages: readonly PageLines[], command: Command): Outcome {
  const outcome = done(pages, command);
  if (outcome.pages === pages || !clefsDiffer(pages, outcome.pages)) return outcome;
  return { ...outcome, pages: keepPlaces(pages, outcome.pages) };
}

function done(pages: readonly PageLines[], command: Command): Outcome {
  switch (command.kind) {
    case 'fix':
      return fixed(pages, command.places, command.fix);
    case 'insert':
      return afterInsert(pages, command.place, command.symbol);
    case 'join':
      return afterJoin(pages, command.place, command.symbol);
    case 'delete':
      return afterDelete(pages, command.places);
    case 'sign':
      return afterSign(pages, command);
  }
}

/** Whether a command touched a clef. */
function clefsDiffer(before: readonly PageLines[], after: readonly PageLines[]): boolean {
  return before.some((page, i) =>
    page.systems.some((system, k) =>
      system.staves.some((line, staff) => {
        const now = after[i]?.systems[k]?.staves[staff] ?? line;
        return now !== line && clefsOf(now) !== clefsOf(line);
      }),
    ),
  );
}

/** Where which clefs stand among the notes. */
function clefsOf(line: readonly EditedToken[]): string {
  return line.flatMap(({ rhythm }, i) => (rhythm.startsWith('clef-') ? `${i} ${rhythm}` : [])).join();
}

function fixed(pages: readonly PageLines[], places: readonly SymbolPlace[], fix: Fix): Outcome {
  // Chords may be put in new order on the way: symbols are followed by identity.
  const targets = places.flatMap((place) => {
    const token = lineAt(pages, place)?.[place.token];
    return token ? [{ place, token }] : [];
  });
  let [now, focus] = [pages, null as SymbolPlace | null];
  for (const { place, token } of targets) {
    const line = lineAt(now, place) ?? [];
    const index = line.indexOf(token);
    const tokens =
      index < 0 ? undefined : fixSymbol(line, index, fix, contextAt(now, { ...place, token: index }));
    if (!tokens) continue;
    const tidy = withoutLooseJoins(tokens);
    focus ??= { ...place, token: newNearest(line, tidy, index) };
    now = withLines(now, [{ page: place.page, staff: place.staff, tokens: tidy }]);
  }
  return { pages: now, focus };
}

/** The index of the new token nearest to where the old one was. */
function newNearest(before: readonly EditedToken[], after: readonly EditedToken[], index: number): number {
  const known = new Set(before);
  const fresh = after.flatMap((token, i) => (known.has(token) ? [] : [i]));
  return (
    fresh.sort((a, b) => Math.abs(a - index) - Math.abs(b - index))[0] ?? Math.min(index, after.length - 1)
  );
}

function contextAt(pages: readonly PageLines[], place: SymbolPlace): FixContext {
  const clef = clefAt(pages, place);
  return { clef, pitch: pitchNear(lineAt(pages, place) ?? [], place.token, clef) };
}

/** The pitch of the last note before a place that can be written under the clef, else the middle line's. */
export function pitchNear(line: readonly EditedToken[], index: number, clef: string): string {
  const note = line.slice(0, index).findLast((token) => isNote(token) && canBeWritten(token.pitch, clef));
  return note?.pitch ?? pitchName(bottomLine(clef) + 4);
}

/** Whether a token says something that can stand in a line on its own. */
function isSymbol(token: Token): boolean {
  const known = VOCABULARY.rhythm.includes(token.rhythm) && VOCABULARY.pitch.includes(token.pitch);
  const pitched = token.rhythm.startsWith('note-') || isGrace(token);
  return known && !['pad', 'begin', 'end', 'chord'].includes(token.rhythm) && pitched === isNote(token);
}

function afterInsert(pages: readonly PageLines[], place: SymbolPlace, symbol: Token): Outcome {
  const line = lineAt(pages, place);
  const at = place.token;
  if (!line || !Number.isInteger(at) || at < 0 || at > line.length || !isSymbol(symbol))
    return { pages, focus: null };
  if (isNote(symbol) && !canBeWritten(symbol.pitch, clefAt(pages, place))) return { pages, focus: null };
  // Never between the two that a `chord` joins.
  const first = line[at] && line[at].rhythm !== 'chord' ? (membersAt(line, at)[0] ?? at) : at;
  const spot = line[at]?.rhythm === 'chord' ? (membersAt(line, at - 1)[0] ?? at) : first;
  const token = inserted(symbol, line[spot - 1], line[spot]);
  const tokens = [...line.slice(0, spot), token, ...line.slice(spot)];
  return {
    pages: withLines(pages, [{ page: place.page, staff: place.staff, tokens }]),
    focus: { ...place, token: spot },
  };
}

function afterJoin(pages: readonly PageLines[], place: SymbolPlace, symbol: Token): Outcome {
  const line = lineAt(pages, place);
  const token = line?.[place.token];
  const suits =
    token &&
    isSymbol(symbol) &&
    ((isTimed(token) && isTimedSymbol(symbol)) || (isGrace(token) && isGrace(symbol)));
  if (!line || !suits) return { pages, focus: null };
  if (isNote(symbol) && !canBeWritten(symbol.pitch, clefAt(pages, place))) return { pages, focus: null };
  const last = membersAt(line, place.token).at(-1) ?? place.token;
  const head = inserted({ ...symbol, x: token.x }, token, token);
  const joint: EditedToken = { ...CHORD, p: 1, x: token.x, y: token.y, alternatives: [], asRead: null };
  const joined = [...line.slice(0, last + 1), joint, head, ...line.slice(last + 1)];
  const tokens = inOrder(joined, membersAt(joined, last + 2));
  const index = tokens.findIndex((one) => one.rhythm !== 'chord' && !line.includes(one));
  return {
    pages: withLines(pages, [{ page: place.page, staff: place.staff, tokens }]),
    focus: { ...place, token: index },
  };
}

function isTimedSymbol(symbol: Token): boolean {
  return symbol.rhythm.startsWith('note-') || isRest(symbol);
}

function afterDelete(pages: readonly PageLines[], places: readonly SymbolPlace[]): Outcome {
  let [now, focus] = [pages, null as SymbolPlace | null];
  const lines = new Map(places.map((place) => [`${place.page} ${place.staff}`, place]));
  for (const { page, staff } of lines.values()) {
    const line = lineAt(now, { page, staff });
    const own = places
      .filter((place) => place.page === page && place.staff === staff)
      .map(({ token }) => token);
    const gone = own.filter((i) => line?.[i] && line[i].rhythm !== 'chord');
    if (!line || gone.length === 0) continue;
    const tokens = withoutLooseJoins(withoutSymbols(line, gone));
    now = withLines(now, [{ page, staff, tokens }]);
    focus ??= neighbourOf({ page, staff, token: Math.min(...gone) }, tokens);
  }
  return { pages: now, focus };
}

/** What stands where a symbol was: the one before it, or the first. */
function neighbourOf(place: SymbolPlace, tokens: readonly EditedToken[]): SymbolPlace | null {
  let index = Math.min(place.token - 1, tokens.length - 1);
  while (index > 0 && tokens[index]?.rhythm === 'chord') index--;
  return tokens.length > 0 ? { ...place, token: Math.max(0, index) } : null;
}

function afterSign(
  pages: readonly PageLines[],
  { place, name, reach, staves }: Extract<Command, { kind: 'sign' }>,
): Outcome {
  const starts = staves === 'all' ? systemStarts(pages, place) : [place];
  const now = starts.reduce(
    (before, start) => withLines(before, signOverRange(before, start, name, reach)),
    pages,
  );
  const line = lineAt(now, place) ?? [];
  const known = new Set(lineAt(pages, place));
  const focus = line.findIndex((token) => token.rhythm === name && !known.has(token));
  return focus < 0 ? { pages, focus: null } : { pages: now, focus: { ...place, token: focus } };
}

/** The beginning of the same bar in every staff of the system of a place, its own place for its own staff. */
function systemStarts(pages: readonly PageLines[], place: SymbolPlace): SymbolPlace[] {
  const bar = (lineAt(pages, place) ?? [])
    .slice(0, place.token)
    .filter(({ rhythm }) => isBarLine(rhythm)).length;
  return linesOfSystem(pages, place).map((line): SymbolPlace => {
    if (line.staff === place.staff) return place;
    const bars = (lineAt(pages, line) ?? []).flatMap(({ rhythm }, i) => (isBarLine(rhythm) ? [i + 1] : []));
    return { ...line, token: bar === 0 ? 0 : (bars[bar - 1] ?? bars.at(-1) ?? 0) };
  });
}

function linesOfSystem(pages: readonly PageLines[], { page, staff }: LinePlace): LinePlace[] {
  let first = 0;
  for (const { staves } of pages.find(({ id }) => id === page)?.systems ?? []) {
    if (staff < first + staves.length) return staves.map((_, i) => ({ page, staff: first + i }));
    first += staves.length;
  }
  return [];
}
