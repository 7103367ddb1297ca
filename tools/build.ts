import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const SOURCES = [
  'index.html',
  'read',
  'rank',
  'embed',
  'src',
  'public',
  'vite.config.ts',
  'tools/csp.ts',
  'tools/pages.ts',
  'tools/element.ts',
  'tools/one-module.ts',
  'tools/prerender.ts',
  'tools/pdf-files.ts',
  'package-lock.json',
];

/** Builds the page unless `dist` is younger than everything that it is made of. */
export async function buildIfStale(): Promise<void> {
  const [built, ...sources] = await Promise.all(
    ['dist/.vite/manifest.json', ...SOURCES].map((path) => youngest(join(ROOT, path))),
  );
  if (built !== undefined && built > Math.max(...sources)) return;
  await build({ root: ROOT, logLevel: 'warn' });
}

/** Time of the last change in a file or anywhere below a folder, ms; 0 if there is none. */
async function youngest(path: string): Promise<number> {
  const info = await stat(path).catch(() => null);
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const names = await readdir(path);
  const times = await Promise.all(names.map((name) => youngest(join(path, name))));
  return Math.max(info.mtimeMs, ...times);
}
