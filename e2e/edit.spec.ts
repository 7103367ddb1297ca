import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { choosePhoto, expect, readToEnd, save, test } from './visit.ts';

const SHORT = fileURLToPath(new URL('./fixtures/short-staff.png', import.meta.url));

/** Moves along the photo's symbols until one that is called so is selected; returns its name. */
async function select(page: Page, name: RegExp): Promise<string> {
  await page.getByRole('listbox', { name: 'Symbols on the photo' }).focus();
  const selected = page.getByRole('option', { selected: true });
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 12; i++) {
    const label = (await selected.getAttribute('aria-label')) ?? '';
    if (name.test(label)) return label;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error(`no symbol is called ${name}`);
}

const pitches = (musicXml: string) =>
  [...musicXml.matchAll(/<step>(.)<\/step>[\s\S]*?<octave>(\d)<\/octave>/g)].map(
    ([, step, octave]) => `${step}${octave}`,
  );

test('what was read is corrected, undone, kept over a reload, and exported', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SHORT);
  await readToEnd(page);
  const score = page.getByRole('region', { name: 'Engraved score' });
  await expect(score.locator('.note').first()).toBeVisible();

  // Selecting ties photo and engraving together; a key changes the pitch in both.
  const read = await select(page, /half note/);
  const inspector = page.getByRole('region', { name: 'Selected symbol' });
  const selected = page.getByRole('option', { selected: true });
  await expect(score.locator('[data-selected]')).toHaveCount(1);
  await page.keyboard.press('ArrowUp');
  await expect(inspector).toContainText('corrected by you');
  const higher = (await selected.getAttribute('aria-label')) ?? '';
  expect(higher).not.toBe(read);
  await expect(score.locator('[data-selected]')).toHaveCount(1);

  // Undo and redo, by keys and by buttons.
  await page.keyboard.press('Control+z');
  await expect(selected).toHaveAttribute('aria-label', read);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(selected).toHaveAttribute('aria-label', higher);

  // What else it might be is one click, or one key, away: the first is what was read.
  await inspector.getByRole('button', { name: /as read/ }).click();
  await expect(selected).toHaveAttribute('aria-label', read);
  await page.keyboard.press('Control+z');
  await expect(selected).toHaveAttribute('aria-label', higher);

  // Tools for fingers do the same as keys.
  const tools = page.getByRole('toolbar', { name: 'Correct the selected symbol' });
  await tools.getByRole('button', { name: 'Sharp' }).click();
  await expect(selected).toHaveAttribute('aria-label', /sharp/);
  await tools.getByRole('button', { name: 'Dot' }).click();
  await expect(selected).toHaveAttribute('aria-label', /dotted half note/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys for correcting' })).toBeVisible();
  await page.keyboard.press('Escape');

  // The piece comes back with its edits, under its new name, from the address and from the list.
  await page.getByRole('textbox', { name: 'Name of the piece' }).fill('Small song');
  await page.keyboard.press('Enter');
  const label = (await selected.getAttribute('aria-label')) ?? '';
  await page.waitForTimeout(1000);
  await page.reload();
  await expect(page.getByRole('option', { name: label })).toBeAttached();
  await page.getByRole('button', { name: 'All pieces', exact: true }).click();
  await page.getByRole('button', { name: /Small song.*corrections/ }).click();
  await expect(page.getByRole('option', { name: label })).toBeAttached();

  // The file holds the edit.
  await expect(score.locator('.note').first()).toBeVisible();
  const file = (await save(page, /^MusicXML \.musicxml/)).bytes.toString();
  const name = / ([A-G]) sharp (\d)/.exec(label)?.slice(1).join('');
  expect(pitches(file)).toContain(name);
  expect(file).toContain('<alter>1</alter>');
  expect(file).toContain('<dot');
});

test('pieces are carried away as one file, deleted, and brought back', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SHORT);
  await readToEnd(page);
  await page.getByRole('button', { name: 'All pieces', exact: true }).click();
  const piece = page.getByRole('button', { name: /^short-staff.*1 page/ });
  await expect(piece).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'All pieces', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Export all' }).click();
  const file = await readFile(await (await download).path());
  expect(file.subarray(0, 2).toString()).toBe('PK');

  // The menu closes slowly on a busy machine, and “Delete all” is in it.
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.getByRole('button', { name: 'More for short-staff' }).click();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(piece).toBeHidden();

  const input = page.locator('input[type=file][accept*=zip]');
  await input.setInputFiles({ name: 'pieces.zip', mimeType: 'application/zip', buffer: file });
  await expect(piece).toBeVisible();
  await input.setInputFiles({ name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await expect(page.getByText('This file holds no pieces.')).toBeVisible();

  // All at once; then there is nothing but the way to bring them back.
  await page.getByRole('button', { name: 'All pieces', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete all' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete all' }).click();
  await expect(piece).toBeHidden();
  await expect(page.getByRole('button', { name: 'Import pieces from another device' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Import pieces from another device' })).toBeVisible();
  await expect(piece).toBeHidden();
});

test('where the browser keeps nothing, work goes on and says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SHORT);
  await readToEnd(page);
  await expect(page.getByText('This browser keeps nothing for this site')).toBeVisible();
  await select(page, /half note/);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Selected symbol' })).toContainText('corrected by you');
});
