import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright';

const require = createRequire(import.meta.url);

/** A Chromium to test with: the one that CHROMIUM names, the system's, Playwright's own, or one that is fetched now. */
export function findChromium(): string {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which is not there`);
  }
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (known) return known;
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  console.log('No Chromium found; fetching Playwright’s own.');
  spawnSync(process.execPath, [require.resolve('@playwright/test/cli'), 'install', 'chromium'], {
    stdio: 'inherit',
  });
  if (existsSync(own)) return own;
  throw new Error(
    'No Chromium to test with: install one (apt-get install chromium) or name it in the variable CHROMIUM',
  );
}

/** Flags for Chromium in a container, as root, without a display and without a word to anybody outside. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Flags that give a page WebGPU in software. */
export const SOFTWARE_WEBGPU_FLAGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
