/** A photo with what was read drawn over it, as a new picture: nothing of the file that it came in (place, date, camera) is in it. */
import glyphs from './glyphs.json' with { type: 'json' };
import { type Mark, type Shape, staffMarks } from './marks.ts';
import { type StaffState, shownTokens } from './staves.ts';
import type { Page } from './store.ts';

export const PICTURE_FORMATS = ['jpg', 'png'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

const GLYPHS: Record<string, { d: string; cx: number } | undefined> = glyphs;
/** Units of the glyphs to a staff space. */
const UNITS = 250;
/** More pixels than this make no canvas on phones. */
const MOST_PIXELS = 16e6;
/** How much of the photo is left under the symbols. */
const FADED = 0.45;

/**
 * The upright photo of a page with its symbols in the colours of their certainty.
 * @throws Error if the browser cannot draw it
 */
export async function annotatedPhoto(
  photo: Blob,
  { size, rotation }: Pick<Page, 'size' | 'rotation'>,
  staves: readonly StaffState[],
  format: PictureFormat,
): Promise<Blob> {
  if (!size) throw new Error('the photo has no size yet');
  const shrink = Math.min(1, Math.sqrt(MOST_PIXELS / (size.width * size.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * shrink);
  canvas.height = Math.round(size.height * shrink);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no 2D canvas');
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const colour = (name: string) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--photo-${name}`).trim();
  context.scale(shrink, shrink);
  context.fillStyle = colour('paper');
  context.fillRect(0, 0, size.width, size.height);
  drawUpright(context, bitmap, size, rotation);
  bitmap.close();
  for (const staff of staves)
    for (const mark of staffMarks(staff.place, shownTokens(staff)))
      drawMark(context, mark, colour(mark.certainty));
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Error('the picture was not written'));
    canvas.toBlob(done, format === 'jpg' ? 'image/jpeg' : 'image/png', 0.9);
  });
}

function drawUpright(
  context: CanvasRenderingContext2D,
  bitmap: ImageBitmap,
  { width, height }: { width: number; height: number },
  rotation: Page['rotation'],
): void {
  const swapped = rotation % 180 !== 0;
  const [w, h] = swapped ? [height, width] : [width, height];
  context.save();
  context.translate(width / 2, height / 2);
  context.rotate((rotation * Math.PI) / 180);
  context.globalAlpha = FADED;
  context.drawImage(bitmap, -w / 2, -h / 2, w, h);
  context.restore();
}

/** The space around a symbol in doubt is ringed, as on the page: colour is never alone. */
function drawMark(context: CanvasRenderingContext2D, mark: Mark, colour: string): void {
  context.save();
  context.translate(mark.x, mark.y);
  context.rotate((mark.angle * Math.PI) / 180);
  context.scale(mark.space, mark.space);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  if (mark.certainty !== 'sure') {
    context.lineWidth = 0.14;
    context.setLineDash(mark.certainty === 'unsure' ? [0.5, 0.4] : []);
    context.beginPath();
    context.arc(0, mark.around.y, mark.around.r, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
  }
  for (const shape of mark.shapes) drawShape(context, shape);
  context.restore();
}

function drawShape(context: CanvasRenderingContext2D, shape: Shape): void {
  switch (shape.kind) {
    case 'glyph': {
      const glyph = GLYPHS[shape.name];
      if (!glyph) return;
      const scale = shape.scale / UNITS;
      context.save();
      context.translate(shape.x - glyph.cx * scale, shape.y);
      context.scale(scale, scale);
      context.fill(new Path2D(glyph.d));
      context.restore();
      return;
    }
    case 'line':
      context.lineWidth = shape.width;
      context.beginPath();
      context.moveTo(shape.x1, shape.y1);
      context.lineTo(shape.x2, shape.y2);
      context.stroke();
      return;
    case 'curve':
      context.lineWidth = 0.18;
      context.stroke(new Path2D(`M${shape.x} ${shape.y}q${shape.width / 2} ${shape.bend} ${shape.width} 0`));
      return;
    case 'dot':
      context.beginPath();
      context.arc(shape.x, shape.y, shape.r, 0, 2 * Math.PI);
      context.fill();
      return;
    case 'text':
      context.font = 'italic 1.9px serif';
      context.textAlign = 'center';
      context.fillText(shape.text, shape.x, shape.y);
  }
}
