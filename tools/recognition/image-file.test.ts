import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeFile } from './image-file.ts';
import { shrinkImage } from './shrink.ts';

const folder = mkdtempSync(join(tmpdir(), 'scoreline-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: Uint8Array | string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const red = { r: 255, g: 0, b: 0 };
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red }, limitInputPixels: false });

describe('a picture file', () => {
  test('becomes grey by the luma that the page uses, upright by its EXIF orientation', async () => {
    const turned = await picture(80, 100).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    const decoded = await decodeFile(fileOf('turned.jpg', turned));
    expect(decoded).toMatchObject({ ok: true, shrunk: 1, image: { width: 100, height: 80 } });
    expect(decoded.ok && Math.abs((decoded.image.data[0] ?? 0) - 77)).toBeLessThanOrEqual(1);
  });

  test('of one channel or with transparency is read too, on white', async () => {
    const grey = await picture(70, 70).greyscale().png().toBuffer();
    expect(await decodeFile(fileOf('grey.png', grey))).toMatchObject({ ok: true });
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const empty = await sharp({ create: { width: 70, height: 70, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const decoded = await decodeFile(fileOf('clear.png', empty));
    expect(decoded.ok && decoded.image.data[99]).toBe(255);
  });

  test('of more pixels than are kept is scaled', async () => {
    const decoded = await decodeFile(fileOf('large.png', await picture(1000, 300).png().toBuffer()), 24e3);
    expect(decoded.ok).toBe(true);
    if (!decoded.ok) return;
    expect(decoded.image.width * decoded.image.height).toBeLessThanOrEqual(24e3);
    expect(decoded.image.width * decoded.shrunk).toBeCloseTo(1000, -1);
  });

  test('that moves is read by its first frame, with a remark', async () => {
    const levels = Uint8Array.from({ length: 80 * 160 }, (_, i) => (i < 80 * 80 ? 255 : (i * 7) % 256));
    const raw = { width: 80, height: 160, channels: 1, pageHeight: 80 } as const;
    const moving = await sharp(levels, { raw }).gif().toBuffer();
    expect(await decodeFile(fileOf('moving.gif', moving))).toMatchObject({
      ok: true,
      image: { width: 80, height: 80 },
      note: 'this picture moves; its first frame is read',
    });
  });

  test('of one pixel is a picture: that it has no music is for the reader to say', async () => {
    const dot = await picture(1, 1).png().toBuffer();
    expect(await decodeFile(fileOf('dot.png', dot))).toMatchObject({
      ok: true,
      image: { width: 1, height: 1 },
    });
  });
});

describe('a file that is no picture', () => {
  test.each([
    ['text.png', 'Dear diary', /not a picture/],
    ['paper.pdf', '%PDF-1.7 …', /PDF/],
    ['none.pdf', 'no document', /named as a PDF/],
    ['empty.jpg', '', /empty/],
    ['phone.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', /HEIC/],
  ])('%s is refused in words', async (name, content, words) => {
    const decoded = await decodeFile(fileOf(name, content));
    expect(decoded.ok ? '' : decoded.message).toMatch(words);
  });

  test('is refused if it breaks off, does not exist or is a folder', async () => {
    const whole = await picture(200, 200).jpeg().toBuffer();
    const half = await decodeFile(fileOf('half.jpg', whole.subarray(0, whole.length - 200)));
    expect(half.ok ? '' : half.message).toMatch(/breaks off/);
    expect(await decodeFile(join(folder, 'nowhere.png'))).toMatchObject({ ok: false });
    expect(await decodeFile(folder)).toMatchObject({ ok: false });
  });
});

describe('shrinking', () => {
  test('averages the area that each pixel covers, in parts too', () => {
    const image = { width: 3, height: 2, data: Uint8Array.from([0, 90, 180, 0, 90, 180]) };
    expect([...shrinkImage(image, 3, 1).data]).toEqual([0, 90, 180]);
    // 1.5 pixels each: 0 and half of 90, half of 90 and 180.
    expect([...shrinkImage(image, 2, 1).data]).toEqual([30, 150]);
  });

  test('leaves an even picture even', () => {
    const image = { width: 101, height: 57, data: new Uint8Array(101 * 57).fill(123) };
    expect(new Set(shrinkImage(image, 37, 19).data)).toEqual(new Set([123]));
  });
});
