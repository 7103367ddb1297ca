import { expectClean } from './accessible.ts';
import { sentences } from './kept-run.ts';
import { expect, overflowsSideways, test } from './visit.ts';

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
  for (let stop = 1; stop <= 6; stop++) {
    const card = page.getByRole('dialog');
    await expect(card.getByText(`${stop} of 6`)).toBeInViewport();
    await expect(card.getByRole('heading')).toBeInViewport();
    if (stop < 6) await card.getByRole('button', { name: 'Next' }).click();
  }
  // It led through all views.
  await expect(page).toHaveURL(/view=your-log/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Tour' })).toBeFocused();
});
