import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { choosePhoto, expect, readToEnd, save, test } from './visit.ts';

const SHORT_STAFF = fileURLToPath(new URL('fixtures/short-staff.png', import.meta.url));

/** Notes of a MusicXML file as MIDI keys, in order. */
function keysOf(xml: string): number[] {
  const semitones: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
  return [...xml.matchAll(/<step>(.)<\/step>(?:\s*<alter>(-?\d)<\/alter>)?\s*<octave>(\d)<\/octave>/g)].map(
    ([, step = '', alter = '0', octave = '']) =>
      12 * (Number(octave) + 1) + (semitones[step] ?? 0) + Number(alter),
  );
}

async function xOf(cursor: Locator): Promise<number> {
  return (await cursor.boundingBox())?.x ?? 0;
}

async function read(page: Page): Promise<void> {
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SHORT_STAFF);
  await readToEnd(page);
}

test('what was read is heard, followed on photo and score, and written as it is transposed', async ({
  page,
}) => {
  await read(page);
  const play = page.getByRole('button', { name: 'Play', exact: true });
  const pause = page.getByRole('button', { name: 'Pause' });

  // As slow as it goes, over and over, so that there is time to look.
  const tempo = page.getByRole('slider', { name: /Tempo/ });
  await expect(tempo).toHaveValue('100');
  await tempo.fill('30');
  await page.getByRole('button', { name: 'Loop' }).click();
  await page.getByRole('checkbox', { name: 'Play a part over and over' }).check();
  await page.keyboard.press('Escape');

  await play.click();
  await expect(pause).toBeVisible();
  const onPhoto = page.getByRole('region', { name: 'Photo', exact: true }).locator('[data-cursor]');
  const onScore = page.getByRole('region', { name: 'Engraved score' }).locator('[data-cursor]');
  // A line without width counts as hidden for the test, whatever is seen.
  await expect(onPhoto).not.toHaveCSS('display', 'none');
  await expect(onScore).toBeVisible();
  const [photoStart, scoreStart] = [await xOf(onPhoto), await xOf(onScore)];
  await expect.poll(() => xOf(onPhoto)).not.toBe(photoStart);
  await expect.poll(() => xOf(onScore)).not.toBe(scoreStart);

  // The space bar pauses and goes on.
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Space');
  await expect(play).toBeVisible();
  await page.keyboard.press('Space');
  await expect(pause).toBeVisible();
  await page.keyboard.press('Space');

  // Transposing moves the engraving and the files: E flat major becomes F major.
  const asRead = (await save(page, /^MusicXML \.musicxml/)).bytes.toString();
  await page.getByRole('button', { name: 'Transpose' }).click();
  await page.getByRole('combobox', { name: 'Transpose' }).selectOption('Up: major second');
  await page.keyboard.press('Escape');
  const moved = (await save(page, /^MusicXML \.musicxml/)).bytes.toString();
  expect(keysOf(asRead).length).toBeGreaterThan(0);
  expect(keysOf(moved)).toEqual(keysOf(asRead).map((key) => key + 2));
  const fifths = (xml: string) => Number(/<fifths>(-?\d+)<\/fifths>/.exec(xml)?.[1]);
  expect(fifths(moved)).toBe(fifths(asRead) + 2);

  // A piece is heard as it was set, also on the next visit.
  await page.getByRole('button', { name: 'Metronome' }).click();
  await page.getByRole('button', { name: 'Staves', exact: true }).click();
  await page.getByRole('radio', { name: 'Flute' }).check();
  await page.waitForTimeout(1000);
  await page.reload();
  await expect(tempo).toHaveValue('30');
  await expect(page.getByRole('button', { name: 'Metronome' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Transpose' }).click();
  await expect(page.getByRole('combobox', { name: 'Transpose' })).toHaveValue('2');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Loop' }).click();
  await expect(page.getByRole('checkbox', { name: 'Play a part over and over' })).toBeChecked();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Staves', exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Flute' })).toBeChecked();
});

test('the photo with its symbols is a picture of its own, and the score can be printed', async ({ page }) => {
  await read(page);
  const png = await save(page, /\.png/);
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  const jpg = await save(page, /\.jpg/);
  expect(jpg.bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(jpg.bytes.includes('Exif')).toBe(false);

  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: /^Print/ }).click();
  await expect(page.locator('html[data-printed]')).toBeAttached();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'light');
  await expect(page.locator('[data-sheet] svg').first()).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
});

test('without sound the page says so and does everything else', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'AudioContext'));
  await read(page);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'no sound to offer' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
});
