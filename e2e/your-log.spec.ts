import { open } from 'node:fs/promises';
import { expect, test } from './visit.ts';

const file = (name: string, text: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

/** Open Bandit's columns, made small: three ads at random in three places; the first is clicked more than the others. */
const OPEN_BANDIT = [
  ',timestamp,item_id,position,click,propensity_score,user_feature_0,user-item_affinity_0',
  ...Array.from({ length: 900 }, (_, i) => {
    const ad = i % 3;
    const click = (ad === 0 && i % 4 === 0) || i % 50 === 1 ? 1 : 0;
    const time = new Date(Date.UTC(2019, 10, 24) + i * 600_000).toISOString().replace('T', ' ');
    return `${i},${time.replace('Z', '+00:00')},${ad},${1 + (i % 3)},${click},0.333333,u${i % 7},0.${i % 9}`;
  }),
].join('\n');

/** A file of two gigabytes that takes no room on the disk. */
async function hugeFile(path: string): Promise<string> {
  const file = await open(path, 'w');
  await file.write('click,user\n1,a\n');
  await file.truncate(2 ** 31);
  await file.close();
  return path;
}

test('a log is read, learnt from and judged in the page; a bad file leaves it there', async ({
  page,
}, info) => {
  await page.goto('rank/?view=your-log&backend=wasm');
  const input = page.locator('input[type=file]');
  await input.setInputFiles(file('shop.csv', OPEN_BANDIT));
  await expect(page.getByRole('heading', { name: 'shop.csv' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: /Clicks a hundred impressions/ })).toBeVisible();
  await expect(page.getByText('900 rows from 24 Nov 2019')).toBeVisible();

  await page.getByRole('button', { name: 'Train a VM on it' }).click();
  await expect(page.getByRole('heading', { name: 'What other policies would have brought' })).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByText(/normalised entropy/).first()).toBeVisible();

  // The same figures as a table, and as a file.
  await page.getByRole('button', { name: '“Position effect” as a table' }).click();
  await expect(page.getByRole('cell', { name: 'Position 1' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the figures of “Position effect” as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('position-effect.csv');

  const alert = page.getByRole('alert');
  for (const [bad, message] of [
    [file('empty.csv', ''), /empty\.csv: The file is empty/],
    [file('none.csv', 'click,user\n0,a\n0,b\n'), /None of the 2 rows is positive/],
    [file('all.csv', 'click,user\n1,a\n1,b\n'), /All 2 rows are positive/],
    [file('tilde.csv', 'click~user\n1~a\n0~b\n'), /Only one column .* separated by/],
    [await hugeFile(info.outputPath('huge.csv')), /huge\.csv: The file has 2\.0 GB/],
    [
      file('wide.csv', `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`),
      /has 10000 columns/,
    ],
    [file('log.zip', 'PK\x03\x04 and what is packed'), /This is a ZIP archive/],
    [file('rows.json', '{"click": 1}\n{"click": 0}\n'), /This is JSON/],
    [file('prose.txt', 'words\nwithout\ncolumns\n'), /Only one column/],
    [file('photo.bin', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 32))), /binary/],
  ] as const) {
    await input.setInputFiles(bad);
    const load = page.getByRole('button', { name: 'Load the log' });
    // What is only found out by reading it all is found after the columns are confirmed.
    await expect(alert.filter({ hasText: message }).or(load).first()).toBeVisible();
    if (await load.isVisible()) await load.click();
    await expect(alert.filter({ hasText: message })).toContainText('still here');
    const cancel = page.getByRole('button', { name: 'Cancel' });
    if (await cancel.isVisible()) await cancel.click();
    await expect(page.getByRole('heading', { name: 'shop.csv' })).toBeVisible();
  }
});

test('any other layout is mapped by hand, with a warning where a column leaks the label', async ({
  page,
}) => {
  await page.goto('rank/?view=your-log&backend=wasm');
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${1494032000 + i},u${i % 9},a${i % 4},${i % 5 ? 0 : 1},${i % 5 ? 0 : 9}`,
  );
  const text = ['when,who,ad_id,clicked,revenue', ...rows].join('\n');
  await page.locator('input[type=file]').setInputFiles(file('own.csv', `${text}\nbroken\n`));
  await expect(page.getByText('This would leak the label')).toBeVisible({ timeout: 60_000 });
  await page.getByLabel('Use as: revenue').selectOption('none');
  await expect(page.getByText('This would leak the label')).toBeHidden();
  await page.getByRole('button', { name: 'Load the log' }).click();
  await expect(page.getByText('1 row could not be used. The first is line 62')).toBeVisible();
});

test('comments before the columns are left out, and times that are all equal are explained', async ({
  page,
}) => {
  await page.goto('rank/?view=your-log&backend=wasm');
  const rows = Array.from({ length: 60 }, (_, i) => `2019-11-24,a${i % 4},${i % 5 ? 0 : 1}`);
  const text = ['# exported by hand', '', 'date,ad_id,clicked', ...rows].join('\n');
  await page.locator('input[type=file]').setInputFiles(file('noted.csv', text));
  await expect(page.getByText('A comment line before the rows was left out').first()).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Load the log' }).click();
  await expect(page.getByText('All rows have the same time, 24 Nov 2019')).toBeVisible();
  await page.getByRole('button', { name: 'Train a VM on it' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('none comes before another');
  await expect(alert).toContainText('choose another column for the time, or none');

  // As it says.
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByLabel('Time to split').selectOption('');
  await page.getByRole('button', { name: 'Load the log' }).click();
  await page.getByRole('button', { name: 'Train a VM on it' }).click();
  await expect(page.getByRole('figure', { name: 'Calibration on the later part' })).toBeVisible({
    timeout: 120_000,
  });
});
