import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { asCount, asList, asObject, asString } from '../../src/inference/engine/parse.ts';
import { parseTokens } from '../../src/notation/read-token.ts';
import type { SystemTokens } from '../../src/notation/score-from-tokens.ts';

/** What was read on a page, as it becomes a score. */
export interface KeptReading {
  name: string;
  systems: SystemTokens[];
}

/** Readings of the pages that accuracy is measured on, with all their errors. */
const FILE = join(import.meta.dirname, 'readings.json.gz');

export function keptReadings(): KeptReading[] {
  return asList(JSON.parse(gunzipSync(readFileSync(FILE)).toString()), 'readings', (value, path) => {
    const { name, systems } = asObject(value, path);
    return { name: asString(name, `${path}.name`), systems: asList(systems, `${path}.systems`, asSystem) };
  });
}

/** Keeps what `recognise` wrote of some pages, instead of what was kept before. */
export function keepReadings(folders: readonly string[]): number {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name)),
  );
  const readings = files.map((file): KeptReading => {
    const { systems } = asObject(JSON.parse(readFileSync(file, 'utf8')), file);
    return { name: basename(file, '.json'), systems: asList(systems, `${file}.systems`, asSystem) };
  });
  writeFileSync(FILE, gzipSync(JSON.stringify(readings), { level: 9 }));
  return readings.length;
}

/** @throws FormatError | Error of `parseTokens` */
function asSystem(value: unknown, path: string): SystemTokens {
  const { staves, braces } = asObject(value, path);
  return {
    // Of a staff in a result of `recognise`, or its tokens alone.
    staves: asList(staves, `${path}.staves`, (staff, at) =>
      parseTokens(Array.isArray(staff) ? staff : asObject(staff, at).tokens),
    ),
    braces: asList(braces, `${path}.braces`, (brace, at) => {
      const [first = 0, last = 0] = asList(brace, at, asCount);
      return [first, last] as const;
    }),
  };
}
