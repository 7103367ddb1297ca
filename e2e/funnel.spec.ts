import type { Page } from '@playwright/test';
import { expect, test } from './visit.ts';

/** Tab leads from the tools of each chart into its drawing, whose first and last figures are read by keys. */
async function readEveryChart(page: Page, least: number): Promise<void> {
  const figures = await page.getByRole('figure').all();
  expect(figures.length).toBeGreaterThanOrEqual(least);
  for (const figure of figures) {
    await figure.getByRole('button', { name: /as a picture/ }).focus();
    await page.keyboard.press('Tab');
    const reader = figure.getByRole('slider', { name: /arrow keys/ });
    await expect(reader).toBeFocused();
    await page.keyboard.press('End');
    const last = (await reader.getAttribute('aria-valuetext')) ?? '';
    expect(last).not.toBe('');
    await page.keyboard.press('Home');
    await expect(reader).not.toHaveAttribute('aria-valuetext', last);
  }
}

test('the home page’s figure opens Rank at the same request and at the same recall', async ({ page }) => {
  await page.goto('./');
  const figure = page.getByRole('figure').filter({ hasText: 'Distillation' });
  await expect(figure).toContainText('when the site was built');
  const request = figure.getByRole('link', { name: /Look into this request/ });
  await expect(request).toHaveAttribute('href', /early=multi-task/);
  await figure.getByRole('switch', { name: 'Distillation' }).click();
  await expect(request).toHaveAttribute('href', /early=distilled/);
  const drawn = await request.getByRole('img').getAttribute('aria-label');
  const found = Number(/; (\d) of the five/.exec(drawn ?? '')?.[1]);
  const recall = await figure.getByRole('paragraph').locator('strong').textContent();

  await request.click();
  await expect(page.getByRole('heading', { name: /^Request \d+ of 63$/ })).toBeVisible({ timeout: 180_000 });
  const lost = page.getByText(`${5 - found} of the final stage’s five best`);
  await expect(lost).toBeVisible();

  await page.goto('./');
  await figure.getByRole('switch', { name: 'Distillation' }).click();
  await figure.getByRole('link', { name: 'See it at every cut' }).click();
  await expect(
    page.getByText(new RegExp(`At a cut of 50, .* passes on ${recall?.replace(/\s/, '\\s')}`)),
  ).toBeVisible({
    timeout: 180_000,
  });
});

test('Pass on draws recall against the cut, Look ranks one request again', async ({ page }) => {
  await page.goto('rank/?view=pass-on&backend=wasm');
  const cut = page.getByRole('slider', { name: /Drag, use the arrow keys, or type the Cut/ });
  await expect(cut).toBeVisible({ timeout: 180_000 });
  const sentence = page.getByText(/At a cut of 50, .* passes on/);
  await expect(sentence).toBeVisible();
  await cut.press('ArrowRight');
  await expect(page.getByText(/At a cut of 51, /)).toBeVisible();
  await expect(page).toHaveURL(/cut=51/);
  await page.getByRole('spinbutton', { name: 'Cut' }).fill('400');
  await expect(page.getByText(/At a cut of 400, .* passes on 100\s%/)).toBeVisible();

  await page.goto('rank/?view=look&backend=wasm&cut=50');
  await expect(page.getByRole('heading', { name: 'Request 4 of 63' })).toBeVisible({ timeout: 180_000 });
  await expect(page.getByText(/\d of the final stage’s five best are not among the 50/)).toBeVisible();
  await page.keyboard.press(']');
  await expect(page.getByRole('heading', { name: 'Request 5 of 63' })).toBeVisible();
  const bid = page.getByLabel('Bid, currency');
  await bid.fill('900');
  await expect(page.getByText(/Your changes move ad \d+ from early rank/)).toBeVisible();
  // The link holds what was changed.
  await expect(page).toHaveURL(/request=5&ad=\d+&edit=bid%3A\d+%3A900/);
  await page.reload();
  await expect(page.getByText(/Your changes move ad \d+ from early rank/)).toBeVisible({ timeout: 180_000 });
  await expect(bid).toHaveValue('900');
  await page.getByRole('button', { name: 'Undo all changes' }).click();
  await expect(page.getByText(/Your changes move/)).toBeHidden();
});

test('every chart of Pass on and Look is read by keyboard, a line from left to right', async ({ page }) => {
  test.setTimeout(600_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('rank/?view=pass-on&backend=wasm');
  await expect(page.getByText(/In auctions replayed/)).toBeVisible({ timeout: 240_000 });
  await page.getByRole('button', { name: 'Value and cost' }).click();
  const value = page.getByRole('slider', { name: /Value against cost/ });
  const at = async () => {
    const [, name, cut] = /^(.*?), cut (\d+)/.exec((await value.getAttribute('aria-valuetext')) ?? '') ?? [];
    return { name, cut: Number(cut) };
  };
  await value.press('Home');
  let before = await at();
  for (let step = 0; step < 4; step++) {
    await value.press('ArrowRight');
    await expect.poll(async () => (await at()).cut).toBeGreaterThan(before.cut);
    const now = await at();
    expect(now.name).toBe(before.name);
    before = now;
  }
  await value.press('ArrowDown');
  await expect.poll(async () => (await at()).name).not.toBe(before.name);
  await value.press('ArrowUp');
  await expect.poll(async () => (await at()).name).toBe(before.name);

  const panels = page.getByRole('group', { name: 'Chart', exact: true }).getByRole('button');
  for (const panel of await panels.all()) {
    await panel.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('figure').nth(1)).toBeVisible();
    await readEveryChart(page, 2);
  }

  await page.getByRole('link', { name: 'Look' }).click();
  await expect(page.getByRole('heading', { name: /Request 4 of/ })).toBeVisible();
  await readEveryChart(page, 2);
});
