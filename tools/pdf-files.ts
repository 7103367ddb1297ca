/** What PDF.js loads beside its code: its worker, decoders of JBIG2 and JPEG 2000, character maps and the standard fonts. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const FOLDERS = ['wasm', 'cmaps', 'standard_fonts', 'iccs'];
const WORKER = 'build/pdf.worker.min.mjs';

/** Serves these folders under `pdf/`, and copies them into the build. */
export const pdfFiles: Plugin = {
  name: 'pdf-files',
  configureServer({ middlewares }) {
    middlewares.use('/pdf/', (request, response, next) => {
      const path = normalize(decodeURIComponent((request.url ?? '').replace(/\?.*$/, ''))).replace(
        /^\/+/,
        '',
      );
      if (path !== WORKER && !FOLDERS.includes(path.split('/')[0] ?? '')) return next();
      try {
        if (path.endsWith('.wasm')) response.setHeader('Content-Type', 'application/wasm');
        if (/\.m?js$/.test(path)) response.setHeader('Content-Type', 'text/javascript');
        response.end(readFileSync(join(PACKAGE, path)));
      } catch {
        next();
      }
    });
  },
  generateBundle() {
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(join(PACKAGE, folder)).map((name) => `${folder}/${name}`),
    );
    for (const path of [WORKER, ...files])
      this.emitFile({
        type: 'asset',
        fileName: `pdf/${path}`,
        source: readFileSync(join(PACKAGE, path)),
      });
  },
};
