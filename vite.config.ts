import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { configDefaults, defineConfig } from 'vitest/config';
import type { Facts } from './src/ui/app/facts.ts';
import { previewHeaders, sharedHead } from './tools/pages.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The figures that the home page shows come from the files that are shipped. */
function readFacts(): Facts {
  const manifest = file('public/models/tromr/manifest.json');
  const hasStrip = existsSync(file('public/samples/home/strip.svg'));
  if (!existsSync(manifest)) return { weightBytes: 0, photoErrorRate: null, hasStrip };
  const { shards, measured }: { shards?: { bytes: number }[]; measured?: { photos?: { ser?: number } } } =
    JSON.parse(readFileSync(manifest, 'utf8'));
  const weightBytes = shards?.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  return { weightBytes, photoErrorRate: measured?.photos?.ser ?? null, hasStrip };
}

export default defineConfig({
  appType: 'mpa',
  // Relative, so that the build runs under any path of any static host.
  base: './',
  plugins: [react(), sharedHead, previewHeaders],
  define: { __FACTS__: JSON.stringify(readFacts()) },
  worker: { format: 'es' },
  build: {
    target: ['chrome123', 'firefox125', 'safari17.5'],
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      input: { home: file('index.html'), read: file('read/index.html') },
      checks: { pluginTimings: false },
    },
  },
  optimizeDeps: { exclude: ['verovio'] },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'e2e/**'],
  },
});
