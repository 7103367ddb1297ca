/** Which element of the engraved score belongs to which symbol that was read. */
import { lineAt } from '../../notation/edit/edited.ts';
import { editedLines, placeOfSource, sourceOfPlace } from './edited.ts';
import type { SymbolPlace } from './staves.ts';
import type { Piece } from './store.ts';

/** Ids of notes and rests name page, system, staff of the system, and token. */
const ID = /^[ne](\d+)-(\d+)-(\d+)-(\d+)$/;

/** The symbol that an element belongs to, by its own id or its parents'. */
export function placeOfEngraved(element: Element, piece: Piece): SymbolPlace | null {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const match = ID.exec(one.id);
    if (!match) continue;
    const [page = 0, system = 0, staff = 0, token = 0] = match.slice(1).map(Number);
    return placeOfSource(piece, { page, system, staff, token });
  }
  return null;
}

/** How far from a note one may click, px. */
const REACH = 14;

/** The note or rest nearest to a spot of the window, if one is near: heads are small for fingers. */
export function nearestEngraved(score: Element, spot: { x: number; y: number }): Element | null {
  let best: Element | null = null;
  let least = REACH;
  for (const one of score.querySelectorAll('.notehead, .rest, .mRest')) {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const [dx, dy] = [Math.max(left - spot.x, spot.x - right, 0), Math.max(top - spot.y, spot.y - bottom, 0)];
    const distance = Math.hypot(dx, dy);
    if (distance < least) [best, least] = [one, distance];
  }
  return best;
}

/** Signs that have no id are found beside a note of their bar. */
const SIGNS: [RegExp, selector: string, beside: 'next' | 'previous'][] = [
  [/^clef-/, '.clef', 'next'],
  [/^keySignature-/, '.keySig', 'next'],
  [/^timeSignature-/, '.meterSig', 'next'],
  [/^repeat-start$/, '.barLine.left, .barLine', 'next'],
  [/^(barline|repeat)/, '.barLine:not(.left)', 'previous'],
];

/** The element that stands for a symbol, if the engraving has one. */
export function findEngraved(score: Element, piece: Piece, place: SymbolPlace): Element | null {
  const source = sourceOfPlace(piece, place);
  const tokens = lineAt(editedLines(piece), place);
  if (!source || !tokens) return null;
  const { page, system, staff } = source;
  const byToken = (token: number) =>
    score.querySelector(['n', 'e'].map((kind) => `[id="${kind}${page}-${system}-${staff}-${token}"]`).join());
  const own = byToken(place.token);
  if (own) return own;
  const sign = SIGNS.find(([pattern]) => pattern.test(tokens[place.token]?.rhythm ?? ''));
  if (!sign) return null;
  const [, selector, beside] = sign;
  const step = beside === 'next' ? 1 : -1;
  for (let token = place.token + step; token >= 0 && token < tokens.length; token += step) {
    const neighbour = byToken(token);
    if (!neighbour) continue;
    const around = neighbour.closest(selector.includes('barLine') ? '.measure' : '.staff');
    return around?.querySelector(selector) ?? null;
  }
  return null;
}
