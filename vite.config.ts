import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { configDefaults, defineConfig } from 'vitest/config';
import type { Facts } from './src/ui/app/facts.ts';
import { homeFunnel } from './src/ui/app/home-funnel.ts';
import { number, object, parseOr } from './src/workers/schema.ts';
import { embedElement } from './tools/element.ts';
import { previewHeaders, sharedHead } from './tools/pages.ts';
import { pdfFiles } from './tools/pdf-files.ts';
import { drawnHome } from './tools/prerender.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The package's version and, in a checkout, the commit that is built. */
function programVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(file('package.json'), 'utf8'));
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: file('.'),
    encoding: 'utf8',
  });
  return status === 0 ? `${version} (${stdout.trim()})` : version;
}

/** The models of public/models and the files of their weights, as their manifests list them. */
function readModels(): Facts['models'] {
  const folder = file('public/models');
  return readdirSync(folder).flatMap((name) => {
    const manifest = `${folder}/${name}/manifest.json`;
    if (!existsSync(manifest)) return [];
    const { shards = [] }: { shards?: Facts['models'][number]['shards'] } = JSON.parse(
      readFileSync(manifest, 'utf8'),
    );
    return [{ name, shards: shards.map(({ file, bytes, sha256 }) => ({ file, bytes, sha256 })) }];
  });
}

/** A JSON file of public/; null if there is none. */
function readPublic(path: string): unknown {
  const found = file(`public/${path}`);
  return existsSync(found) ? JSON.parse(readFileSync(found, 'utf8')) : null;
}

/** What the home page shows comes from the files that are shipped. */
function readFacts(): Facts {
  const models = readModels();
  const shards = models.find(({ name }) => name === 'tromr')?.shards ?? [];
  const measured = parseOr(measuredOnPhotos, readPublic('models/tromr/manifest.json'))?.measured;
  return {
    weightBytes: shards.reduce((sum, { bytes }) => sum + bytes, 0),
    photoErrorRate: measured?.photos.ser ?? null,
    hasStrip: existsSync(file('public/samples/home/strip.svg')),
    funnel: parseOr(homeFunnel, readPublic('samples/rank/home.json')),
    version: programVersion(),
    weights: shards[0]?.sha256.slice(0, 12) ?? '',
    models,
  };
}

const measuredOnPhotos = object<{ measured: { photos: { ser: number } } }>({
  measured: object<{ photos: { ser: number } }>({ photos: object<{ ser: number }>({ ser: number }) }),
});

/** Apart from what pages load, so that the service worker can tell (see src/workers/site-files.ts). */
const WORKER_FILE = 'assets/workers/[name]-[hash].js';

const define = { __FACTS__: JSON.stringify(readFacts()) };

export default defineConfig({
  appType: 'mpa',
  // Relative, so that the build runs under any path of any static host.
  base: './',
  plugins: [
    react(),
    sharedHead,
    previewHeaders,
    embedElement,
    drawnHome(define),
    pdfFiles,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/workers',
      filename: 'service-worker.ts',
      // The pages register it themselves, and the manifest is a file of public/.
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ['**/*'],
        globIgnores: ['**/*.bin', '**/*.map', '.vite/**'],
        maximumFileSizeToCacheInBytes: 50e6,
        dontCacheBustURLsMatching: /^assets\//,
        rollupFormat: 'iife',
      },
    }),
  ],
  define,
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        entryFileNames: WORKER_FILE,
        chunkFileNames: WORKER_FILE,
        assetFileNames: 'assets/workers/[name]-[hash][extname]',
      },
    },
  },
  build: {
    target: ['chrome123', 'firefox125', 'safari17.5'],
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      input: {
        home: file('index.html'),
        read: file('read/index.html'),
        rank: file('rank/index.html'),
        'embed-read': file('embed/read/index.html'),
        'embed-rank': file('embed/rank/index.html'),
      },
      checks: { pluginTimings: false },
    },
  },
  optimizeDeps: { exclude: ['verovio'] },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'e2e/**'],
  },
});
