/** The photo of a page as the report needs it: pieces of it with what the reader looked at, and how it was taken. */
import sharp from 'sharp';
import type { GreyImage } from '../../src/page/image.ts';
import type { Case, ReadStaff } from './collect.ts';

/** The upright grey photo of a page; nothing where there is none, or not the one that was read. */
export async function photoOf({ image, reading }: Case): Promise<GreyImage | undefined> {
  if (!image) return undefined;
  try {
    const grey = sharp(image).rotate().flatten({ background: '#fff' }).greyscale();
    const { data, info } = await grey.raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    if (reading?.photo && reading.photo.width !== width) return undefined;
    return { width, height, data: new Uint8Array(data) };
  } catch {
    // A picture that cannot be opened does not keep the figures back.
    return undefined;
  }
}

/** The staff cut out of its photo, as HTML: a dot where the reader looked for each symbol, the fuller the less sure it was. */
export async function staffPicture(photo: GreyImage, { box, looks }: ReadStaff): Promise<string> {
  const [x, y, boxWidth, boxHeight] = box.map(Math.round);
  if (x === undefined || y === undefined || !boxWidth || !boxHeight) return '';
  // A box holds the five lines: six spaces above and below show what stands on ledger lines.
  const margin = Math.round(1.5 * boxHeight);
  const [left, top] = [Math.max(0, x), Math.max(0, y - margin)];
  const width = Math.min(boxWidth, photo.width - left);
  const height = Math.min(boxHeight + 2 * margin, photo.height - top);
  if (width < 1 || height < 1) return '';
  const raw = { width: photo.width, height: photo.height, channels: 1 as const };
  const jpeg = await sharp(photo.data, { raw })
    .extract({ left, top, width, height })
    .resize({ width: 1200, withoutEnlargement: true })
    .jpeg({ quality: 70 })
    .toBuffer();
  const radius = boxHeight / 16;
  const dots = looks.map(
    ({ x: cx, y: cy, p, text }) =>
      `<circle cx="${cx - left}" cy="${cy - top}" r="${radius}" fill-opacity="${(0.2 + 0.8 * (1 - p)).toFixed(2)}"><title>${text} ${p.toFixed(2)}</title></circle>`,
  );
  const picture = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  return `<svg viewBox="0 0 ${width} ${height}"><image href="${picture}" width="${width}" height="${height}"/>${dots.join('')}</svg>`;
}
