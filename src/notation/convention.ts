import { alterSign } from './accidentals.ts';
import { fifthsOf, keyAlter } from './key.ts';
import { parseSemantic, type SemanticSymbol } from './semantic.ts';

/** What the writer of a truth wrote down at all; what was left out is left out of the reading too. */
export interface Convention {
  ratios: boolean;
  graces: boolean;
  /** Whether pitches have the accidentals of the key signature, as they sound. */
  keys: boolean;
}

/** Degrees that the key alters, from which on a truth without nearly any of them altered leaves the key out. */
const TELLING = 30;

/** Whether any line of a truth has tuplet ratios and grace notes, and whether its pitches follow the key signature. */
export function conventionOf(lines: readonly string[]): Convention {
  const inKey = lines.flatMap((line) => inForce(parseSemantic(line))).filter(({ sign }) => sign !== '');
  const altered = inKey.filter(({ symbol, sign }) => signOf(symbol.pitch) === sign).length;
  return {
    ratios: lines.some((line) => /\(\d+:\d+\)/.test(line)),
    graces: lines.some((line) => line.includes('gracenote-')),
    keys: inKey.length < TELLING || 20 * altered > inKey.length,
  };
}

/** Notes, each with the accidental that the key signature in force gives its degree. */
function inForce(symbols: readonly SemanticSymbol[]): { symbol: SemanticSymbol; sign: string }[] {
  let fifths = 0;
  return symbols.map((symbol) => {
    if (symbol.value.startsWith('keySignature-')) fifths = fifthsOf(symbol.value);
    const alter = symbol.pitch === '' ? 0 : keyAlter(fifths, symbol.pitch.charAt(0));
    return { symbol, sign: alterSign(alter) };
  });
}

/** The accidental of a pitch such as `F#4`; empty where it has none. */
function signOf(pitch: string): string {
  return pitch.slice(1, -1);
}

/** The symbols with the accidentals of the key signature taken off their pitches. */
function withoutKeys(symbols: readonly SemanticSymbol[]): SemanticSymbol[] {
  return inForce(symbols).map(({ symbol, sign }) => {
    const isInKey = sign !== '' && signOf(symbol.pitch) === sign;
    return isInKey ? { ...symbol, pitch: symbol.pitch.replace(sign, '') } : symbol;
  });
}

/** The symbols of a line of semantic text that count under a convention. */
export function countedSymbols(line: string, convention: Convention): SemanticSymbol[] {
  const parsed = parseSemantic(line);
  const symbols = convention.keys ? parsed : withoutKeys(parsed);
  const kept = convention.graces ? symbols : withoutGraces(symbols);
  return convention.ratios ? kept : kept.map((symbol) => ({ ...symbol, ratio: '' }));
}

/** A tie after a grace note goes with it. */
function withoutGraces(symbols: readonly SemanticSymbol[]): SemanticSymbol[] {
  return symbols.filter((symbol, i) => {
    if (symbol.kind === 'gracenote') return false;
    return !(symbol.value === 'tie' && symbols[i - 1]?.kind === 'gracenote');
  });
}
