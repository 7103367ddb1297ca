import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium, SOFTWARE_WEBGPU_FLAGS } from './tools/browser.ts';

const port = Number(process.env.E2E_PORT ?? 4178);
const baseURL = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: 'e2e',
  // Reading takes both cores: one page at a time, and patience for slow machines.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    baseURL,
    browserName: 'chromium',
    trace: 'on-first-retry',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
  },
  projects: [
    { name: 'page', testIgnore: /webgpu/ },
    {
      name: 'webgpu',
      testMatch: /webgpu/,
      use: {
        // The small headless shell has no WebGPU; the new headless mode is the whole browser.
        channel: 'chromium',
        launchOptions: {
          executablePath: findChromium(),
          args: [...CHROMIUM_FLAGS, ...SOFTWARE_WEBGPU_FLAGS],
        },
      },
    },
  ],
  webServer: {
    command: 'npm start',
    url: baseURL,
    env: { PORT: String(port) },
    reuseExistingServer: false,
    timeout: 300_000,
  },
});
