/** What a visitor should look at: bars that do not add up, and symbols that the reader doubts, in order of doubt. */
import { lengthOf } from '../../notation/duration.ts';
import { type BarToCheck, barsToCheck } from '../../notation/edit/bars-to-check.ts';
import {
  type EditedToken,
  lineAt,
  type PageLines,
  type SymbolPlace,
  samePlace,
} from '../../notation/edit/edited.ts';
import { printedValue } from '../../notation/edit/fix.ts';
import { equal, type Fraction, subtract } from '../../notation/fraction.ts';
import { isBarLine } from '../../notation/groups.ts';
import type { Alternative } from '../../notation/read-token.ts';
import { words } from '../words.ts';
import { editedLines, placeOfSource, scoreOf } from './edited.ts';
import { certaintyOf, isPrinted } from './staves.ts';
import type { Piece } from './store.ts';

const { check: say } = words.edit;

export type BarCheck = {
  kind: 'bar';
  /** What to select: the symbol whose alternative would fill the bar, else the most doubtful one. */
  place: SymbolPlace;
  /** In whole notes; below zero it has too much, zero says that voices overlap. */
  lacks: Fraction;
  /** Nothing stands in it at all. */
  missing: boolean;
  /** Indices of the bar lines around it in the staff's tokens; -1 and the number of tokens where there are none. */
  from: number;
  to: number;
  /** The reader's next-best value that would make the bar add up. */
  filler: Alternative | null;
  doubt: number;
};
export type SymbolCheck = { kind: 'symbol'; place: SymbolPlace; doubt: number };
export type Check = BarCheck | SymbolCheck;

const known = new WeakMap<readonly PageLines[], Check[]>();

/** Bars first, as one of their symbols is certainly wrong, then symbols; the most doubtful first among each. */
export function checksOf(piece: Pick<Piece, 'pages' | 'edits'>): readonly Check[] {
  const lines = editedLines(piece);
  const checks = known.get(lines) ?? findChecks(piece, lines);
  known.set(lines, checks);
  return checks;
}

function findChecks(piece: Pick<Piece, 'pages' | 'edits'>, lines: readonly PageLines[]): Check[] {
  const bars = barsToCheck(scoreOf(piece))
    .flatMap((bar) => barCheck(piece, lines, bar) ?? [])
    .sort((a, b) => b.doubt - a.doubt);
  const symbols = lines
    .flatMap(({ id, systems }) =>
      systems
        .flatMap(({ staves }) => staves)
        .flatMap((tokens, staff) =>
          tokens.flatMap((token, index): SymbolCheck[] => {
            if (!isPrinted(token) || certaintyOf(token) === 'sure') return [];
            return [{ kind: 'symbol', place: { page: id, staff, token: index }, doubt: 1 - token.p }];
          }),
        ),
    )
    .filter(({ place }) => !bars.some((bar) => samePlace(bar.place, place)))
    .sort((a, b) => b.doubt - a.doubt);
  return [...bars, ...symbols];
}

function barCheck(
  piece: Pick<Piece, 'pages'>,
  lines: readonly PageLines[],
  { sources, near, lacks }: BarToCheck,
): BarCheck | null {
  const places = sources.flatMap((source) => placeOfSource(piece, source) ?? []);
  const nearest = near ? placeOfSource(piece, near) : null;
  const [first] = places;
  const anchor = first ?? nearest;
  const line = anchor && lineAt(lines, anchor);
  if (!anchor || !line) return null;
  const inBar = places.flatMap((place) => {
    const token = line[place.token];
    return token ? [{ place, token, filler: fillerOf(token, lacks) }] : [];
  });
  const best =
    inBar.filter(({ filler }) => filler).sort((a, b) => (b.filler?.p ?? 0) - (a.filler?.p ?? 0))[0] ??
    inBar.filter(({ token }) => token.asRead === undefined).sort((a, b) => a.token.p - b.token.p)[0];
  const isLine = ({ rhythm }: EditedToken) => isBarLine(rhythm);
  const last = places.at(-1) ?? anchor;
  const to = line.findIndex((token, i) => i > last.token && isLine(token));
  return {
    kind: 'bar',
    place: best?.place ?? anchor,
    lacks,
    missing: places.length === 0,
    from: line.slice(0, anchor.token).findLastIndex(isLine),
    to: to < 0 ? line.length : to,
    filler: best?.filler ?? null,
    doubt: 1 - Math.min(1, ...inBar.map(({ token }) => (token.asRead === undefined ? token.p : 1))),
  };
}

/** The likeliest other value of a note or rest that differs from its own by what the bar lacks. */
function fillerOf(token: EditedToken, lacks: Fraction): Alternative | null {
  if (lacks.n === 0) return null;
  const length = (rhythm: string, tuplet: string) => lengthOf(printedValue({ rhythm }), tuplet);
  const own = length(token.rhythm, token.tuplet);
  const fitting = token.alternatives.filter(({ branch, value }) => {
    if (branch !== 'rhythm' && branch !== 'tuplet') return false;
    if (branch === 'rhythm' && !/^(note|rest)-/.test(value)) return false;
    const other = branch === 'rhythm' ? length(value, token.tuplet) : length(token.rhythm, value);
    return equal(subtract(other, own), lacks);
  });
  return fitting.sort((a, b) => b.p - a.p)[0] ?? null;
}

/** The check after the one that is selected; the first if none is. */
export function nextCheck(checks: readonly Check[], selected: SymbolPlace | null): Check | null {
  const at = checks.findIndex(({ place }) => samePlace(place, selected));
  return checks[(at + 1) % Math.max(1, checks.length)] ?? null;
}

/** The bar to check that a symbol stands in. */
export function barCheckAt(checks: readonly Check[], place: SymbolPlace): BarCheck | null {
  for (const check of checks) {
    if (check.kind !== 'bar') continue;
    const { page, staff } = check.place;
    if (page === place.page && staff === place.staff && place.token > check.from && place.token <= check.to)
      return check;
  }
  return null;
}

/** What a bar lacks or has too much, in words. */
export function barText({ missing, lacks }: Pick<BarCheck, 'missing' | 'lacks'>): string {
  if (missing) return say.missing;
  if (lacks.n === 0) return say.clash;
  return lacks.n > 0 ? say.short(lacks.n, lacks.d) : say.long(-lacks.n, lacks.d);
}
