import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { list, object, parseOr, record, string } from '../../src/workers/schema.ts';

/** Vite's list of what it built: a file for each source, and the names of those that it imports. */
export type Manifest = Readonly<Record<string, { file: string; imports: readonly string[] }>>;

/** The room that the home page's entry loads at once. */
const ROOM = 'src/ui/app/home.tsx';

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

/** Sources of the scripts that an HTML file of the build names. (An entry that pages share has no name of its own.) */
export function sourcesOf(manifest: Manifest, html: string): string[] {
  return Object.keys(manifest).filter((source) => html.includes(`/${manifest[source]?.file}"`));
}

/** The home page's scripts in a built site, and their size, gzipped, in bytes. */
export function landingScripts(dist: string): { files: string[]; bytes: number } {
  const manifest = readManifest(join(dist, '.vite/manifest.json'));
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...html.matchAll(/<script[^>]* src="\.\/([^"]+)"/g)].flatMap(([, name = '']) => name);
  const files = [...new Set([...named, ...scriptsOf(manifest, [...sourcesOf(manifest, html), ROOM])])];
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
