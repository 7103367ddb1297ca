import { expect, test } from './visit.ts';

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
