import { groupTokens } from './groups.ts';
import { probabilityOf, type ReadToken, sayingInstead } from './read-token.ts';
import { isNote } from './token.ts';

/** From this probability of an arc from a head to the next of the same pitch on, it is a tie. */
const TIED = 0.4;

/** A head, and the heads that the same voice and the staff as a whole go on with. */
type Head = { index: number; next: number[]; soon: number[] };

/**
 * Ties and slurs of a staff line read as music. They look the same on paper and the reader takes one for the other, but an
 * arc between neighbours of one pitch is a tie (unless both are marked, as repeated notes under a slur are), and an arc to
 * another pitch is none. At the end of the line, where nothing follows, all stays as read.
 */
export function fitArcs(tokens: readonly ReadToken[]): ReadToken[] {
  const fitted = [...tokens];
  for (const { index, next, soon } of headsOf(tokens)) {
    const head = fitted[index];
    if (!head || next.length === 0) continue;
    const partner = next.find((other) => isSamePitch(head, tokens[other]));
    const goesOn = partner === undefined ? undefined : fitted[partner];
    if (partner !== undefined && goesOn && isTied(head, goesOn)) {
      const own = head.slur === 'start' && endsSlur(goesOn);
      fitted[index] = sayingInstead(own ? sayingInstead(head, 'slur', 'none') : head, 'tie', 'tie');
      if (own) fitted[partner] = sayingInstead(goesOn, 'slur', goesOn.slur === 'both' ? 'start' : 'none');
    } else if (head.tie === 'tie' && ![...next, ...soon].some((other) => isSamePitch(head, tokens[other]))) {
      const slurred = head.slur === 'none' && next.some((other) => endsSlur(fitted[other]));
      fitted[index] = sayingInstead(slurred ? sayingInstead(head, 'slur', 'start') : head, 'tie', 'none');
    }
  }
  return fitted;
}

function headsOf(tokens: readonly ReadToken[]): Head[] {
  const columns = groupTokens(tokens).filter(({ kind }) => kind === 'timed');
  return columns.flatMap(({ members }, i) => {
    const soon = columns[i + 1]?.members ?? [];
    return members
      .filter(({ token }) => isNote(token))
      .map(({ token: { voice }, index }) => {
        const after = columns
          .slice(i + 1)
          .find((column) => column.members.some((m) => m.token.voice === voice));
        const next = after?.members.filter((member) => member.token.voice === voice) ?? [];
        return { index, next: next.map((m) => m.index), soon: soon.map((m) => m.index) };
      });
  });
}

function isSamePitch(head: ReadToken, other: ReadToken | undefined): boolean {
  return other !== undefined && other.pitch === head.pitch && other.lift === 'none';
}

function isTied(head: ReadToken, goesOn: ReadToken): boolean {
  if (head.tie === 'tie') return true;
  if (head.mark !== 'none' || goesOn.mark !== 'none') return false;
  const starts = probabilityOf(head, 'slur', 'start') + probabilityOf(head, 'slur', 'both');
  const stops = probabilityOf(goesOn, 'slur', 'stop') + probabilityOf(goesOn, 'slur', 'both');
  return probabilityOf(head, 'tie', 'tie') + starts * stops >= TIED;
}

function endsSlur(token: ReadToken | undefined): boolean {
  return token?.slur === 'stop' || token?.slur === 'both';
}
