import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, test as base, type Download, expect, type Page } from '@playwright/test';

/** A sample that is shipped with the page: photographed by our own camera simulator. */
export const SAMPLE = fileURLToPath(new URL('../public/samples/scores/bass-line.jpg', import.meta.url));

/** Every visit fails if anything left the origin (`origins`: and those of a host), broke the content policy, or threw. */
export const test = base.extend<{ quietly: undefined; origins: string[]; complaints: RegExp | null }>({
  /** What the browser may complain of, where a test takes something away from the page. */
  complaints: [null, { option: true }],
  origins: async ({ baseURL }, use) => use([new URL(baseURL ?? '').origin]),
  quietly: [
    async ({ context, origins, complaints }, use) => {
      const outside: string[] = [];
      const broken: string[] = [];
      context.on('request', (request) => {
        const url = new URL(request.url());
        const local = url.protocol === 'blob:' || url.protocol === 'data:' || origins.includes(url.origin);
        if (!local) outside.push(request.url());
      });
      const complain = (text: string) => {
        if (!complaints?.test(text)) broken.push(text);
      };
      context.on('weberror', (error) => complain(error.error().message));
      context.on('console', (message) => {
        if (message.type() === 'error') complain(message.text());
      });
      await use(undefined);
      expect(outside, 'requests that left the origin').toEqual([]);
      expect(broken, 'errors in the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

type Photo = string | { name: string; mimeType: string; buffer: Buffer };

/** Chooses a photo in the file picker, in the empty room or over an earlier page. */
export async function choosePhoto(page: Page, photo: Photo): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Choose a picture|New photo/ }).click();
  await (await chooser).setFiles(photo);
}

/** The script of the reading worker. */
export const READER = /workers\/read\.worker-.*\.js$/;

/** Runs a script in the reading worker before its own; service workers must be blocked. */
export async function inReader(context: BrowserContext, script: string): Promise<void> {
  await context.route(READER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\n;${script}` });
  });
}

/** Waits until the reading is over, well or not. */
export async function readToEnd(page: Page, timeout = 240_000): Promise<void> {
  await expect(page.getByRole('timer')).toBeVisible();
  await expect(page.getByRole('timer')).toBeHidden({ timeout });
}

/** Saves the piece in a format of the menu and returns the file. */
export async function save(page: Page, format: RegExp): Promise<{ name: string; bytes: Buffer }> {
  const download: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: format }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

export async function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}
