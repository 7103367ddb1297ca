import { isNote, type Token } from './token.ts';

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

function kindOf(token: Token): Group['kind'] {
  if (isGrace(token)) return 'grace';
  return isNote(token) || isRest(token) ? 'timed' : 'sign';
}

/**
 * Tokens gathered by place. A `chord` joins its neighbours only where both can sound together (two signs, or a grace
 * note and a full one, cannot), so that a misread join is ignored and nothing else is lost.
 */
export function groupTokens(tokens: readonly Token[]): Group[] {
  const groups: Group[] = [];
  let joined = false;
  tokens.forEach((token, index) => {
    if (token.rhythm === 'chord') {
      joined = true;
      return;
    }
    const kind = kindOf(token);
    const last = groups.at(-1);
    if (joined && last && kind !== 'sign' && last.kind === kind) last.members.push({ token, index });
    else groups.push({ kind, members: [{ token, index }] });
    joined = false;
  });
  return groups;
}
