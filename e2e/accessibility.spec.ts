import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expectClean } from './accessible.ts';
import { choosePhoto, expect, readToEnd, SAMPLE, test } from './visit.ts';

const PDF = fileURLToPath(new URL('fixtures/scan.pdf', import.meta.url));
const wall = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: '#ddd' } })
    .png()
    .toBuffer();

for (const colorScheme of ['light', 'dark'] as const)
  test(`every state is accessible in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('./');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectClean(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    await expectClean(page);

    for (const frame of ['embed/read/', 'embed/rank/']) {
      await page.goto(frame);
      await expect(page.getByRole('link', { name: /Scoreline/ })).toBeVisible();
      await expectClean(page);
    }

    await page.goto('read/?backend=wasm');
    await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
    await expectClean(page);

    await choosePhoto(page, SAMPLE);
    await expect(page.getByRole('timer')).toBeVisible();
    await expectClean(page);
    await readToEnd(page);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('region', { name: 'Selected symbol' })).toBeVisible();
    await expectClean(page);

    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    // An open menu floats over the page, outside its landmarks.
    await expectClean(page, ['region']);
    await page.keyboard.press('Escape');

    // Dialogs: a camera that is missing, the pages of a PDF, the corners of a page that shows no staves.
    await page.goto('read/?backend=wasm');
    await page.getByRole('button', { name: 'Take a photo' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    await expectClean(page);
    await page.keyboard.press('Escape');
    await choosePhoto(page, PDF);
    await expect(page.getByRole('dialog', { name: 'Which pages' }).locator('img')).toHaveCount(2);
    await expectClean(page);
    await page.keyboard.press('Escape');
    await choosePhoto(page, { name: 'wall.png', mimeType: 'image/png', buffer: await wall() });
    await expect(page.getByRole('alert')).toContainText('No staves', { timeout: 60_000 });
    await expectClean(page);
    await page.getByRole('button', { name: 'Set the corners by hand' }).click();
    await expect(page.getByRole('dialog', { name: 'corners' })).toBeVisible();
    await expectClean(page);
    await page.keyboard.press('Escape');

    await choosePhoto(page, { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('words') });
    await expect(page.getByRole('alert')).toContainText('not a picture');
    await expectClean(page);
  });
