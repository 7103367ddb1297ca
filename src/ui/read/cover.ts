/** Width and height of a cover, px. */
const WIDTH = 240;
const HEIGHT = 180;
/** Photos are opened no wider than this: browsers make them smaller beside the page, the page itself would stand still. */
const OPENED = 960;

/** The top of a page as a small picture, upright by the turn that the reader found; null where no picture can be made. */
export async function coverOf(photo: Blob, rotation: number): Promise<Blob | null> {
  if (typeof createImageBitmap === 'undefined' || typeof OffscreenCanvas === 'undefined') return null;
  const bitmap = await createImageBitmap(photo, {
    imageOrientation: 'from-image',
    resizeWidth: OPENED,
    resizeQuality: 'medium',
  }).catch(() => null);
  if (!bitmap) return null;
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return null;
  const swapped = rotation % 180 !== 0;
  const [width, height] = swapped ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height];
  const scale = Math.max(WIDTH / width, HEIGHT / height);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.imageSmoothingQuality = 'high';
  context.translate(WIDTH / 2, (height * scale) / 2);
  context.rotate((rotation * Math.PI) / 180);
  context.scale(scale, scale);
  context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }).catch(() => null);
}
