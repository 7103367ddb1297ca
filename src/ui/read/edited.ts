/** A piece with the visitor's corrections: what is shown, engraved, played and written. Worked out once for each state. */
import { bottomLine, diatonic } from '../../notation/clef.ts';
import { afterCommand, type Command } from '../../notation/edit/commands.ts';
import { type EditedToken, lineAt, type PageLines } from '../../notation/edit/edited.ts';
import { clefAt } from '../../notation/edit/lines.ts';
import type { Score, Source } from '../../notation/score.ts';
import { scoreFromPages } from '../../notation/score-from-tokens.ts';
import { isNote } from '../../notation/token.ts';
import type { ReadPage } from '../../workers/protocol.ts';
import { type LastFix, lastFix } from './edit-actions.ts';
import { frameAt } from './marks.ts';
import type { StaffState, SymbolPlace } from './staves.ts';
import type { Page, Piece } from './store.ts';

type SystemReading = ReadPage['systems'][number];
type StaffReading = SystemReading['staves'][number];

/** What each key was worked out to; keys are never changed, so that neither is what belongs to them. */
function once<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const value = known.get(key) ?? work(key);
    known.set(key, value);
    return value;
  };
}

const readLines = once((pages: readonly Page[]): PageLines[] =>
  pages.flatMap(({ id, reading }) => {
    if (!reading) return [];
    const systems = reading.systems.map(({ staves, braces }) => ({
      staves: staves.map(({ tokens }) => tokens),
      braces,
    }));
    return [{ id, systems }];
  }),
);

/** The states that the commands led through, so that going back and forth costs nothing. */
const history = once((pages: readonly Page[]) => ({
  commands: [] as Command[],
  states: [readLines(pages)] as (readonly PageLines[])[],
}));

/** The tokens of all pages that were read, with the edits done. */
export function editedLines({ pages, edits }: Pick<Piece, 'pages' | 'edits'>): readonly PageLines[] {
  const known = history(pages);
  const wanted = edits.commands.slice(0, edits.done);
  const same = wanted.findIndex((command, i) => known.commands[i] !== command);
  if (same >= 0) {
    known.commands = wanted.slice(0, same);
    known.states = known.states.slice(0, same + 1);
    for (const command of wanted.slice(same)) {
      known.commands.push(command);
      known.states.push(afterCommand(known.states.at(-1) ?? [], command).pages);
    }
  }
  return known.states[wanted.length] ?? readLines(pages);
}

const scoreOfLines = once((lines: readonly PageLines[]) =>
  scoreFromPages(lines.map(({ systems }) => systems)),
);

/** The score of all pages that were read, with the edits done. */
export function scoreOf(piece: Pick<Piece, 'pages' | 'edits'>): Score {
  return scoreOfLines(editedLines(piece));
}

const readings = new WeakMap<readonly PageLines[], SystemReading[][]>();

/** The pages that were read, in order, with the edits done: for the engraver and the writers. */
export function editedPages(piece: Pick<Piece, 'pages' | 'edits'>): SystemReading[][] {
  const lines = editedLines(piece);
  const known =
    readings.get(lines) ??
    readPages(piece).map(({ id, reading }) => {
      let staff = 0;
      return reading.systems.map((system) => ({
        ...system,
        staves: system.staves.map((one) => editedStaff(one, lines, { page: id, staff: staff++ })),
      }));
    });
  readings.set(lines, known);
  return known;
}

/** The staves of a page as they are shown. Those without edits are the same objects. */
export function shownStaves(piece: Pick<Piece, 'pages' | 'edits'>, page: Page): readonly StaffState[] {
  const { reading } = page;
  if (!reading) return page.staves;
  const lines = editedLines(piece);
  const staves = reading.systems.flatMap((system) => system.staves);
  return page.staves.map((state, staff) => {
    const read = staves[staff];
    if (!read) return state;
    const { tokens } = editedStaff(read, lines, { page: page.id, staff });
    return tokens === read.tokens ? state : stateWith(state, tokens);
  });
}

const states = new WeakMap<object, StaffState>();

function stateWith(state: StaffState, firm: EditedToken[]): StaffState {
  const known = states.get(firm) ?? { ...state, firm };
  states.set(firm, known);
  return known;
}

const staves = new WeakMap<readonly EditedToken[], StaffReading>();

function editedStaff(
  read: StaffReading,
  pages: readonly PageLines[],
  place: { page: string; staff: number },
): StaffReading {
  const line = lineAt(pages, place);
  if (!line || line === read.tokens) return read;
  const known = staves.get(line) ?? {
    ...read,
    tokens: onTheirLines(read, line, clefAt(pages, { ...place, token: 0 })),
  };
  staves.set(line, known);
  return known;
}

/** Heads that were corrected lie on the photo where their pitch is on the staff. */
function onTheirLines(staff: StaffReading, tokens: readonly EditedToken[], firstClef: string): EditedToken[] {
  let clef = firstClef;
  return tokens.map((token) => {
    if (token.rhythm.startsWith('clef-')) clef = token.rhythm;
    if (token.asRead === undefined) return token;
    const { middle, space } = frameAt(staff, token.x);
    const above = isNote(token) ? diatonic(token.pitch) - bottomLine(clef) - 4 : 0;
    return { ...token, y: middle - (above * space) / 2 };
  });
}

/** The fix that was done last, for doing it again. */
export function lastFixOf(piece: Pick<Piece, 'pages' | 'edits'>): LastFix | null {
  editedLines(piece);
  const { states: known } = history(piece.pages);
  return lastFix(piece.edits.commands.slice(0, piece.edits.done), (index) => known[index] ?? []);
}

/** What a command would do, without doing it. */
export function outcomeOf(
  piece: Pick<Piece, 'pages' | 'edits'>,
  command: Command,
): { changes: boolean; focus: SymbolPlace | null } {
  const lines = editedLines(piece);
  const { pages, focus } = afterCommand(lines, command);
  return { changes: pages !== lines, focus };
}

/** The pages that were read. Places in the score count these alone. */
export function readPages({ pages }: Pick<Piece, 'pages'>): (Page & { reading: ReadPage })[] {
  return pages.flatMap((page) => (page.reading ? [{ ...page, reading: page.reading }] : []));
}

/** The symbol that something in the score was read as. */
export function placeOfSource(
  piece: Pick<Piece, 'pages'>,
  { page, system, staff, token }: Source,
): SymbolPlace | null {
  const one = readPages(piece)[page];
  if (!one) return null;
  const before = one.reading.systems.slice(0, system).reduce((sum, { staves: own }) => sum + own.length, 0);
  return { page: one.id, staff: before + staff, token };
}

/** Where the score says that a symbol was read. */
export function sourceOfPlace(piece: Pick<Piece, 'pages'>, place: SymbolPlace): Source | null {
  const pages = readPages(piece);
  const page = pages.findIndex(({ id }) => id === place.page);
  let staff = place.staff;
  for (const [system, { staves: own }] of (pages[page]?.reading.systems ?? []).entries()) {
    if (staff < own.length) return { page, system, staff, token: place.token };
    staff -= own.length;
  }
  return null;
}
