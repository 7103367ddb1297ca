import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { CHECKS } from '../tools/check-musicxml/checks.ts';
import { NAME, openKeptPiece } from './kept-piece.ts';
import { expect, overflowsSideways, save, test } from './visit.ts';

const tools = (page: Page) => page.getByRole('toolbar', { name: 'Correct the selected symbol' });
const names = (photo: Locator) =>
  photo.getByRole('option').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));

test('a bar that does not add up is marked with what it lacks, checked, and put right', async ({ page }) => {
  const { score, inspector } = await openKeptPiece(page);
  const sign = score.getByRole('button', { name: 'one quarter short' });
  await expect(sign).toBeVisible();
  await expect(page.getByText('1 bar, 1 symbol to check')).toBeVisible();

  await page.getByRole('button', { name: 'Next to check' }).click();
  await expect(inspector).toContainText('Does not add up: one quarter short');
  await expect(inspector.getByRole('button', { name: /half note.*fills the bar.*8\s%/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(sign).toBeHidden();

  await page.getByRole('listbox').focus();
  await page.keyboard.press('n');
  await expect(inspector).toContainText('Whole note, F4');
  await expect(inspector).toContainText('50 % sure');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing to check')).toBeVisible();
});

test('titles out of files are text and nothing else, and what is exported opens in other programs', async ({
  page,
}, info) => {
  page.on('dialog', () => expect(true, 'a script out of a title ran').toBe(false));
  const { score } = await openKeptPiece(page);
  await expect(page.getByRole('textbox', { name: 'Name of the piece' })).toHaveValue(NAME);
  await score.getByRole('button', { name: 'one quarter short' }).click();
  await page.keyboard.press('1');
  await expect(page.getByText('1 symbol to check')).toBeVisible();

  const { name, bytes } = await save(page, /^MusicXML \.musicxml/);
  expect(name).toBe('Rondo img src=x onerror=alert(1) & Co.musicxml');
  expect(bytes.toString()).toContain('Rondo &lt;img src=x');
  const folder = info.outputPath('checks');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'rondo.musicxml');
  writeFileSync(file, bytes);
  for (const { name: program, run } of CHECKS) {
    const outcome = await run([file], folder);
    if ('complaints' in outcome) expect(outcome.complaints, program).toEqual([]);
    else info.annotations.push({ type: program, description: `skipped, ${outcome.skipped}` });
  }
});

test('an octave line that was seen is flagged where it is, as it is not read', async ({ page }) => {
  const { photo, score, inspector } = await openKeptPiece(page);
  await expect(photo.getByText('8va: not read')).toBeVisible();
  const note = score.getByRole('listitem').filter({ hasText: 'An octave line was seen above staff 1' });
  await note.getByRole('button', { name: 'Show' }).click();
  await expect(inspector).toContainText('note, ');
  await expect(score).toContainText('Not read, and so not here: lyrics, dynamics');
});

test('staves that are not heard stay so with the piece', async ({ page }) => {
  await openKeptPiece(page);
  await page.getByRole('button', { name: 'Staves', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Staff 2' }).uncheck();
  await page.waitForTimeout(1000);
  await page.reload();
  await page.getByRole('button', { name: 'Staves', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Staff 1' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Staff 2' })).not.toBeChecked();
});

test('a device that shares is handed the files', async ({ page }) => {
  await page.addInitScript(() => {
    const shared: string[] = [];
    Object.assign(window, { shared });
    Object.assign(Navigator.prototype, {
      canShare: () => true,
      share: async ({ files = [] }: ShareData) =>
        shared.push(...files.map(({ name, type, size }) => `${name} ${type} ${size > 0}`)),
    });
  });
  await openKeptPiece(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: /^Share MusicXML/ }).click();
  await expect
    .poll(() => page.evaluate(() => ('shared' in window ? window.shared : [])))
    .toEqual([expect.stringMatching(/^Rondo .*\.musicxml .*xml true$/)]);
});

test('pages are dropped and pasted anywhere', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  await expect(page.getByRole('button', { name: /Choose a picture/ })).toBeVisible();
  const hand = (kind: 'dragover' | 'drop' | 'paste', name: string) =>
    page.evaluate(
      ([type, file]) => {
        const data = new DataTransfer();
        data.items.add(new File(['words'], file, { type: 'image/png' }));
        const how = { bubbles: true, cancelable: true };
        document.body.dispatchEvent(
          type === 'paste'
            ? new ClipboardEvent(type, { ...how, clipboardData: data })
            : new DragEvent(type, { ...how, dataTransfer: data }),
        );
      },
      [kind, name] as const,
    );
  await hand('dragover', 'dropped.png');
  await expect(page.getByText('Drop it to read it')).toBeVisible();
  await hand('drop', 'dropped.png');
  await expect(page.getByRole('alert')).toContainText('“dropped.png” is not a picture', { timeout: 60_000 });
  await expect(page.getByText('Drop it to read it')).toBeHidden();
  await hand('paste', 'pasted.png');
  await expect(page.getByRole('alert')).toContainText('“pasted.png” is not a picture', { timeout: 60_000 });
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test('everything is corrected by touch, undone to what was read, and still there after a reload', async ({
    page,
  }) => {
    const { photo, inspector } = await openKeptPiece(page);
    const asRead = await names(photo);
    const tapSymbol = async (name: RegExp) => {
      const box = await photo.getByRole('option', { name }).first().boundingBox();
      if (!box) throw new Error('the symbol is out of sight');
      await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    };
    const tool = (name: string) => tools(page).getByRole('button', { name, exact: true });
    const choose = async (menu: string, item: string) => {
      await tool(menu).tap();
      await page.getByRole(/^(Insert)$/.test(menu) ? 'menuitem' : 'menuitemradio', { name: item }).tap();
      await expect(page.getByRole('menu')).toHaveCount(0);
    };

    // The first note: pitch, accidental, length, voice, rest; then to all that were read alike.
    await tapSymbol(/^quarter note, A4/);
    await expect(inspector).toContainText('Quarter note, A4');
    await tool('Octave higher').tap();
    await expect(inspector).toContainText('Quarter note, A5');
    await tool('Flat').tap();
    await expect(inspector).toContainText('A flat 5');
    await choose('Length', 'half note');
    await expect(inspector).toContainText('Half note, A flat 5');
    await tool('Other voice').tap();
    await expect(inspector).toContainText('lower voice');
    await tool('Turn into a rest').tap();
    await expect(inspector).toContainText('Half rest');
    await tools(page)
      .getByRole('button', { name: /^All alike: \d/ })
      .tap();
    await expect
      .poll(async () => (await names(photo)).filter((name) => /rest/.test(name ?? '')).length)
      .toBeGreaterThan(1);

    // Another note behind it, and away again; then a bass clef for this bar alone.
    await choose('Insert', 'Note after this');
    await expect(inspector).toContainText('added by you');
    await tool('Delete').tap();
    await expect(photo.getByRole('option')).toHaveCount(asRead.length);
    await choose('Insert', 'Clef, key or metre…');
    const sheet = page.getByRole('dialog', { name: 'Clef, key or metre from here' });
    await sheet.locator('select').nth(1).selectOption('bass clef');
    await sheet.locator('select').nth(2).selectOption('this bar only');
    expect(await overflowsSideways(page)).toBe(false);
    await sheet.getByRole('button', { name: 'Change' }).tap();
    await expect.poll(async () => (await names(photo)).filter((name) => name === 'bass clef').length).toBe(2);

    const undo = page.getByRole('button', { name: 'Undo' });
    while (await undo.isEnabled()) await undo.tap();
    await expect.poll(() => names(photo)).toEqual(asRead);
    await page.waitForTimeout(1000);
    await page.reload();
    await expect.poll(() => names(photo)).toEqual(asRead);
    await page.getByRole('button', { name: 'Redo' }).tap();
    await expect.poll(() => names(photo)).not.toEqual(asRead);
  });
});
