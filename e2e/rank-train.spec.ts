import { entropiesOf, expectAlike, keptRun, playInNode, sentences } from './kept-run.ts';
import { expect, test } from './visit.ts';

const PATIENCE = 240_000;

test('a seed and settings that nobody has run are trained here, to the figures of Node', async ({ page }) => {
  await page.goto('rank/?backend=wasm&rows=2000&days=1');
  await page.getByLabel('Seed', { exact: true }).fill('23');
  await page.getByRole('slider', { name: 'w', exact: true }).fill('2.5');
  await page.getByRole('slider', { name: 'Delay' }).fill('2');
  await expect(page).toHaveURL(/seed=23/);
  await expect(page).toHaveURL(/w=2\.5/);
  await page.getByRole('button', { name: /Train here with 2.000 a day/ }).click();
  await expect(page.getByRole('progressbar', { name: 'Training' })).toBeVisible();
  await expect(sentences(page)).toContainText('Trained here, on WebAssembly', { timeout: PATIENCE });
  await expect(sentences(page)).toContainText('On day 1');

  const { settings, days } = await keptRun(page);
  expect(settings).toMatchObject({
    seed: 23,
    streamDays: 1,
    distillation: { w: 2.5 },
    teacher: { delay: 2 },
  });
  expectAlike(entropiesOf(days), entropiesOf(await playInNode(settings)));

  // The link alone brings the settings back, and the device its days.
  await page.reload();
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('23');
  await expect(sentences(page)).toContainText('Trained here, on WebAssembly');
});

test('a tab that is closed while it trains loses the day in progress at most', async ({ page, context }) => {
  const address = 'rank/?backend=wasm&rows=2000&days=4&w=3';
  await page.goto(address);
  await page.getByRole('button', { name: /Train here with 2.000 a day/ }).click();
  await expect(sentences(page)).toContainText('Over days 1 to 2', { timeout: PATIENCE });
  await page.close();

  const next = await context.newPage();
  await next.goto(address);
  await expect(sentences(next)).toContainText(/Over days 1 to [23]/);
  const before = await keptRun(next);
  expect(before.days.length).toBeGreaterThanOrEqual(2);
  await next.getByRole('button', { name: 'Train here', exact: true }).click();
  await expect(sentences(next)).toContainText('Over days 1 to 4', { timeout: PATIENCE });
  const after = await keptRun(next);
  // The days before are the same ones, down to the last bit: they were not trained again.
  expect(after.days.slice(0, before.days.length)).toEqual(before.days);
  expectAlike(entropiesOf(after.days), entropiesOf(await playInNode(after.settings)));
});
