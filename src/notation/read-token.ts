import { type Branch, isNote, type Token, VOCABULARY } from './token.ts';

/** Another value that a branch could have had, and its probability. */
export type Alternative = { branch: Exclude<Branch, 'note'>; value: string; p: number };

/**
 * A token with the reader's confidence `p` (0…1), the place that it looked at (`x`, `y` in pixels of the upright photo)
 * and, for branches in doubt, the three next-best values each.
 */
export type ReadToken = Token & { p: number; x: number; y: number; alternatives: Alternative[] };

type DoubtedBranch = Alternative['branch'];

/** Probability that a branch has a value, by the reader's own account: what it says has what the alternatives leave. */
export function probabilityOf(token: ReadToken, branch: DoubtedBranch, value: string): number {
  const others = token.alternatives.filter((alternative) => alternative.branch === branch);
  if (token[branch] === value) return 1 - others.reduce((sum, { p }) => sum + p, 0);
  return others.find((other) => other.value === value)?.p ?? 0;
}

/** The least probability that a sign gives what the reader did not think of. */
const LEAST = 0.01;

/** Log probability that signs which should agree all have this rhythm. */
export function logPOfAll(signs: readonly ReadToken[], rhythm: string): number {
  return signs.reduce(
    (sum, sign) => sum + Math.log(Math.max(LEAST, probabilityOf(sign, 'rhythm', rhythm))),
    0,
  );
}

/** Of these rhythms the one that signs which should agree find likeliest together; the first of equals. */
export function likeliestOfAll(
  signs: readonly ReadToken[],
  [first = '', ...others]: readonly string[],
): string {
  return others.reduce(
    (best, next) => (logPOfAll(signs, next) > logPOfAll(signs, best) ? next : best),
    first,
  );
}

/** The token with another value of a branch; what it said before is an alternative now. */
export function sayingInstead(token: ReadToken, branch: DoubtedBranch, value: string): ReadToken {
  if (token[branch] === value) return token;
  const before = { branch, value: token[branch], p: probabilityOf(token, branch, token[branch]) };
  const others = token.alternatives.filter((other) => other.branch !== branch || other.value !== value);
  return { ...token, [branch]: value, alternatives: [before, ...others] };
}

function stringOf(value: object, key: string): string | undefined {
  const entry: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof entry === 'string' ? entry : undefined;
}

/**
 * A token out of parsed JSON; further fields (confidence, place, alternatives) are left behind.
 * @throws Error if a branch is missing or has a value outside the vocabulary.
 */
export function parseToken(value: unknown): Token {
  if (typeof value !== 'object' || value === null) throw new Error('a token must be an object');
  const branch = (name: keyof Token): string => {
    const entry = stringOf(value, name);
    if (entry === undefined || !VOCABULARY[name].includes(entry))
      throw new Error(`token without a valid ${name}: ${JSON.stringify(value)}`);
    return entry;
  };
  return {
    rhythm: branch('rhythm'),
    pitch: branch('pitch'),
    lift: branch('lift'),
    tuplet: branch('tuplet'),
    mark: branch('mark'),
    tie: branch('tie'),
    slur: branch('slur'),
    voice: branch('voice'),
  };
}

/** A list of tokens out of parsed JSON. @throws Error as `parseToken`, or if it is no list. */
export function parseTokens(value: unknown): Token[] {
  if (!Array.isArray(value)) throw new Error('a staff must be a list of tokens');
  return value.map(parseToken);
}

/** Short text of a token for reports: what differs from the plain value is named. */
export function tokenText(token: Token): string {
  const lift = ['none', 'nonote'].includes(token.lift) ? '' : token.lift;
  const pitch = isNote(token) ? ` ${token.pitch}${lift}` : '';
  const more = [token.tuplet, token.mark, token.tie, token.slur === 'none' ? 'none' : `slur ${token.slur}`];
  const voice = token.voice === '1' ? [] : [`voice ${token.voice}`];
  return `${token.rhythm}${pitch} ${[...more.filter((value) => value !== 'none'), ...voice].join(' ')}`.trim();
}
