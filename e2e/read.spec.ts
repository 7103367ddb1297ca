import { choosePhoto, expect, overflowsSideways, readToEnd, SAMPLE, save, test } from './visit.ts';

test('a photo becomes symbols, a score and files, on WebAssembly', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SAMPLE);

  // Staves first, then symbols as they come.
  const photo = page.getByRole('region', { name: 'Photo', exact: true });
  await expect(photo.locator('polygon').first()).toBeAttached({ timeout: 60_000 });
  await readToEnd(page);
  const symbols = photo.getByRole('option');
  expect(await symbols.count()).toBeGreaterThan(20);
  await expect(page.getByRole('button', { name: 'WebAssembly' })).toBeVisible();

  // The engraving has the same notes, and selecting ties the two together.
  const score = page.getByRole('region', { name: 'Engraved score' });
  await expect(score.locator('.note').first()).toBeVisible();
  const listbox = page.getByRole('listbox', { name: 'Symbols on the photo' });
  await listbox.focus();
  const selected = photo.getByRole('option', { selected: true });
  await page.keyboard.press('ArrowRight');
  await expect(selected).toHaveAttribute('aria-label', /clef|bar line|signature|note|rest/);
  for (let i = 0; i < 12 && !/note/.test((await selected.getAttribute('aria-label')) ?? ''); i++)
    await page.keyboard.press('ArrowRight');
  await expect(score.locator('[data-selected]')).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Selected symbol' })).toContainText('sure');
  // Names of notes follow the settings at once, wherever they stand.
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'do re mi fa sol la si' }).check();
  await expect(selected).toHaveAttribute('aria-label', /note, (do|re|mi|fa|sol|la|si) /);
  await page.keyboard.press('Escape');
  await score.locator('.note').nth(3).locator('.notehead').click();
  await expect(selected).toHaveAttribute('aria-label', /note/);

  // Files of all formats.
  const musicXml = await save(page, /^MusicXML \.musicxml/);
  expect(musicXml.name).toBe('bass-line.musicxml');
  expect(musicXml.bytes.toString()).toMatch(/<score-partwise version="4\.0">[\s\S]*<pitch>/);
  expect((await save(page, /compressed/)).bytes.subarray(0, 2).toString()).toBe('PK');
  expect((await save(page, /MIDI/)).bytes.subarray(0, 4).toString()).toBe('MThd');
  const semantic = (await save(page, /Semantic/)).bytes.toString().trimEnd().split('\n');
  expect(semantic).toHaveLength(await photo.locator('polygon').count());
  for (const line of semantic) expect(line).toMatch(/^clef-\S+ keySignature-\S+/);
});

test('a reading can be stopped, and the earlier page is still there', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SAMPLE);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Choose a picture' })).toBeVisible();
  await expect(page.getByRole('alert').locator('p')).toHaveCount(0);
});

test('a sample is one click away and says where it comes from', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  await expect(page.getByText('our own camera simulator')).toBeVisible();
  await page.getByRole('button', { name: /Bass line/ }).click();
  await expect(page.getByRole('timer')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
});

test('a phone of 360 pixels shows everything without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const address of ['./', 'read/']) {
    await page.goto(address);
    await expect(page.getByRole('heading').first()).toBeAttached();
    expect(await overflowsSideways(page)).toBe(false);
  }
  await choosePhoto(page, SAMPLE);
  await expect(page.getByRole('timer')).toBeVisible();
  expect(await overflowsSideways(page)).toBe(false);
  await page.getByRole('button', { name: 'Stop' }).click();
});
