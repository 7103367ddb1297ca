import type { Alternative, ReadToken } from '../read-token.ts';
import { readSemantic } from '../semantic.ts';

/** A line of semantic text as if it had been read; `doubts` says by the number of a token what else it could be. */
export function readLine(text: string, doubts: Record<number, Alternative[]> = {}): ReadToken[] {
  return readSemantic(text).map((token, i) => ({
    ...token,
    p: 1,
    x: 0,
    y: 0,
    alternatives: doubts[i] ?? [],
  }));
}
