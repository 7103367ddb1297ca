import { type OpenTie, soundingAlters } from './accidentals.ts';
import { add, compare, equal, type Fraction, larger, ONE, ZERO } from './fraction.ts';
import { fifthsOf, keySignature } from './key.ts';
import { type Line, type LineBar, lineBars } from './line-bars.ts';
import { type BarEvidence, barLength, inferTime, printedMetre, rolesOf } from './metre.ts';
import { layoutOf } from './parts.ts';
import {
  type Bar,
  type Score,
  type Sign,
  type Staff,
  type StaffBar,
  sourceId,
  wholeBarRest,
} from './score.ts';
import { type LineContext, signsOf, voicesOf } from './staff-bar.ts';
import { columnsOf, type SystemBar, systemBars } from './system-bars.ts';
import type { Token } from './token.ts';
import { type SolvedBar, solveBar } from './voices.ts';

/** The tokens of a system's staves from the top, and the first and last index of the staves that each brace joins. */
export interface SystemTokens {
  staves: readonly (readonly Token[])[];
  braces: readonly (readonly [number, number])[];
}

/** A line of one staff with all that lines before it decide. */
interface StaffLine extends LineContext {
  line: Line;
  /** Changes at its head against what was in force. */
  head: Sign[];
}

/** A bar of the piece: what each staff of the layout has there, in which line. */
interface PieceBar {
  system: number;
  firstOfLine: boolean;
  lastOfLine: boolean;
  bars: Map<number, LineBar | undefined>;
}

/** One page as a piece. */
export function scoreFromPage(systems: readonly SystemTokens[]): Score {
  return scoreFromPages([systems]);
}

/**
 * Pages of one piece as a score: staves joined into parts, systems into a line of bars, voices told apart, bars checked
 * against the metre (printed, carried on from the line before, or inferred from what most bars hold).
 */
export function scoreFromPages(pages: readonly (readonly SystemTokens[])[]): Score {
  const systems = pages.flatMap((page, pageIndex) =>
    page.map((system, index) => ({
      place: { page: pageIndex, system: index },
      tokens: system.staves,
      lines: system.staves.map(lineBars),
      braces: system.braces,
    })),
  );
  const layout = layoutOf(
    systems.map(({ lines, braces }) => ({ clefs: lines.map(({ clef }) => clef ?? ''), braces })),
  );
  const staffCount = layout.parts.reduce((sum, { staves }) => sum + staves, 0);

  const staffLines = new Map<string, StaffLine>();
  const states = Array.from({ length: staffCount }, () => ({ ...PIECE_START }));
  const pieceBars: PieceBar[] = [];
  let ended = true;
  systems.forEach(({ place, tokens, lines }, system) => {
    const places = layout.places[system] ?? [];
    const read = places.map((staff, i) => {
      const line = lines[i] ?? lineBars([]);
      const state = states[staff] ?? { ...PIECE_START };
      const { staffLine, state: after } = readLine(
        line,
        tokens[i] ?? [],
        { ...place, staff: i },
        state,
        ended,
      );
      states[staff] = after;
      staffLines.set(`${system} ${staff}`, staffLine);
      return staffLine.line;
    });
    const bars = systemBars(read);
    bars.forEach((bar, i) => {
      pieceBars.push({
        system,
        firstOfLine: i === 0,
        lastOfLine: i === bars.length - 1,
        bars: new Map(places.map((staff, k) => [staff, bar[k]])),
      });
    });
    ended = rightOf(bars.at(-1) ?? []) === 'barline-final';
  });

  const times = timesOf(pieceBars, staffLines);
  const solved = pieceBars.map(({ bars }, i) => {
    const expected = times[i]?.expected;
    return new Map(
      [...bars].map(([staff, bar]) => [staff, bar ? solveBar(columnsOf(bar), expected) : undefined]),
    );
  });
  const bars = barsOf(pieceBars, times, solved).map((bar, i): Bar => {
    const { system = 0, firstOfLine } = pieceBars[i] ?? {};
    const line = systems[system]?.place;
    return firstOfLine && line ? { ...bar, line } : bar;
  });

  const staves = Array.from(
    { length: staffCount },
    (_, staff): Staff => ({
      bars: pieceBars.map((piece, i) =>
        staffBar(i, piece, staff, bars[i], times[i]?.expected, solved[i]?.get(staff), staffLines),
      ),
    }),
  );
  const firsts = layout.parts.map((_, i) =>
    layout.parts.slice(0, i).reduce((sum, part) => sum + part.staves, 0),
  );
  return {
    parts: layout.parts.map(({ staves: count, group }, i) => ({
      id: `P${i + 1}`,
      staves: staves.slice(firsts[i], (firsts[i] ?? 0) + count),
      ...(group === undefined ? {} : { group }),
    })),
    bars,
  };
}

/** What a staff takes along from line to line. */
interface StaffState {
  clef: string | undefined;
  fifths: number;
  ties: readonly OpenTie[];
  courtesy: readonly string[];
}

const PIECE_START: StaffState = { clef: undefined, fifths: 0, ties: [], courtesy: [] };

function readLine(
  printed: Line,
  tokens: readonly Token[],
  source: LineContext['source'],
  before: StaffState,
  ended: boolean,
): { staffLine: StaffLine; state: StaffState } {
  const announced = (kind: string) => before.courtesy.findLast((name) => name.startsWith(kind));
  const head: Sign[] = [];
  const clef = printed.clef ?? announced('clef-') ?? before.clef ?? 'clef-G2';
  const line = withoutRepeatedClefs(printed, clef);
  if (clef !== before.clef) head.push({ at: ZERO, name: clef });

  // A line that prints no key keeps the key in force: cancelling it takes naturals. Only a new piece starts from none.
  const newPiece = ended || line.time !== undefined;
  const key = line.key ?? announced('keySignature-');
  const fifths = key !== undefined ? fifthsOf(key) : newPiece ? 0 : before.fifths;
  if (fifths !== before.fifths)
    head.push({
      at: ZERO,
      name: keySignature(fifths),
      ...(key === undefined ? { hidden: true as const } : {}),
    });
  const time = line.time ?? announced('timeSignature-');
  if (time !== undefined) head.push({ at: ZERO, name: time, ...hiddenUnless(line.time) });

  const { alters, ties } = soundingAlters(tokens, before.ties, fifths);
  const names = line.bars.flatMap((bar) => bar.signs.map(({ name }) => name));
  const lastKey = names.findLast((name) => name.startsWith('keySignature-'));
  return {
    staffLine: { line, head, source, alters },
    state: {
      clef: names.findLast((name) => name.startsWith('clef-')) ?? clef,
      fifths: lastKey === undefined ? fifths : fifthsOf(lastKey),
      ties,
      courtesy: line.courtesy,
    },
  };
}

/** The line without clefs within it that are in force there anyway: programs hide them or complain. */
function withoutRepeatedClefs(line: Line, head: string): Line {
  let inForce = head;
  const changes = ({ name }: { name: string }) => {
    const repeated = name === inForce;
    if (name.startsWith('clef-')) inForce = name;
    return !repeated;
  };
  return { ...line, bars: line.bars.map((bar) => ({ ...bar, signs: bar.signs.filter(changes) })) };
}

/** What a line takes from the announcement before it, or from being new, is not printed at its head. */
function hiddenUnless(printed: string | undefined): { hidden?: true } {
  return printed === undefined ? { hidden: true } : {};
}

interface BarTime {
  time?: string;
  metre: Bar['metre'];
  expected?: Fraction;
}

/** The metre of every bar: as printed on any staff, carried on; before the first printed one, inferred. */
function timesOf(bars: readonly PieceBar[], lines: ReadonlyMap<string, StaffLine>): BarTime[] {
  let printed: string | undefined;
  const times = bars.map((bar): string | undefined => {
    const names = [...bar.bars].flatMap(([staff, content]) => {
      const head = bar.firstOfLine ? (lines.get(`${bar.system} ${staff}`)?.head ?? []) : [];
      const signs = content?.signs.filter(({ column }) => column === 0) ?? [];
      return [...head, ...signs].map(({ name }) => name);
    });
    printed = names.map(printedMetre).findLast((metre) => metre !== undefined) ?? printed;
    return printed;
  });
  const unknown = bars.filter((_, i) => times[i] === undefined);
  const inferred = inferTime(unknown.flatMap(({ bars: staves }) => [...staves.values()].flatMap(evidenceOf)));
  return times.map((time): BarTime => {
    if (time !== undefined) return { time, metre: 'printed', expected: barLength(time) };
    if (inferred !== undefined) return { time: inferred, metre: 'inferred', expected: barLength(inferred) };
    return { metre: 'free' };
  });
}

function evidenceOf(bar: LineBar | undefined): BarEvidence[] {
  if (!bar) return [];
  const { length, onsets } = solveBar(columnsOf(bar));
  return length ? [{ length, onsets }] : [];
}

function rightOf(bar: SystemBar): string | undefined {
  const rights = bar.flatMap((each) => (each?.right === undefined ? [] : [each.right]));
  const times = (name: string) => rights.filter((right) => right === name).length;
  return [...rights].sort((a, b) => times(b) - times(a))[0];
}

type Solved = ReadonlyMap<number, SolvedBar | undefined>;

/** What the bars are to all staves: lengths, bar lines, endings, and why short ones may be short. */
function barsOf(pieces: readonly PieceBar[], times: readonly BarTime[], solved: readonly Solved[]): Bar[] {
  const drafts = pieces.map(({ bars }, i): Omit<Bar, 'role'> => {
    const contents = [...bars.values()];
    const { time, metre = 'free', expected } = times[i] ?? {};
    const lengths = [...(solved[i]?.values() ?? [])].flatMap((each) => (each?.length ? [each.length] : []));
    const rest = contents.find((bar) => bar?.rest !== undefined)?.rest;
    const first = <K extends 'left' | 'endingStart' | 'endingStop'>(key: K) =>
      contents.find((bar) => bar?.[key] !== undefined)?.[key];
    const [left, right] = [first('left'), rightOf(contents)];
    const [endingStart, endingStop] = [first('endingStart'), first('endingStop')];
    return {
      count: rest ?? 1,
      length: lengths.length > 0 ? lengths.reduce(larger, ZERO) : (expected ?? ONE),
      metre,
      ...(time === undefined ? {} : { time }),
      ...(left === undefined ? {} : { left }),
      ...(right === undefined ? {} : { right }),
      ...(endingStart === undefined ? {} : { endingStart }),
      ...(endingStop === undefined ? {} : { endingStop }),
    };
  });
  const roles = rolesOf(
    drafts.map((bar, i) => {
      const expected = times[i]?.expected;
      return {
        length: bar.length,
        ...(expected ? { expected } : {}),
        opens: opening(drafts[i - 1], bar, pieces[i]?.firstOfLine ?? false),
        closes:
          i === drafts.length - 1 || (bar.right ?? 'barline') !== 'barline' || bar.endingStop !== undefined,
      };
    }),
  );
  return drafts.map((bar, i) => ({ ...bar, role: roles[i] ?? 'full' }));
}

function opening(before: Omit<Bar, 'role'> | undefined, bar: Omit<Bar, 'role'>, firstOfLine: boolean) {
  if (!before || before.right === 'barline-final') return 'piece';
  const section =
    (before.right ?? 'barline') !== 'barline' || bar.left !== undefined || bar.endingStart !== undefined;
  return section ? 'section' : firstOfLine ? 'line' : 'nothing';
}

function staffBar(
  index: number,
  piece: PieceBar,
  staff: number,
  bar: Bar | undefined,
  metre: Fraction | undefined,
  solved: SolvedBar | undefined,
  lines: ReadonlyMap<string, StaffLine>,
): StaffBar {
  const staffLine = lines.get(`${piece.system} ${staff}`);
  const length = bar?.length ?? metre ?? ONE;
  if (!staffLine) return { signs: [], voices: [], courtesy: [], absent: true };
  const content = piece.bars.get(staff);
  const head = piece.firstOfLine ? staffLine.head : [];
  const courtesy = piece.lastOfLine ? staffLine.line.courtesy : [];
  const expected = bar?.role === 'full' ? (metre ?? length) : length;
  if (!content || !solved) return { signs: head, voices: [], courtesy, irregular: { expected, found: ZERO } };
  const signs = [...head, ...signsOf(content, solved, length, staffLine)];
  const voices =
    content.rest === 1
      ? [wholeBarRest(sourceId('r', { ...staffLine.source, token: index }), length)]
      : voicesOf(content, solved, length, staffLine);
  const found = foundIn(content, solved, expected, length);
  const fits = equal(found, expected) && !solved.clash && inOrder(voices);
  return { signs, voices, courtesy, ...(fits ? {} : { irregular: { expected, found } }) };
}

function foundIn(bar: LineBar, solved: SolvedBar, expected: Fraction, length: Fraction): Fraction {
  if (bar.rest !== undefined) return expected;
  return bar.columns.length === 0 ? ZERO : (solved.length ?? length);
}

/** Whether no event of a voice begins before the one before it has ended. */
function inOrder(voices: StaffBar['voices']): boolean {
  return voices.every(({ events }) =>
    events.every((event, i) => {
      const before = events[i - 1];
      return !before || compare(add(before.onset, before.length), event.onset) <= 0;
    }),
  );
}
