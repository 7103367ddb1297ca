import vocabulary from './vocabulary.json' with { type: 'json' };

/** Values of each branch; the index of a value is its class id. */
export const VOCABULARY: Readonly<Record<Branch, readonly string[]>> = vocabulary.branches;

export const BRANCHES = [
  'rhythm',
  'pitch',
  'lift',
  'note',
  'tuplet',
  'mark',
  'tie',
  'slur',
  'voice',
] as const;
export type Branch = (typeof BRANCHES)[number];

/** One printed symbol, or the `chord` that joins two symbols of one onset. The note branch follows from pitch. */
export type Token = Record<Exclude<Branch, 'note'>, string>;

/** A symbol that is no note: bar line, clef, signature, rest or `chord`. */
export function plainToken(rhythm: string): Token {
  return {
    rhythm,
    pitch: 'nonote',
    lift: 'nonote',
    tuplet: 'none',
    mark: 'none',
    tie: 'none',
    slur: 'none',
    voice: '1',
  };
}

export const CHORD: Readonly<Token> = plainToken('chord');

export function isNote(token: Token): boolean {
  return token.pitch !== 'nonote';
}
