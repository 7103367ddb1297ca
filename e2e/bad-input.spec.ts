import sharp from 'sharp';
import { choosePhoto, expect, readToEnd, SAMPLE, test } from './visit.ts';

type File = { name: string; mimeType: string; buffer: Buffer };

const file = (name: string, mimeType: string, buffer: Buffer | string): File => ({
  name,
  mimeType,
  buffer: Buffer.from(buffer),
});
const plain = (side: number, background = '#eee') =>
  sharp({ create: { width: side, height: side, channels: 3, background } });

async function badFiles(): Promise<[File, RegExp][]> {
  const dot = await plain(1).png().toBuffer();
  const huge = Buffer.from(dot);
  huge.writeUInt32BE(20_000, 16);
  huge.writeUInt32BE(10_000, 20);
  const jpeg = await sharp(SAMPLE).jpeg().toBuffer();
  const frames = await Promise.all(['#000', '#fff'].map((colour) => plain(100, colour).png().toBuffer()));
  const stripes = await sharp(SAMPLE).resize(900).blur(25).jpeg().toBuffer();
  return [
    [file('notes.png', 'image/png', 'these are words'), /not a picture/],
    [file('score.pdf', 'application/pdf', 'no pdf at all'), /named as a PDF/],
    [file('dot.png', 'image/png', dot), /only 1 × 1 pixels/],
    [file('huge.png', 'image/png', huge), /200 megapixels/],
    [file('half.jpg', 'image/jpeg', jpeg.subarray(0, jpeg.length / 2)), /breaks off/],
    [
      file(
        'moving.gif',
        'image/gif',
        await sharp(frames, { join: { animated: true } })
          .gif()
          .toBuffer(),
      ),
      /picture moves/,
    ],
    [
      file('photo.heic', 'image/heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')),
      /HEIC pictures cannot be opened/,
    ],
    [file('empty.jpg', 'image/jpeg', ''), /is empty/],
    [file('blurred.jpg', 'image/jpeg', stripes), /No staves/],
    [file('wall.jpg', 'image/jpeg', await plain(800).jpeg().toBuffer()), /No staves/],
  ];
}

test('what cannot be read is told apart, in words, and the earlier page is kept', async ({ page }) => {
  await page.goto('read/?backend=wasm');
  const files = await badFiles();
  const alert = page.getByRole('alert');

  // Into the empty room first, then over a page that was read.
  const [first] = files;
  if (first) {
    await choosePhoto(page, first[0]);
    await expect(alert).toContainText(first[1]);
    await expect(alert).toContainText('Nothing was changed');
  }
  await choosePhoto(page, SAMPLE);
  await readToEnd(page);
  const symbols = page.getByRole('option');
  const before = await symbols.count();
  expect(before).toBeGreaterThan(0);
  for (const [bad, message] of files) {
    await choosePhoto(page, bad);
    await expect(alert).toContainText(message, { timeout: 60_000 });
    await expect(alert).toContainText('still here');
    await expect(symbols).toHaveCount(before);
  }
});

test('weights that do not arrive are an error with a way out', async ({ page, context }) => {
  await context.route(/models\/tromr\/manifest\.json/, (route) =>
    route.fulfill({ json: { format: 'other' } }),
  );
  await page.goto('read/?backend=wasm');
  await choosePhoto(page, SAMPLE);
  await expect(page.getByRole('alert')).toContainText('weights', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Copy report' })).toBeVisible();
});
