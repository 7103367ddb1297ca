/** Which element of the engraved score belongs to which symbol that was read. */
import type { SystemReading } from '../../inference/tromr/reading.ts';
import type { SymbolPlace } from './staves.ts';

/** Ids of notes and rests name page, system, staff of the system, and token. */
const ID = /^[ne]\d+-(\d+)-(\d+)-(\d+)$/;

/** The symbol that an element belongs to, by its own id or its parents'. */
export function placeOfEngraved(element: Element, systems: readonly SystemReading[]): SymbolPlace | null {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const match = ID.exec(one.id);
    if (!match) continue;
    const [system = 0, staff = 0, token = 0] = match.slice(1).map(Number);
    const before = systems.slice(0, system).reduce((sum, { staves }) => sum + staves.length, 0);
    return { staff: before + staff, token };
  }
  return null;
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
export function findEngraved(
  score: Element,
  systems: readonly SystemReading[],
  place: SymbolPlace,
): Element | null {
  const found = locate(systems, place);
  if (!found) return null;
  const { system, staff, tokens } = found;
  const byToken = (token: number) =>
    score.querySelector(['n', 'e'].map((kind) => `[id="${kind}0-${system}-${staff}-${token}"]`).join());
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

function locate(systems: readonly SystemReading[], { staff }: SymbolPlace) {
  let index = staff;
  for (const [system, { staves }] of systems.entries()) {
    const found = staves[index];
    if (found) return { system, staff: index, tokens: found.tokens };
    index -= staves.length;
  }
  return null;
}
