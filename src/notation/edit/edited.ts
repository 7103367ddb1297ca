import type { ReadToken } from '../read-token.ts';
import type { Token } from '../token.ts';

/**
 * A symbol as it was read, or as a visitor put it right: then `asRead` is what the reader said (null of a symbol that was put
 * in), and the reader's doubt no longer counts.
 */
export type EditedToken = ReadToken & { asRead?: Token | null };

/** A system's staves from the top, and the first and last index of the staves that each brace joins. */
export interface SystemLines {
  staves: readonly (readonly EditedToken[])[];
  braces: readonly (readonly [number, number])[];
}

/** A page of a piece as far as it can be edited. Its id outlives moving it among the pages. */
export interface PageLines {
  id: string;
  systems: readonly SystemLines[];
}

/** The line of a staff on a page, counted from the top through all systems. */
export interface LinePlace {
  page: string;
  staff: number;
}

/** One symbol: which staff, and its index in the staff's tokens. */
export interface SymbolPlace extends LinePlace {
  token: number;
}

export function samePlace(a: SymbolPlace | null, b: SymbolPlace | null): boolean {
  return a?.page === b?.page && a?.staff === b?.staff && a?.token === b?.token;
}

/** The tokens of a staff; none for a place that is not there. */
export function lineAt(
  pages: readonly PageLines[],
  { page, staff }: LinePlace,
): readonly EditedToken[] | undefined {
  return pages.find(({ id }) => id === page)?.systems.flatMap(({ staves }) => staves)[staff];
}

/** The pages with some staves' tokens put in place of what was there; all others stay the same objects. */
export function withLines(
  pages: readonly PageLines[],
  lines: readonly (LinePlace & { tokens: readonly EditedToken[] })[],
): PageLines[] {
  return pages.map((page) => {
    const own = lines.filter((line) => line.page === page.id);
    if (own.length === 0) return page;
    let first = 0;
    const systems = page.systems.map((system) => {
      const before = first;
      first += system.staves.length;
      const touched = own.filter(({ staff }) => staff >= before && staff < first);
      if (touched.length === 0) return system;
      const staves = system.staves.map(
        (tokens, i) => touched.findLast(({ staff }) => staff === before + i)?.tokens ?? tokens,
      );
      return { ...system, staves };
    });
    return { ...page, systems };
  });
}
