import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, overflowsSideways, test } from './visit.ts';

async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`),
  ).toEqual([]);
}

const sentences = (page: Page) => page.getByRole('region', { name: 'What you see' });

test('a finished run shows at once, and a control, the pin and the day are in the address', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('rank/?backend=wasm');
  await expect(sentences(page)).toContainText(/normalised entropy .* \(.* to .*\)/);
  await expect(sentences(page)).toContainText(/Computed before, .*20\d\d/);
  await expect(page.getByText(/day (\d+) of \1/)).toBeVisible();
  await expectClean(page);

  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('radio', { name: 'One head' }).click();
  await expect(sentences(page)).toContainText('than in the pinned run');
  await expect(page).toHaveURL(/pin=as-set&?/);
  await expect(page).toHaveURL(/teach=one-head/);

  await page.getByRole('slider', { name: 'Day', exact: true }).fill('3');
  await expect(sentences(page)).toContainText('Over days 1 to 3');
  await expect(page).toHaveURL(/day=3/);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'One head' })).toBeChecked();
  await expect(sentences(page)).toContainText('Over days 1 to 3');
  await expectClean(page);
});

test('settings that nobody has run are trained here, on WebAssembly', async ({ page }) => {
  await page.goto('rank/?backend=wasm&rows=2000&days=1&w=2');
  await page.getByRole('button', { name: /Train here with 2.000 a day/ }).click();
  await expect(page.getByRole('progressbar', { name: 'Training' })).toBeVisible();
  await expect(sentences(page)).toContainText('Trained here, on WebAssembly', { timeout: 240_000 });
  await expect(sentences(page)).toContainText('On day 1');
  await expect(page.getByRole('button', { name: 'Train here', exact: true })).toBeVisible();

  // What was trained is kept on the device.
  await page.reload();
  await expect(sentences(page)).toContainText('Trained here, on WebAssembly');
});

test('the room works on a small screen and by keyboard', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('rank/?backend=wasm');
  await expect(sentences(page)).toContainText('normalised entropy');
  expect(await overflowsSideways(page)).toBe(false);
  await expectClean(page);

  await page.getByRole('button', { name: 'Controls' }).click();
  await expect(page.getByRole('dialog', { name: 'Controls' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Calibration' }).focus();
  await page.keyboard.press('[');
  await expect(page.getByText(/day 13 of 14/)).toBeVisible();

  await page.getByRole('button', { name: 'Tour' }).click();
  for (let stop = 1; stop < 6; stop++) {
    await expect(page.getByText(`${stop} of 6`)).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Tour' })).toBeFocused();
});
