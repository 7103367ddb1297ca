import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const SHRINKS = /text|javascript|json|svg|wasm/;
const zip = promisify(gzip);

/**
 * Serves folders as a plain static host does: files, `index.html` of folders, compressed, and no headers of its own but
 * `headers`. `folders` leads from the beginning of a path to a folder, or from a path to a file; the longest that fits
 * counts, and what is changed in it holds from the next request on. Without a `port` any free one is taken.
 */
export async function serveFolders(
  folders: Readonly<Record<string, string>>,
  headers: (path: string) => Record<string, string> = () => ({}),
  port = 0,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const [prefix, folder] =
      Object.entries(folders)
        .sort(([a], [b]) => b.length - a.length)
        .find(([one]) => path.startsWith(one)) ?? [];
    const rest = path.slice(prefix?.length) + (path.endsWith('/') ? 'index.html' : '');
    const bytes =
      folder === undefined || rest.includes('..')
        ? null
        : await readFile(join(folder, rest)).catch(() => null);
    if (!bytes) return response.writeHead(404).end();
    const type = TYPES[extname(path.endsWith('/') ? rest : path)] ?? 'application/octet-stream';
    const shrinks = SHRINKS.test(type);
    response
      .writeHead(200, {
        'Content-Type': type,
        ...(shrinks && { 'Content-Encoding': 'gzip' }),
        ...headers(path),
      })
      .end(shrinks ? await zip(bytes) : bytes);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
