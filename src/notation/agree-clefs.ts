import { pitchUnder } from './clef.ts';
import { likeliestOfAll, type ReadToken, sayingInstead } from './read-token.ts';
import { isNote, VOCABULARY } from './token.ts';

type Line = readonly ReadToken[];

/**
 * Lines of one part that begin with the same clef print the same octave at it, the small 8 above or below: a number that touches a
 * clef is read as one now and then. Staves of one place are taken for a part, in systems of as many staves.
 * @param systems lines of each system, top to bottom
 */
export function agreeClefs(systems: readonly (readonly Line[])[]): ReadToken[][][] {
  const likeliest = new Map<string, string>();
  for (const [part, clefs] of clefsOfParts(systems))
    likeliest.set(
      part,
      likeliestOfAll(
        clefs,
        clefs.map(({ rhythm }) => rhythm),
      ),
    );
  return systems.map((lines) =>
    lines.map((line, index) => {
      const [clef] = line;
      const agreed = clef && likeliest.get(partOf(lines, index, clef));
      return agreed === undefined ? [...line] : underClef(line, agreed);
    }),
  );
}

/** The clefs at the heads of lines, by part and by what they are without their octave. */
function clefsOfParts(systems: readonly (readonly Line[])[]): Map<string, ReadToken[]> {
  const parts = new Map<string, ReadToken[]>();
  for (const lines of systems)
    lines.forEach(([clef], index) => {
      if (!clef?.rhythm.startsWith('clef-')) return;
      const part = partOf(lines, index, clef);
      parts.set(part, [...(parts.get(part) ?? []), clef]);
    });
  return parts;
}

function partOf(lines: readonly Line[], index: number, clef: ReadToken): string {
  return `${lines.length} ${index} ${clef.rhythm.replace(/-8v[ab]$/, '')}`;
}

/** The line with another clef at its head: what stands on a line or space of the staff stays there, and has another name. */
function underClef(line: Line, rhythm: string): ReadToken[] {
  const [clef, ...rest] = line;
  if (!clef || clef.rhythm === rhythm) return [...line];
  const named = (pitch: string) => pitchUnder(pitch, clef.rhythm, rhythm);
  const next = rest.findIndex((token) => token.rhythm.startsWith('clef-'));
  const until = next < 0 ? rest.length : next;
  const moved = rest.map((token, i) => {
    if (i >= until || !isNote(token)) return token;
    const alternatives = token.alternatives.map((other) =>
      other.branch === 'pitch' ? { ...other, value: named(other.value) } : other,
    );
    return { ...token, pitch: named(token.pitch), alternatives };
  });
  if (moved.some(({ pitch }) => !VOCABULARY.pitch.includes(pitch))) return [...line];
  return [sayingInstead(clef, 'rhythm', rhythm), ...moved];
}
