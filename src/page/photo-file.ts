/**
 * Looks at the first bytes of a file that somebody says is a photo, before anything decodes it: what it really is, how
 * large, and whether it is whole. Pure, so that the page and the command line refuse the same files for the same reasons.
 */

export const PICTURE_FORMATS = ['jpeg', 'png', 'gif', 'webp', 'bmp', 'avif', 'heic', 'tiff'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

export const PHOTO_PROBLEMS = [
  'empty_file',
  'not_a_picture',
  'pdf',
  'broken_pdf',
  'animated',
  'truncated',
  'too_many_pixels',
  'too_small',
  'unsupported_format',
  'undecodable',
] as const;
export type PhotoProblem = (typeof PHOTO_PROBLEMS)[number];

/** Width and height in pixels as stored (before EXIF orientation), 0 where the header does not tell. */
export type PhotoInspection =
  | { ok: true; format: PictureFormat; width: number; height: number }
  | { ok: false; code: PhotoProblem; detail: string };

/** Larger pictures are refused: decoded they would take more than 400 MB. */
export const MAX_PIXELS = 100e6;
/** A staff cannot be read on fewer pixels across. */
export const MIN_SIDE = 64;

export function inspectPhoto(bytes: Uint8Array, name = ''): PhotoInspection {
  if (bytes.length === 0) return refuse('empty_file');
  if (startsWith(bytes, '%PDF-')) return refuse('pdf');
  const found = readHeader(bytes);
  if (!found) return refuse(/\.pdf$/i.test(name) ? 'broken_pdf' : 'not_a_picture', name);
  if (found.frames > 1) return refuse('animated', found.format);
  if (!found.whole) return refuse('truncated', found.format);
  return checkSize(found.width, found.height) ?? { ok: true, ...found };
}

/** Null if a picture of this size can be read; 0 stands for a side that is not known yet. */
export function checkSize(width: number, height: number): Extract<PhotoInspection, { ok: false }> | null {
  if (width * height > MAX_PIXELS)
    return { ok: false, code: 'too_many_pixels', detail: `${Math.round((width * height) / 1e6)}` };
  if (width > 0 && height > 0 && (width < MIN_SIDE || height < MIN_SIDE))
    return { ok: false, code: 'too_small', detail: `${width} × ${height}` };
  return null;
}

function refuse(code: PhotoProblem, detail = ''): PhotoInspection {
  return { ok: false, code, detail };
}

type Header = { format: PictureFormat; width: number; height: number; frames: number; whole: boolean };

function header(
  format: PictureFormat,
  width = 0,
  height = 0,
  { frames = 1, whole = true }: { frames?: number; whole?: boolean } = {},
): Header {
  return { format, width, height, frames, whole };
}

function readHeader(bytes: Uint8Array): Header | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, '\xff\xd8\xff')) return readJpeg(bytes, view);
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return readPng(view);
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return readGif(bytes, view);
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return readWebp(bytes, view);
  if (startsWith(bytes, 'BM') && bytes.length >= 26)
    return header('bmp', Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true)));
  if (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*')) return readTiff(view);
  if (startsWith(bytes, 'ftyp', 4)) return readIsoMedia(bytes);
  return null;
}

function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Walks the segments to the frame header; the picture is whole if its scan is followed by an end marker. */
function readJpeg(bytes: Uint8Array, view: DataView): Header {
  let width = 0;
  let height = 0;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) return header('jpeg', width, height, { whole: hasMarker(bytes, 0xd9, at) });
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && at + 9 <= bytes.length) {
      height = view.getUint16(at + 5);
      width = view.getUint16(at + 7);
    }
    at += 2 + view.getUint16(at + 2);
  }
  return header('jpeg', width, height, { whole: false });
}

/** Within a scan 0xff is always followed by 0 or a restart marker, so a marker found is a real one. */
function hasMarker(bytes: Uint8Array, marker: number, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === marker) return true;
  return false;
}

/** Walks the chunks: `acTL` tells the number of frames of an animation, `IEND` that nothing is missing. */
function readPng(view: DataView): Header | null {
  if (view.byteLength < 24) return header('png', 0, 0, { whole: false });
  let frames = 1;
  let whole = false;
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === 0x6163544c && at + 12 <= view.byteLength) frames = view.getUint32(at + 8);
    if (type === 0x49454e44) whole = true;
  }
  return header('png', view.getUint32(16), view.getUint32(20), { frames, whole });
}

/** Walks the blocks and counts the images. */
function readGif(bytes: Uint8Array, view: DataView): Header {
  if (bytes.length < 13) return header('gif', 0, 0, { whole: false });
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const skipBlocks = (from: number) => {
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    return at + 1;
  };
  let frames = 0;
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (at < bytes.length && bytes[at] !== 0x3b) {
    if (bytes[at] === 0x2c) {
      frames += 1;
      at = skipBlocks(at + 11 + tableBytes(bytes[at + 9] ?? 0));
    } else if (bytes[at] === 0x21) at = skipBlocks(at + 2);
    else break;
  }
  return header('gif', view.getUint16(6, true), view.getUint16(8, true), {
    frames,
    whole: frames > 0 && at <= bytes.length,
  });
}

/** The extended form has the canvas size and an animation bit; the simple forms are left to the decoder. */
function readWebp(bytes: Uint8Array, view: DataView): Header {
  const whole = bytes.length >= 12 && view.getUint32(4, true) + 8 <= bytes.length;
  if (!startsWith(bytes, 'VP8X', 12) || bytes.length < 30) return header('webp', 0, 0, { whole });
  const width = 1 + (view.getUint32(24, true) & 0xffffff);
  const height = 1 + (view.getUint32(26, true) >>> 8);
  return header('webp', width, height, { whole, frames: (bytes[20] ?? 0) & 2 ? 2 : 1 });
}

/** Width (tag 256) and height (tag 257) of the first image directory. */
function readTiff(view: DataView): Header {
  const little = view.getUint8(0) === 0x49;
  const result = header('tiff');
  if (view.byteLength < 8) return { ...result, whole: false };
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return { ...result, whole: false };
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > view.byteLength) break;
    const tag = view.getUint16(at, little);
    const isShort = view.getUint16(at + 2, little) === 3;
    const value = isShort ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little);
    if (tag === 256) result.width = value;
    if (tag === 257) result.height = value;
  }
  return result;
}

function readIsoMedia(bytes: Uint8Array): Header | null {
  const brand = String.fromCharCode(...bytes.subarray(8, 12));
  if (/^avi[fs]$/.test(brand)) return header('avif');
  return /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand) ? header('heic') : null;
}
