/** What PDF.js loads beside its code: decoders of JBIG2 and JPEG 2000, character maps and the standard fonts. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const FOLDERS = ['wasm', 'cmaps', 'standard_fonts', 'iccs'];

/** Serves these folders under `pdf/`, and copies them into the build. */
export const pdfFiles: Plugin = {
  name: 'pdf-files',
  configureServer({ middlewares }) {
    middlewares.use('/pdf/', (request, response, next) => {
      const path = normalize(decodeURIComponent((request.url ?? '').replace(/\?.*$/, ''))).replace(
        /^\/+/,
        '',
      );
      if (!FOLDERS.includes(path.split('/')[0] ?? '')) return next();
      try {
        if (path.endsWith('.wasm')) response.setHeader('Content-Type', 'application/wasm');
        if (path.endsWith('.js')) response.setHeader('Content-Type', 'text/javascript');
        response.end(readFileSync(join(PACKAGE, path)));
      } catch {
        next();
      }
    });
  },
  generateBundle() {
    for (const folder of FOLDERS)
      for (const file of readdirSync(join(PACKAGE, folder)))
        this.emitFile({
          type: 'asset',
          fileName: `pdf/${folder}/${file}`,
          source: readFileSync(join(PACKAGE, folder, file)),
        });
  },
};
