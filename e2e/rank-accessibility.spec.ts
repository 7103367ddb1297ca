import { expectClean } from './accessible.ts';
import { sentences } from './kept-run.ts';
import { expect, test } from './visit.ts';

const LOG = [
  'when,who,ad_id,slot,clicked',
  ...Array.from(
    { length: 400 },
    (_, i) => `${1_494_032_000 + i},u${i % 9},a${i % 4},${1 + (i % 3)},${i % 5 ? 0 : 1}`,
  ),
].join('\n');

// A phone and a desk, in both colours: some parts are drawn for one of them alone.
for (const [colorScheme, width] of [
  ['light', 390],
  ['dark', 390],
  ['dark', 1440],
] as const)
  test(`the views of Rank are accessible in ${colorScheme} colours at ${width} pixels`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await page.goto('rank/?backend=wasm');
    await expect(sentences(page)).toContainText('normalised entropy');
    const charts = page.getByRole('group', { name: 'Main chart' }).getByRole('button');
    for (const chart of await charts.all()) {
      await chart.click();
      await expect(chart).toHaveAttribute('aria-pressed', 'true');
      await expectClean(page);
    }
    await page
      .getByRole('button', { name: /as a table/ })
      .first()
      .click();
    await expectClean(page);

    await page.getByRole('link', { name: 'Pass on' }).click();
    await expect(sentences(page)).toContainText('passes on', { timeout: 240_000 });
    const panels = page.getByRole('group', { name: 'Chart', exact: true }).getByRole('button');
    expect(await panels.count()).toBe(5);
    for (const panel of await panels.all()) {
      await panel.click();
      await expect(page.getByRole('figure').nth(1)).toBeVisible();
      await expectClean(page);
    }

    await page.getByRole('link', { name: 'Look' }).click();
    await expect(page.getByRole('heading', { name: /Request 4 of/ })).toBeVisible();
    // A target that the edge of the view cuts is none: the second chart begins there on a phone.
    await page
      .getByRole('figure', { name: /^Why/ })
      .evaluate((figure) => figure.scrollIntoView({ block: 'center' }));
    await expectClean(page);

    await page.getByRole('link', { name: 'Your log' }).click();
    await expectClean(page);
    const buffer = Buffer.from(LOG);
    await page.locator('input[type=file]').setInputFiles({ name: 'own.csv', mimeType: 'text/csv', buffer });
    await expect(page.getByRole('button', { name: 'Load the log' })).toBeVisible();
    await expectClean(page);
    await page.getByRole('button', { name: 'Load the log' }).click();
    await page.getByRole('button', { name: 'Train a VM on it' }).click();
    await expect(page.getByRole('figure', { name: 'Calibration on the later part' })).toBeVisible({
      timeout: 120_000,
    });
    await expectClean(page);
  });
