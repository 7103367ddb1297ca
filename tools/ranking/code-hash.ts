import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * SHA-256 over the given source files and everything that they import by relative paths, and over the settings. Types alone
 * change no run: what is imported only as a type is left out.
 */
export function hashOf(entries: readonly string[], settings: unknown): string {
  const seen = new Map<string, string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    const text = readFileSync(file, 'utf8');
    seen.set(file, text);
    for (const [, type, path] of text.matchAll(/^(?:import|export)( type)?\b[^;]*? from '(\.[^']+)'/gm)) {
      if (path && !type) visit(resolve(dirname(file), path.endsWith('.ts') ? path : `${path}.ts`));
    }
  };
  for (const entry of entries) visit(resolve(entry));
  const hash = createHash('sha256');
  for (const file of [...seen.keys()].sort()) hash.update(seen.get(file) ?? '');
  return hash.update(JSON.stringify(settings)).digest('hex').slice(0, 16);
}
