import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { CHROMIUM_FLAGS, findChromium } from '../tools/browser.ts';
import { serveFolders } from '../tools/serve-folder.ts';
import { choosePhoto, expect, overflowsSideways, readToEnd, SAMPLE, test } from './visit.ts';

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const STAFF = fixture('short-staff.png');
const DIST = process.env.E2E_DIST ?? fileURLToPath(new URL('../dist/', import.meta.url));
const HOST_PORT = Number(process.env.E2E_PORT ?? 4178) + 2;

/** What the fake camera films: a page on a grey table, as frames of motion JPEG. */
async function film(): Promise<string> {
  const page = await sharp(SAMPLE).rotate().resize(1500, 1100, { fit: 'inside' }).toBuffer();
  const frame = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#777' } })
    .composite([{ input: page }])
    .jpeg({ quality: 90 })
    .toBuffer();
  const file = join(mkdtempSync(join(tmpdir(), 'camera-')), 'page.mjpeg');
  writeFileSync(file, Buffer.concat([frame, frame]));
  return file;
}

test.use({
  launchOptions: {
    executablePath: findChromium(),
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${await film()}`,
    ],
  },
});

const rail = (page: Page) => page.getByRole('navigation', { name: 'Pages' });

test('pages are photographed one after another and become a score that plays', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('read/?backend=wasm');
  await page.getByRole('button', { name: 'Take a photo' }).click();
  const camera = page.getByRole('dialog', { name: 'Photograph a page' });
  await expect(camera.getByText(/^Good: \d+ staves$/)).toBeVisible({ timeout: 60_000 });
  expect(await overflowsSideways(page)).toBe(false);
  const shoot = camera.getByRole('button', { name: 'Take the photo' });
  await shoot.click();
  await expect(camera.getByRole('button', { name: 'Done, 1 page' })).toBeVisible();
  await shoot.click();
  await camera.getByRole('button', { name: 'Done, 2 pages' }).click();
  const pages = rail(page).getByRole('button', { name: /^Page \d, \d+ staves$/ });
  await expect(pages).toHaveCount(2, { timeout: 240_000 });
  await expect(page.getByRole('timer')).toBeHidden();
  expect(await page.getByRole('option').count()).toBeGreaterThan(20);

  // Taking a page again puts the new photo in its place.
  await rail(page)
    .getByRole('button', { name: /^What to do with page/ })
    .click();
  await page.getByRole('menuitem', { name: 'Photograph again' }).click();
  await page
    .getByRole('dialog', { name: 'Photograph this page again' })
    .getByRole('button', { name: 'Take the photo' })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await readToEnd(page);
  await expect(pages).toHaveCount(2);

  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 60_000 });
  const time = page.locator('[data-time]');
  await expect(time).toContainText('0:02');
  await expect(page.getByRole('region', { name: 'Engraved score' }).locator('[data-cursor]')).toBeVisible();
  expect(await overflowsSideways(page)).toBe(false);
});

test('a camera that is refused leaves the camera app and says how to allow it', async ({ page, context }) => {
  await context.grantPermissions([]);
  await page.goto('read/?backend=wasm');
  await page.getByRole('button', { name: 'Take a photo' }).click();
  const camera = page.getByRole('dialog');
  await expect(camera.getByRole('alert')).toContainText('To allow it');
  const chooser = page.waitForEvent('filechooser');
  await camera.getByRole('button', { name: 'Use the camera app' }).click();
  await (await chooser).setFiles(STAFF);
  await expect(camera.getByRole('button', { name: 'Done, 1 page' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(camera).toBeHidden();
  await expect(rail(page).getByRole('button', { name: /^Page 1, (1 staff|being read)$/ })).toBeVisible();
});

test('scans in a PDF are chosen by page; pages are put in order, straightened and taken out', async ({
  page,
}) => {
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, fixture('scan.pdf'));
  const picker = page.getByRole('dialog', { name: 'Which pages' });
  await expect(picker.getByRole('img')).toHaveCount(0);
  await expect(picker.locator('img')).toHaveCount(2);
  await picker.getByRole('button', { name: 'Read 2 pages' }).click();
  // JBIG2 first, then JPEG 2000: the same staves twice.
  const pages = rail(page).getByRole('button', { name: /^Page \d, 2 staves$/ });
  await expect(pages).toHaveCount(2, { timeout: 240_000 });
  await expect(page.getByRole('timer')).toBeHidden();

  const act = async (name: string) => {
    await rail(page)
      .getByRole('button', { name: /^What to do with page/ })
      .click();
    await page.getByRole('menuitem', { name }).click();
  };
  await pages.nth(1).click();
  await act('Move earlier');
  await expect(pages.nth(0)).toHaveAttribute('aria-current', 'page');

  // By keyboard, and dragged: in either case page 2 is shown again.
  await pages.nth(0).press('Alt+ArrowDown');
  await expect(pages.nth(1)).toHaveAttribute('aria-current', 'page');
  await expect(pages.nth(1)).toBeFocused();
  await pages.nth(1).dragTo(pages.nth(0), { targetPosition: { x: 5, y: 5 } });
  await expect(pages.nth(0)).toHaveAttribute('aria-current', 'page');

  await act('Adjust the corners');
  const editor = page.getByRole('dialog', { name: 'corners' });
  const corner = editor.getByRole('button', { name: /^Upper left corner/ });
  // They start around the staves; here the picture ends there.
  const before = await corner.getAttribute('aria-label');
  await corner.press('Shift+ArrowRight');
  await expect(corner).not.toHaveAccessibleName(before ?? '');
  await editor.getByRole('button', { name: 'Whole picture' }).click();
  await editor.getByRole('button', { name: 'Straighten and read' }).click();
  await expect(editor).toBeHidden({ timeout: 60_000 });
  await readToEnd(page);
  await expect(pages).toHaveCount(2);

  await act('Remove');
  await expect(pages).toHaveCount(1);
});

test('PDFs that cannot be opened are told apart', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  const dialog = page.getByRole('dialog');
  await choosePhoto(page, fixture('locked.pdf'));
  await expect(dialog).toContainText('locked with a password');
  await page.keyboard.press('Escape');
  await choosePhoto(page, {
    name: 'broken.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n'),
  });
  await expect(dialog).toContainText('damaged');
});

test.describe('installed below a path of a plain host', () => {
  test.use({ origins: [`http://127.0.0.1:${HOST_PORT}`] });
  const PATH = '/music/scoreline/';
  const SITE = `http://127.0.0.1:${HOST_PORT}${PATH}`;
  /** `more` leads from paths to other files than those of the site. */
  const startHost = (more: Record<string, string> = {}) =>
    serveFolders(Object.assign(more, { [PATH]: DIST }), undefined, HOST_PORT);

  test('a second visit without a connection reads a photo, and a shared one too', async ({ page }) => {
    const host = await startHost();
    try {
      await page.goto(`${SITE}read/?backend=wasm`);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await choosePhoto(page, STAFF);
      await readToEnd(page);
      await page.getByRole('button', { name: 'Settings' }).click();
      const device = page.getByRole('region', { name: 'On this device' });
      await expect(device).toContainText('opens without a connection');
      await expect(device).toContainText(/\d MB, here/);
      // What workers load is kept after the first page, in the background.
      await expect
        .poll(() =>
          page.evaluate(async () => {
            const kept = await (await caches.open('scoreline-files')).keys();
            return ['read.worker', 'engrave.worker', 'verovio', '.wasm'].every((name) =>
              kept.some(({ url }) => url.includes('/workers/') && url.includes(name)),
            );
          }),
        )
        .toBe(true);
    } finally {
      await host.close();
    }

    await page.goto(`${SITE}read/?backend=wasm`);
    await choosePhoto(page, STAFF);
    await readToEnd(page);
    await expect(page.getByRole('region', { name: 'Engraved score' }).locator('.note').first()).toBeVisible();

    // As a phone's share sheet sends it.
    await page.goto(`${SITE}read/`);
    await page.evaluate(async () => {
      const form = document.createElement('form');
      form.method = 'post';
      form.enctype = 'multipart/form-data';
      form.action = '?share';
      const input = Object.assign(document.createElement('input'), { type: 'file', name: 'photos' });
      const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 300 });
      canvas.getContext('2d')?.fillRect(0, 0, 300, 300);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      const files = new DataTransfer();
      files.items.add(new File([blob ?? ''], 'shared.png', { type: 'image/png' }));
      input.files = files.files;
      form.append(input);
      document.body.append(form);
      form.submit();
    });
    await expect(page.getByRole('alert')).toContainText('No staves', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Set the corners by hand' }).click();
    await expect(page.getByRole('dialog', { name: 'corners' })).toBeVisible();
  });

  test('a new version waits until it is wanted', async ({ page }) => {
    const files: Record<string, string> = {};
    const host = await startHost(files);
    try {
      await page.goto(`${SITE}read/`);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await expect(page.getByText('A new version')).toBeHidden();
      const next = join(mkdtempSync(join(tmpdir(), 'next-')), 'service-worker.js');
      writeFileSync(next, `${readFileSync(join(DIST, 'service-worker.js'), 'utf8')}\n// another version`);
      files[`${PATH}service-worker.js`] = next;

      await page.reload();
      await expect(page.getByText('A new version of this page is ready.')).toBeVisible({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Later' }).click();
      await expect(page.getByText('A new version of this page is ready.')).toBeHidden();
      await page.reload();
      const again = page.waitForEvent('load');
      await page.getByRole('button', { name: 'Use it now' }).click();
      await again;
      await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
      await expect(page.getByText('A new version of this page is ready.')).toBeHidden();
    } finally {
      await host.close();
    }
  });

  test('models are fetched beforehand and deleted', async ({ page }) => {
    const host = await startHost();
    try {
      await page.goto(`${SITE}read/`);
      await page.getByRole('button', { name: 'Settings' }).click();
      const line = page
        .getByRole('region', { name: 'On this device' })
        .getByRole('listitem')
        .filter({ hasText: 'The reader of music' });
      await expect(line).toContainText(/\d MB, not here yet/);
      await line.getByRole('button', { name: 'Download' }).click();
      await expect(line).toContainText(/\d MB, here/, { timeout: 60_000 });
      await line.getByRole('button', { name: 'Delete' }).click();
      await expect(line).toContainText(/\d MB, not here yet/);
    } finally {
      await host.close();
    }
  });

  test('without a connection and without weights that is said', async ({ page }) => {
    const host = await startHost();
    try {
      await page.goto(`${SITE}read/?backend=wasm`);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await choosePhoto(page, STAFF);
      await readToEnd(page);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Delete: The reader of music' }).click();
      await expect(page.getByText(/MB, not here yet/).first()).toBeVisible();
    } finally {
      await host.close();
    }
    await page.context().setOffline(true);
    await page.goto(`${SITE}read/?backend=wasm`);
    await choosePhoto(page, STAFF);
    await expect(page.getByRole('alert')).toContainText('no connection', { timeout: 60_000 });
  });
});
