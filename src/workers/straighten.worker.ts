/** The straightening worker: shows the page between four corners of a photo upright and flat. */
import { flatSize, flatten, type Quad } from '../page/homography.ts';
import { MAX_KEPT_PIXELS } from './decode-photo.ts';
import { parseOr } from './schema.ts';
import { type StraightenReply, straightenRequest } from './straighten-protocol.ts';

/** Rows that are computed at a time. */
const STRIP = 256;

self.onmessage = async ({ data }: MessageEvent<unknown>) => {
  const request = parseOr(straightenRequest, data);
  if (!request) return;
  const reply = await straighten(request.photo, request.corners).catch(
    (error: unknown): StraightenReply => ({ kind: 'failed', message: String(error) }),
  );
  self.postMessage(reply);
};

async function straighten(photo: Blob, corners: Quad): Promise<StraightenReply> {
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const shrink = Math.min(1, Math.sqrt(MAX_KEPT_PIXELS / (bitmap.width * bitmap.height)));
  const width = Math.floor(bitmap.width * shrink);
  const height = Math.floor(bitmap.height * shrink);
  const from = contextOf(width, height);
  from.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const image = from.getImageData(0, 0, width, height);
  const [a, b, c, d] = corners;
  const scaled = ({ x, y }: Quad[number]) => ({ x: x * width, y: y * height });
  const quad: Quad = [scaled(a), scaled(b), scaled(c), scaled(d)];
  const size = flatSize(quad);
  const to = contextOf(size.width, size.height);
  for (let top = 0; top < size.height; top += STRIP) {
    const rows = Math.min(STRIP, size.height - top);
    to.putImageData(new ImageData(flatten(image, quad, size, top, rows), size.width, rows), 0, top);
  }
  return { kind: 'straight', photo: await to.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.93 }) };
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
    alpha: false,
  });
  if (!context) throw new Error('this browser gives no 2D canvas to workers');
  return context;
}
