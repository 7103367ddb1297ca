import { fileURLToPath } from 'node:url';
import { serveFolders } from '../tools/serve-folder.ts';
import { test as base, expect } from './visit.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SHORT_STAFF = folder('fixtures/short-staff.png');

/** A host on an origin of its own. Under `/plain/` it serves the site as hosts do that set no headers, under a path. */
const test = base.extend<object, { host: string }>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const server = await serveFolders({
        '/': folder('host/'),
        '/plain/': process.env.E2E_DIST ?? folder('../dist/'),
      });
      await use(server.url);
      await server.close();
    },
    { scope: 'worker' },
  ],
  origins: async ({ host, origins }, use) => use([...origins, new URL(host).origin]),
});

test('a foreign page embeds the room, hands a picture over and receives MusicXML', async ({
  page,
  host,
  baseURL,
}) => {
  await page.goto(`${host}?scoreline=${baseURL}`);
  const demo = page.locator('scoreline-demo[room="read"]');
  const frame = demo.locator('iframe');
  const room = frame.contentFrame();
  await expect(room.getByRole('heading', { name: 'Photograph, drop or paste a page' })).toBeVisible();

  // As high as its content: nothing to scroll inside, no room left below.
  const heights = () =>
    frame
      .evaluate((element) => element.getBoundingClientRect().height)
      .then(async (outside) => ({
        outside,
        inside: await room.locator('#app').evaluate((app) => Math.ceil(app.getBoundingClientRect().height)),
      }));
  await expect.poll(async () => (({ outside, inside }) => outside - inside)(await heights())).toBe(0);
  expect(await frame.getAttribute('allow')).not.toContain('camera');
  // The other room stands on the same page.
  const rank = page.locator('scoreline-demo[room="rank"] iframe').contentFrame();
  await expect(rank.getByRole('link', { name: 'Teach', exact: true })).toBeVisible({ timeout: 60_000 });

  await page.getByLabel('Page of music').setInputFiles(SHORT_STAFF);
  await expect(page.locator('output')).toHaveText(/photo|geometry|draft|reading|score/, { timeout: 60_000 });
  await expect(page.locator('output')).toHaveText(/\d+ symbols, read on wasm/, { timeout: 120_000 });
  await expect(page.locator('pre')).toContainText('<score-partwise version="4.0">');
  await expect(page.locator('pre')).toContainText('<pitch>');
  await expect(room.getByRole('region', { name: 'Engraved score' }).locator('.note').first()).toBeVisible();

  // The visitor's own things are not touched.
  const kept = await room.locator('#app').evaluate(async () => ({
    databases: await indexedDB.databases(),
    storage: Object.keys(localStorage),
  }));
  expect(kept).toEqual({ databases: [], storage: [] });

  // What is no music is an error with a code.
  await page.getByLabel('Page of music').setInputFiles({
    name: 'words.png',
    mimeType: 'image/png',
    buffer: Buffer.from('these are words'),
  });
  await expect(page.locator('output')).toHaveText(/^not_a_picture: /);
});

test('the frame takes the colours of its host, and parts can be left out', async ({
  page,
  host,
  baseURL,
}) => {
  const ours = new URL(baseURL ?? '').origin;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${host}?scoreline=${baseURL}`);
  const demo = page.locator('scoreline-demo[room="read"]');
  const html = demo.locator('iframe').contentFrame().locator('html');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(html).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(html).toHaveAttribute('data-theme', 'light');
  // The camera is passed on where the host says so, to our origin alone.
  await demo.evaluate((element) => element.setAttribute('camera', ''));
  await expect(demo.locator('iframe')).toHaveAttribute(
    'allow',
    `autoplay ${ours}; clipboard-write ${ours}; camera ${ours}`,
  );
  await demo.evaluate((element) => element.setAttribute('hide', 'samples,link'));
  await expect(html.getByRole('heading', { name: 'Photograph, drop or paste a page' })).toBeVisible();
  await expect(html.getByRole('heading', { name: 'Or try one of ours' })).toBeHidden();
  await expect(html.getByRole('link', { name: /Scoreline/ })).toBeHidden();
});

test('only what is made to be framed may be framed', async ({ page, host, request }) => {
  for (const path of ['./', 'read/'])
    expect((await request.get(path)).headers()['content-security-policy']).toContain(
      "frame-ancestors 'none'",
    );
  expect((await request.get('embed/read/')).headers()['content-security-policy']).toContain(
    'frame-ancestors *',
  );

  // A host without headers, under a path: the room shows nothing but a way out, the embedded one works.
  await page.goto(host);
  const framed = async (path: string) => {
    await page.evaluate((src) => {
      document.body.innerHTML = '';
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
    }, path);
    return page.locator('iframe').contentFrame();
  };
  const room = await framed('plain/read/');
  await expect(room.getByRole('link')).toHaveText('Open Scoreline in a tab of its own');
  await expect(room.getByRole('button')).toHaveCount(0);
  const embedded = await framed('plain/embed/read/');
  await expect(embedded.getByRole('button', { name: 'Choose a picture' })).toBeVisible();
});
