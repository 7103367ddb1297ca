import { isBarLine } from '../groups.ts';
import { plainToken, VOCABULARY } from '../token.ts';
import { type EditedToken, type LinePlace, lineAt, type PageLines, type SymbolPlace } from './edited.ts';
import { runAt } from './lines.ts';

/** How far a new clef, key or metre reaches from the bar where it begins. `change`: to where another one was read. */
export type Reach = 'bar' | 'line' | 'change' | 'end';
export const REACHES: readonly Reach[] = ['bar', 'line', 'change', 'end'];

const KINDS = ['clef-', 'keySignature-', 'timeSignature-'] as const;

/** `clef-`, `keySignature-` or `timeSignature-`; undefined for what is none of these. */
export function signKind(rhythm: string): (typeof KINDS)[number] | undefined {
  return KINDS.find((kind) => rhythm.startsWith(kind));
}

export function isSign({ rhythm }: { rhythm: string }): boolean {
  return signKind(rhythm) !== undefined;
}

/** A token that a visitor puts in, at a place on the photo between its neighbours. */
export function inserted(
  symbol: Partial<EditedToken> & { rhythm: string },
  left: EditedToken | undefined,
  right: EditedToken | undefined,
): EditedToken {
  const [near, other] = [left ?? right, right ?? left];
  const x = ((near?.x ?? 0) + (other?.x ?? 0)) / 2;
  const y = ((near?.y ?? 0) + (other?.y ?? 0)) / 2;
  return { ...plainToken(symbol.rhythm), p: 1, alternatives: [], x, y, ...symbol, asRead: null };
}

/** The beginning of the bar that a token stands in; a sign of a kind within a bar begins its own range. */
function rangeStart(line: readonly EditedToken[], token: number, kind: string): number {
  if (line[token]?.rhythm.startsWith(kind)) return token;
  return line.slice(0, token).findLastIndex(({ rhythm }) => isBarLine(rhythm)) + 1;
}

/** The index after the bar line that ends the bar of `start`; the line's end if none does. */
function barEnd(line: readonly EditedToken[], start: number): number {
  const bar = line.findIndex(({ rhythm }, i) => i >= start && isBarLine(rhythm));
  return bar < 0 ? line.length : bar + 1;
}

/**
 * A clef, key or metre for a range of one staff: what stood there of its kind goes, heads of lines repeat it as they repeated
 * the one before (a metre is not repeated), and after the range what was in force before comes back.
 */
export function signOverRange(
  pages: readonly PageLines[],
  place: SymbolPlace,
  name: string,
  reach: Reach,
): (LinePlace & { tokens: EditedToken[] })[] {
  const kind = signKind(name);
  if (!kind || !VOCABULARY.rhythm.includes(name)) return [];
  const [run, first] = runAt(pages, place);
  const changed: (LinePlace & { tokens: EditedToken[] })[] = [];
  let inForce = inForceBefore(pages, run, first, place.token, kind);
  let open = true;
  for (let i = first; i < run.length && open; i++) {
    const line = run[i];
    if (!line) break;
    const tokens = lineAt(pages, line) ?? [];
    const start = i === first ? rangeStart(tokens, place.token, kind) : 0;
    if (i === first) inForce = tokens[start]?.rhythm.startsWith(kind) ? tokens[start].rhythm : inForce;
    const end = rangeEnd(tokens, start, reach, kind, inForce, i === first);
    const own = tokens.slice(start, end);
    const inForceAtEnd = own.findLast(({ rhythm }) => rhythm.startsWith(kind))?.rhythm ?? inForce;
    const repeats =
      kind !== 'timeSignature-' &&
      own.slice(0, headLength(own)).some(({ rhythm }) => rhythm.startsWith(kind));
    const kept = own.filter(({ rhythm }) => !rhythm.startsWith(kind));
    const within = i === first || repeats ? withSign(kept, name, tokens[start - 1]) : kept;
    open = reach === 'end' || (reach === 'change' && end === tokens.length);
    const rest = tokens.slice(end);
    const back = !open && rest.length > 0 && inForceAtEnd !== undefined && inForceAtEnd !== name;
    const after = back && !startsWithKind(rest, kind) ? withSign(rest, inForceAtEnd, within.at(-1)) : rest;
    changed.push({ ...line, tokens: [...tokens.slice(0, start), ...within, ...after] });
    inForce = inForceAtEnd;
    if (!open && rest.length === 0) changed.push(...comingBack(pages, run[i + 1], inForce, name, kind));
  }
  return changed;
}

/** The next line after a range that ended with the line before: what was in force before comes back at its head. */
function comingBack(
  pages: readonly PageLines[],
  line: LinePlace | undefined,
  inForce: string | undefined,
  name: string,
  kind: string,
): (LinePlace & { tokens: EditedToken[] })[] {
  const tokens = line && lineAt(pages, line);
  if (!line || !tokens || inForce === undefined || inForce === name || startsWithKind(tokens, kind))
    return [];
  return [{ ...line, tokens: withSign(tokens, inForce, undefined) }];
}

function rangeEnd(
  tokens: readonly EditedToken[],
  start: number,
  reach: Reach,
  kind: string,
  inForce: string | undefined,
  isFirst: boolean,
): number {
  if (reach === 'bar') {
    const end = barEnd(tokens, start);
    return tokens.slice(end).every(isSign) ? tokens.length : end;
  }
  if (reach !== 'change') return tokens.length;
  const change = tokens.findIndex(
    ({ rhythm }, i) => i >= start + (isFirst ? 1 : 0) && rhythm.startsWith(kind) && rhythm !== inForce,
  );
  return change < 0 ? tokens.length : change;
}

function inForceBefore(
  pages: readonly PageLines[],
  run: readonly LinePlace[],
  at: number,
  token: number,
  kind: string,
): string | undefined {
  for (let i = at; i >= 0; i--) {
    const line = run[i];
    const tokens = (line && lineAt(pages, line)) ?? [];
    const found = (i === at ? tokens.slice(0, token + 1) : tokens).findLast(({ rhythm }) =>
      rhythm.startsWith(kind),
    );
    if (found) return found.rhythm;
  }
  return undefined;
}

/** How many signs a stretch of a line begins with. */
function headLength(tokens: readonly EditedToken[]): number {
  const end = tokens.findIndex((token) => !isSign(token));
  return end < 0 ? tokens.length : end;
}

function startsWithKind(tokens: readonly EditedToken[], kind: string): boolean {
  return tokens.slice(0, headLength(tokens)).some(({ rhythm }) => rhythm.startsWith(kind));
}

/** A stretch that begins with the sign, among the signs that are there in the order clef, key, metre. */
function withSign(
  tokens: readonly EditedToken[],
  name: string,
  left: EditedToken | undefined,
): EditedToken[] {
  const rank = (rhythm: string) => KINDS.findIndex((kind) => rhythm.startsWith(kind));
  const head = tokens.slice(0, headLength(tokens));
  const later = head.findIndex(({ rhythm }) => rank(rhythm) > rank(name));
  const at = later < 0 ? head.length : later;
  const sign = inserted({ rhythm: name }, tokens[at - 1] ?? left, tokens[at]);
  return [...tokens.slice(0, at), sign, ...tokens.slice(at)];
}
