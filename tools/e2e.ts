/** npm run test:e2e [-- Playwright's own arguments]: finds a browser, builds the page if need be, and walks through it. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { findChromium } from './browser.ts';
import { buildIfStale, ROOT } from './build.ts';

const CHROMIUM = findChromium();
await buildIfStale();
const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
const { status } = spawnSync(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM },
});
process.exit(status ?? 1);
