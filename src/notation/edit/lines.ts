import { bottomLine, diatonic, pitchUnder } from '../clef.ts';
import { isGrace, isRest } from '../groups.ts';
import { lineBars } from '../line-bars.ts';
import { layoutOf } from '../parts.ts';
import { isNote, VOCABULARY } from '../token.ts';
import vocabulary from '../vocabulary.json' with { type: 'json' };
import { type EditedToken, type LinePlace, lineAt, type PageLines, withLines } from './edited.ts';

export const FIRST_CLEF = 'clef-G2';

/** For each staff of the piece the lines that it runs through, in order. */
export function runsOf(pages: readonly PageLines[]): LinePlace[][] {
  const systems = pages.flatMap(({ id, systems: own }) => {
    let staff = 0;
    return own.map(({ staves, braces }) => ({
      clefs: staves.map((tokens) => lineBars(tokens).clef ?? ''),
      braces,
      places: staves.map((): LinePlace => ({ page: id, staff: staff++ })),
    }));
  });
  const layout = layoutOf(systems);
  const runs: LinePlace[][] = [];
  systems.forEach(({ places }, system) => {
    places.forEach((place, i) => {
      const run = layout.places[system]?.[i] ?? i;
      runs[run] = [...(runs[run] ?? []), place];
    });
  });
  return runs.filter((run) => run !== undefined);
}

/** The run that a line belongs to, and its index in it. */
export function runAt(pages: readonly PageLines[], { page, staff }: LinePlace): [LinePlace[], number] {
  for (const run of runsOf(pages)) {
    const at = run.findIndex((line) => line.page === page && line.staff === staff);
    if (at >= 0) return [run, at];
  }
  return [[{ page, staff }], 0];
}

/** The clef in force before a token: the last one of its line, or of the lines before. */
export function clefAt(pages: readonly PageLines[], place: LinePlace & { token: number }): string {
  const own = lastClef(lineAt(pages, place)?.slice(0, place.token) ?? []);
  if (own) return own;
  const [run, at] = runAt(pages, place);
  for (const line of run.slice(0, at).reverse()) {
    const clef = lastClef(lineAt(pages, line) ?? []);
    if (clef) return clef;
  }
  return FIRST_CLEF;
}

export function lastClef(tokens: readonly EditedToken[]): string | undefined {
  return tokens.findLast(({ rhythm }) => rhythm.startsWith('clef-'))?.rhythm;
}

const { lowest, highest } = vocabulary.step.position;

/** Whether a pitch can be written: it is in the vocabulary, and near enough to the staff. */
export function canBeWritten(pitch: string, clef: string): boolean {
  const place = diatonic(pitch) - bottomLine(clef);
  return VOCABULARY.pitch.includes(pitch) && place >= lowest && place <= highest;
}

/** The clef in force at each token of the lines of a run (a clef is in force at itself). */
function clefsAlong(pages: readonly PageLines[], run: readonly LinePlace[]): string[][] {
  let clef = FIRST_CLEF;
  return run.map((line) =>
    (lineAt(pages, line) ?? []).map(({ rhythm }) => {
      if (rhythm.startsWith('clef-')) clef = rhythm;
      return clef;
    }),
  );
}

/**
 * Where clefs changed, heads stay at their places on the staff, and so sound otherwise. Tokens are known by identity: those
 * that a command made have the pitch that it gave them.
 */
export function keepPlaces(before: readonly PageLines[], after: readonly PageLines[]): PageLines[] {
  const clefOf = new Map<EditedToken, string>();
  for (const run of runsOf(before)) {
    const clefs = clefsAlong(before, run);
    run.forEach((line, i) => {
      lineAt(before, line)?.forEach((token, k) => {
        clefOf.set(token, clefs[i]?.[k] ?? FIRST_CLEF);
      });
    });
  }
  const lines = runsOf(after).flatMap((run) => {
    const clefs = clefsAlong(after, run);
    return run.map((line, i) => ({
      ...line,
      tokens: (lineAt(after, line) ?? []).map((token, k) => {
        const [old, clef] = [clefOf.get(token), clefs[i]?.[k]];
        if (old === undefined || clef === undefined || old === clef || !isNote(token)) return token;
        return { ...token, pitch: pitchUnder(token.pitch, old, clef) };
      }),
    }));
  });
  return withLines(after, lines);
}

export function isChord(token: EditedToken | undefined): boolean {
  return token?.rhythm === 'chord';
}

export function isTimed(token: EditedToken): boolean {
  return token.rhythm.startsWith('note-') || isRest(token);
}

/** Indices of the symbols that start together with the one at `index`, in order. */
export function membersAt(line: readonly EditedToken[], index: number): number[] {
  let first = index;
  while (isChord(line[first - 1]) && line[first - 2]) first -= 2;
  const members = [first];
  for (let i = first; isChord(line[i + 1]) && line[i + 2]; i += 2) members.push(i + 2);
  return members;
}

/** The line without joins that join nothing: a `chord` stands between two notes or rests, or two grace notes. */
export function withoutLooseJoins(line: readonly EditedToken[]): EditedToken[] {
  return line.filter((token, i) => {
    if (!isChord(token)) return true;
    const [left, right] = [line[i - 1], line[i + 1]];
    if (!left || !right) return false;
    return (isTimed(left) && isTimed(right)) || (isGrace(left) && isGrace(right));
  });
}
