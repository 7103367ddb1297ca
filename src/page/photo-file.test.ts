import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectPhoto } from './photo-file.ts';

const grey = sharp({ create: { width: 120, height: 90, channels: 3, background: '#999' } });
const text = (content: string) => new TextEncoder().encode(content);

describe('looking at a file that is said to be a photo', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff'] as const)('knows a %s and its size', async (format) => {
    const bytes = await grey.clone().toFormat(format).toBuffer();
    const found = inspectPhoto(bytes, 'page.jpg');
    expect(found).toMatchObject({ ok: true, format });
    if (found.ok && format !== 'webp') expect([found.width, found.height]).toEqual([120, 90]);
  });

  it('reads the size of a progressive JPEG', async () => {
    const bytes = await grey.clone().jpeg({ progressive: true }).toBuffer();
    expect(inspectPhoto(bytes)).toMatchObject({ ok: true, width: 120, height: 90 });
  });

  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('notices a %s that breaks off', async (format) => {
    const noise = sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    });
    const bytes = await noise.toFormat(format).toBuffer();
    expect(inspectPhoto(bytes.subarray(0, bytes.length / 2))).toMatchObject({ ok: false, code: 'truncated' });
  });

  it('does not believe names', () => {
    expect(inspectPhoto(text('Dear diary'), 'page.png')).toEqual({
      ok: false,
      code: 'not_a_picture',
      detail: 'page.png',
    });
    expect(inspectPhoto(text('not a PDF'), 'score.pdf')).toMatchObject({ code: 'broken_pdf' });
    expect(inspectPhoto(text('%PDF-1.7 …'), 'photo.jpg')).toMatchObject({ code: 'pdf' });
    expect(inspectPhoto(new Uint8Array(), 'photo.jpg')).toMatchObject({ code: 'empty_file' });
  });

  it('refuses a moving GIF', async () => {
    const frames = await Promise.all(
      ['#000', '#fff'].map((background) =>
        sharp({ create: { width: 80, height: 80, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(inspectPhoto(bytes)).toMatchObject({ code: 'animated' });
  });

  it('refuses what is too small or too large before anything decodes it', async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    expect(inspectPhoto(dot)).toMatchObject({ code: 'too_small', detail: '1 × 1' });
    const huge = Buffer.from(dot);
    huge.writeUInt32BE(20_000, 16);
    huge.writeUInt32BE(10_000, 20);
    expect(inspectPhoto(huge)).toMatchObject({ code: 'too_many_pixels', detail: '200' });
  });

  it('knows HEIC by its brand', () => {
    const bytes = new Uint8Array([0, 0, 0, 24, ...text('ftypheic'), 0, 0, 0, 0]);
    expect(inspectPhoto(bytes)).toMatchObject({ ok: true, format: 'heic' });
  });
});
