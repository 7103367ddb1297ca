import { fileURLToPath } from 'node:url';
import { choosePhoto, expect, inReader, READER, readToEnd, test } from './visit.ts';

const SHORT_STAFF = fileURLToPath(new URL('./fixtures/short-staff.png', import.meta.url));

test('without WebGPU the reader says what it runs on and why', async ({ page }) => {
  await page.goto('read/');
  await choosePhoto(page, SHORT_STAFF);
  await readToEnd(page);
  await page.getByRole('button', { name: 'WebAssembly' }).click();
  await expect(page.getByText(/WebGPU .*, so WebAssembly does the work\./)).toBeVisible();
});

test.describe('something is taken away', () => {
  // A service worker would answer in the network's place.
  test.use({
    complaints: /Failed to load resource|toReversed|allocation failed|died|Service Worker/,
    serviceWorkers: 'block',
  });

  test('a failed download is tried again; the report says what happened and shows nothing of the photo', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const manifest = /models\/tromr\/manifest\.json/;
    await context.route(manifest, (route) => route.fulfill({ json: { format: 'other' } }));
    await page.goto('read/?backend=wasm');
    await choosePhoto(page, SHORT_STAFF);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('weights', { timeout: 60_000 });
    await expect(alert).toContainText('Nothing was changed');
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByRole('button', { name: 'Report copied' })).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    for (const line of [
      /^problem: weights_/m,
      /^version: \d/m,
      /^photo: image\/png, \d+ bytes/m,
      /^browser: /m,
    ])
      expect(report).toMatch(line);
    expect(report).not.toContain('short-staff');

    await context.unroute(manifest);
    await page.getByRole('button', { name: 'Try again' }).click();
    await readToEnd(page);
    await expect(page.getByRole('option').first()).toBeAttached();

    // A part of the page that breaks is drawn anew, with what was read still there.
    const symbols = await page.getByRole('option').count();
    await page.evaluate(() => {
      Object.assign(window, { kept: Array.prototype.toReversed });
      Array.prototype.toReversed = () => {
        throw new Error('toReversed was taken away');
      };
    });
    await page.setViewportSize({ width: 800, height: 900 });
    await choosePhoto(page, SHORT_STAFF);
    await expect(page.getByRole('heading', { name: /stopped with an error/ })).toBeVisible({
      timeout: 60_000,
    });
    await page.evaluate(() => {
      if ('kept' in window) Object.assign(Array.prototype, { toReversed: window.kept });
    });
    await page.getByRole('button', { name: 'Show it again' }).click();
    await expect(page.getByRole('option')).toHaveCount(symbols, { timeout: 120_000 });
  });

  test('a download that is stopped goes on where it was', async ({ page, context }) => {
    const asked: string[] = [];
    context.on('request', (request) => {
      const [shard] = /weights-\d\.bin$/.exec(request.url()) ?? [];
      if (shard) asked.push(shard);
    });
    // The first part comes, the second one is waited for.
    await context.route(/tromr\/weights-1\.bin$/, () => {});
    await page.goto('read/');
    await page.getByRole('button', { name: 'Settings' }).click();
    const line = page.getByRole('listitem').filter({ hasText: 'The reader of music' });
    await line.getByRole('button', { name: 'Download: The reader of music' }).click();
    await expect.poll(() => asked).toEqual(['weights-0.bin', 'weights-1.bin']);
    await line.getByRole('button', { name: 'Stop' }).click();
    await expect(line).toContainText(/[1-9][\d.]* MB of [\d.]+ MB/);
    await context.unroute(/tromr\/weights-1\.bin$/);
    await line.getByRole('button', { name: 'Go on: The reader of music' }).click();
    await expect(line).toContainText(/\d MB, here/, { timeout: 60_000 });
    expect(asked).toEqual(['weights-0.bin', 'weights-1.bin', 'weights-1.bin', 'weights-2.bin']);
  });

  test('where memory is short that is said, with what to do', async ({ page, context }) => {
    await inReader(
      context,
      `OffscreenCanvas.prototype.getContext = () => { throw new RangeError('Array buffer allocation failed'); };`,
    );
    await page.goto('read/?backend=wasm');
    await choosePhoto(page, SHORT_STAFF);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('not enough memory', { timeout: 60_000 });
    await expect(alert).toContainText('Close other tabs');
    await expect(page.getByRole('button', { name: 'Copy report' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  test('a reader that dies is started anew', async ({ page, context }) => {
    await inReader(
      context,
      `addEventListener('message', () => setTimeout(() => { throw new Error('died'); }));`,
    );
    await page.goto('read/?backend=wasm');
    await choosePhoto(page, SHORT_STAFF);
    await expect(page.getByRole('alert')).toContainText('stopped answering', { timeout: 60_000 });
    await context.unroute(READER);
    await page.getByRole('button', { name: 'Try again' }).click();
    await readToEnd(page);
    await expect(page.getByRole('option').first()).toBeAttached();
  });

  test('without a connection and with nothing kept, the room says so', async ({ page, context }) => {
    await page.goto('read/?backend=wasm');
    await expect(page.getByRole('button', { name: /Choose a picture/ })).toBeVisible();
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await context.setOffline(true);
    await choosePhoto(page, SHORT_STAFF);
    await expect(page.getByRole('alert')).toContainText('There is no connection', { timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    await context.setOffline(false);
  });
});

test('where storage is blocked a page is read all the same, and the room says that it is not kept', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: blocked });
    IDBFactory.prototype.open = blocked;
  });
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SHORT_STAFF);
  await readToEnd(page);
  await expect(page.getByRole('option').first()).toBeAttached();
  await expect(page.getByText('This browser keeps nothing for this site')).toBeVisible();
});
