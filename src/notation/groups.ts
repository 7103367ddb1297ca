import { CHORD, isNote, plainToken, type Token } from './token.ts';

/** One printed symbol and its index in the token list that it came from. */
export interface Placed {
  token: Token;
  index: number;
}

/** What stands at one place: the heads and rests of one onset, a grace chord, or a single sign such as a bar line. */
export interface Group {
  kind: 'timed' | 'grace' | 'sign';
  members: Placed[];
}

export function isGrace(token: Token): boolean {
  return token.rhythm.startsWith('gracenote-');
}

export function isRest(token: Token): boolean {
  return token.rhythm.startsWith('rest-');
}

export function isBarLine(rhythm: string): boolean {
  return rhythm.startsWith('barline') || rhythm.startsWith('repeat-');
}

/**
 * A token whose branches agree: only a note has a pitch, and a note without pitch is as good as a rest (a grace note
 * without one is nothing). What rhythm says counts.
 */
function agreed(token: Token): Token | undefined {
  const note = token.rhythm.startsWith('note-');
  const pitched = isNote(token);
  if (pitched === (note || isGrace(token))) return token;
  if (pitched) return { ...plainToken(token.rhythm), tuplet: token.tuplet, voice: token.voice };
  if (!note) return undefined;
  return { ...plainToken(token.rhythm.replace('note-', 'rest-')), tuplet: token.tuplet, voice: token.voice };
}

function kindOf(token: Token): Group['kind'] {
  if (isGrace(token)) return 'grace';
  return isNote(token) || isRest(token) ? 'timed' : 'sign';
}

/** What starts together, with a `chord` between each two. */
export function joinTokens(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token, i) => (i > 0 ? [CHORD, token] : [token]));
}

/**
 * Tokens gathered by place. A `chord` joins its neighbours only where both can sound together (two signs, or a grace
 * note and a full one, cannot), so that a misread join is ignored and nothing else is lost.
 */
export function groupTokens(tokens: readonly Token[]): Group[] {
  const groups: Group[] = [];
  let joined = false;
  tokens.forEach((said, index) => {
    if (said.rhythm === 'chord') {
      joined = true;
      return;
    }
    const token = agreed(said);
    if (!token) return;
    const kind = kindOf(token);
    const last = groups.at(-1);
    if (joined && last && kind !== 'sign' && last.kind === kind) last.members.push({ token, index });
    else groups.push({ kind, members: [{ token, index }] });
    joined = false;
  });
  return groups;
}
