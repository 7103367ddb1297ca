import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp from 'sharp';
import type { GreyImage } from '../../src/page/image.ts';
import { inspectPhoto, type PhotoProblem } from '../../src/page/photo-file.ts';
import { problemText } from '../../src/ui/words.ts';
import { shrinkImage } from './shrink.ts';

/** The most pixels that are kept; larger photos are scaled. */
export const MAX_KEPT_PIXELS = 24e6;

/** A decoded photo: `shrunk` is by how much its sides were divided, `note` a remark for its owner. */
export type DecodedFile =
  | { ok: true; image: GreyImage; shrunk: number; note?: string }
  | { ok: false; message: string };

/** Reads a picture file as grey levels, upright by its EXIF orientation; of an animation its first frame. */
export async function decodeFile(file: string, maxPixels = MAX_KEPT_PIXELS): Promise<DecodedFile> {
  const name = basename(file);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  const found = inspectPhoto(bytes, name);
  const readable =
    found.ok || found.code === 'animated' || found.code === 'too_many_pixels' || found.code === 'too_small';
  if (!readable) return refuse(found.code, found.detail);
  const decoded = await decode(bytes).catch(() => undefined);
  if (!decoded) {
    const format = found.ok ? found.format : '';
    const unknown = format === 'heic' || format === 'avif' || format === 'tiff';
    return refuse(unknown ? 'unsupported_format' : 'undecodable', format);
  }
  const { image, shrunk } = shrinkToLimit(decoded, maxPixels);
  const note = found.ok ? undefined : NOTES[found.code];
  return { ok: true, image, shrunk, ...(note === undefined ? {} : { note }) };
}

const NOTES: Readonly<Partial<Record<PhotoProblem, string>>> = {
  animated: 'this picture moves; its first frame is read',
  too_small: 'this picture is too small to show music',
};

function refuse(...[code, detail]: Parameters<typeof problemText>): DecodedFile {
  const { title, advice } = problemText(code, detail);
  return { ok: false, message: `${title} ${advice}` };
}

// Luma by ITU-R BT.601, as the page computes it.
const LUMA: [number, number, number] = [77 / 256, 150 / 256, 29 / 256];

async function decode(bytes: Buffer): Promise<GreyImage> {
  const { data, info } = await sharp(bytes, {
    limitInputPixels: false,
    failOn: 'truncated',
    page: 0,
    pages: 1,
  })
    .rotate()
    .flatten({ background: '#fff' })
    .recomb([LUMA, LUMA, LUMA])
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

function shrinkToLimit(image: GreyImage, maxPixels: number): { image: GreyImage; shrunk: number } {
  const shrunk = Math.sqrt((image.width * image.height) / maxPixels);
  if (shrunk <= 1) return { image, shrunk: 1 };
  const width = Math.max(1, Math.floor(image.width / shrunk));
  return { image: shrinkImage(image, width, Math.max(1, Math.floor(image.height / shrunk))), shrunk };
}
