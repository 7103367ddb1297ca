import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { list, object, parseOr, record, string } from '../../src/workers/schema.ts';

/** Vite's list of what it built: a file for each source, and the names of those that it imports. */
export type Manifest = Readonly<Record<string, { file: string; imports: readonly string[] }>>;

/** What the home page needs before it shows: its entry, and the room that the entry loads at once. */
const LANDING = ['index.html', 'src/ui/app/home.tsx'];

/** Script files of some sources and of all that they import, each one once. @throws RangeError */
export function scriptsOf(manifest: Manifest, sources: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (source: string): void => {
    if (seen.has(source)) return;
    seen.add(source);
    manifest[source]?.imports.forEach(visit);
  };
  sources.forEach(visit);
  const missing = [...seen].find((source) => !manifest[source]);
  if (missing !== undefined) throw new RangeError(`the build has no ${missing}`);
  return [...new Set([...seen].flatMap((source) => manifest[source]?.file ?? []))].filter((file) =>
    file.endsWith('.js'),
  );
}

/** The home page's scripts in a built site, and their size, gzipped, in bytes. */
export function landingScripts(dist: string): { files: string[]; bytes: number } {
  const files = scriptsOf(readManifest(join(dist, '.vite/manifest.json')), LANDING);
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
  return { files, bytes };
}

const chunk = object<{ file: string }>({ file: string });
const imports = object<{ imports: string[] }>({ imports: list(string) });
const chunks = record((value) => ({
  ...chunk(value),
  imports: parseOr(imports, value)?.imports ?? [],
}));

function readManifest(file: string): Manifest {
  return chunks(JSON.parse(readFileSync(file, 'utf8')));
}
