import { join } from 'node:path';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS, findChromium } from '../browser.ts';
import { headersOf } from '../csp.ts';
import { serveFolders } from '../serve-folder.ts';
import { landingScripts } from './landing-files.ts';
import { milliseconds, type Row } from './table.ts';

/** A phone of the middle on a slow 4G connection, as Lighthouse has it: 1.6 Mbit/s, 150 ms, a processor slowed by four. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOWDOWN = 4;

/** Size of the home page's script, and its largest contentful paint on a phone, from a host that compresses. */
export async function landingRows(dist: string, rounds: number): Promise<Row[]> {
  const { bytes } = landingScripts(dist);
  const times: number[] = [];
  const server = await serveFolders({ '/': join(dist, '/') }, headersOf);
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    for (let round = 0; round < rounds; round++) times.push(await largestPaint(browser, server.url));
  } finally {
    await browser.close();
    await server.close();
  }
  const middle = times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  return [
    {
      part: 'landing script, gzipped',
      measured: `${(bytes / 1000).toFixed(1)} kB`,
      promise: 'at most 120 kB',
    },
    { part: 'largest contentful paint, phone', measured: milliseconds(middle), promise: 'within 2,500 ms' },
  ];
}

/** ms from navigation, with nothing in the cache. */
async function largestPaint(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  url: string,
): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let last = Number.NaN;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) last = entry.startTime;
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        setTimeout(() => resolve(last), 3000);
      }),
  );
  await context.close();
  return paint;
}
