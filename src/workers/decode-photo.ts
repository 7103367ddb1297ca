import type { GreyImage } from '../page/image.ts';
import { checkSize, inspectPhoto, type PhotoProblem } from '../page/photo-file.ts';

/** Pictures beyond this are scaled down while they are drawn: no page needs more. */
export const MAX_KEPT_PIXELS = 24e6;
/** Rows drawn and turned grey at a time, so that the colours of a large photo are never all in memory. */
const STRIP = 512;

export type DecodedPhoto = { ok: true; image: GreyImage } | { ok: false; code: PhotoProblem; detail: string };

/** A photo as grey levels, upright by its EXIF orientation. What the browser cannot open is told apart by its bytes. */
export async function decodePhoto(photo: Blob, name: string): Promise<DecodedPhoto> {
  const found = inspectPhoto(new Uint8Array(await photo.arrayBuffer()), name);
  if (!found.ok) return found;
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' }).catch(() => null);
  if (!bitmap) {
    const unknown = found.format === 'heic' || found.format === 'tiff' || found.format === 'avif';
    return { ok: false, code: unknown ? 'unsupported_format' : 'undecodable', detail: found.format };
  }
  try {
    return checkSize(bitmap.width, bitmap.height) ?? { ok: true, image: greyOf(bitmap) };
  } finally {
    bitmap.close();
  }
}

function greyOf(bitmap: ImageBitmap): GreyImage {
  const shrink = Math.min(1, Math.sqrt(MAX_KEPT_PIXELS / (bitmap.width * bitmap.height)));
  const width = Math.max(1, Math.floor(bitmap.width * shrink));
  const height = Math.max(1, Math.floor(bitmap.height * shrink));
  const canvas = new OffscreenCanvas(width, Math.min(STRIP, height));
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (!context) throw new Error('this browser gives no 2D canvas to workers');
  context.imageSmoothingQuality = 'high';
  const data = new Uint8Array(width * height);
  for (let top = 0; top < height; top += STRIP) {
    const rows = Math.min(STRIP, height - top);
    // Transparent parts of a picture are paper.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top, width, height);
    writeGrey(context.getImageData(0, 0, width, rows).data, data.subarray(top * width));
  }
  return { width, height, data };
}

/** Luma by ITU-R BT.601 in integers, of RGBA pixels. */
export function writeGrey(rgba: Uint8ClampedArray, into: Uint8Array): void {
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 1) {
    const red = rgba[from] ?? 0;
    const green = rgba[from + 1] ?? 0;
    const blue = rgba[from + 2] ?? 0;
    into[to] = (red * 77 + green * 150 + blue * 29 + 128) >> 8;
  }
}
