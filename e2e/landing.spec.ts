import { fileURLToPath } from 'node:url';
import { landingScripts } from '../tools/bench/landing-files.ts';
import { expect, overflowsSideways, test } from './visit.ts';

const DIST = process.env.E2E_DIST ?? fileURLToPath(new URL('../dist/', import.meta.url));

test('the home page needs at most 120 kB of script, gzipped, and loads no more than that', async ({
  page,
}) => {
  const { files, bytes } = landingScripts(DIST);
  expect(bytes).toBeLessThanOrEqual(120_000);
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname.slice(1));
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const script of scripts) expect([...files, 'service-worker.js', 'sw.js']).toContain(script);
});

test('the home page shows what each room does and leads into it', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('img', { name: /A photographed staff/ })).toBeVisible();
  const distillation = page.getByRole('switch', { name: 'Distillation' });
  if (await distillation.isVisible()) {
    const recall = page.locator('figure p strong');
    const plain = await recall.textContent();
    await distillation.click();
    await expect(distillation).toBeChecked();
    await expect(recall).not.toHaveText(plain ?? '');
  }
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflowsSideways(page)).toBe(false);
  await page.getByRole('link', { name: 'Open the ranking room' }).click();
  await expect(page).toHaveURL(/\/rank\/$/);
  await page.goBack();
  await page.getByRole('link', { name: 'Open the reading room' }).click();
  await expect(page).toHaveURL(/\/read\/$/);
});

test('the home page is seen before its script arrives, in the colours that were chosen', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await context.route(/assets\/main-.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const distillation = page.getByRole('switch', { name: 'Distillation' });
  await expect(distillation).not.toBeChecked();
  letThrough();
  // What was drawn comes to life where it stands.
  await expect(async () => {
    await distillation.click();
    await expect(distillation).toBeChecked({ timeout: 100 });
  }).toPass();
});

test('settings hold in every room and over visits', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await settings.getByRole('radio', { name: 'C D E F G A H' }).check();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await page.goto('read/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(settings.getByRole('radio', { name: 'C D E F G A H' })).toBeChecked();
});

test.describe('in German', () => {
  test.use({ locale: 'de-AT' });

  test('the page speaks the visitor’s language until another one is chosen', async ({ page }) => {
    await page.goto('./');
    const html = page.locator('html');
    await expect(html).toHaveAttribute('lang', 'de');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Notenseite');
    await page.goto('read/');
    await expect(page).toHaveTitle('Lesen · Scoreline');
    await expect(page.getByRole('button', { name: 'Foto aufnehmen' })).toBeVisible();
    await page.goto('embed/read/?lang=en');
    await expect(page.getByRole('button', { name: 'Take a photo' })).toBeVisible();
    // Rank is written in English alone, and says so to screen readers.
    await page.goto('rank/');
    await expect(html).toHaveAttribute('lang', 'en');

    await page.goto('read/');
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await expect(page.getByText('Wie hier üblich: C D E F G A H')).toBeVisible();
    await page.getByRole('radio', { name: 'English' }).click();
    await expect(page.getByRole('button', { name: 'Take a photo' })).toBeVisible();
    await expect(html).toHaveAttribute('lang', 'en');
  });
});
