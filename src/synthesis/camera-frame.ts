import type { GreyImage } from '../page/image.ts';
import { type Projection, projectionOf } from './camera-geometry.ts';
import type { CameraRecipe } from './camera-recipe.ts';

/** Box of everything that is printed, px, from every fourth row and column. */
function inkBox({ width, height, data }: GreyImage): {
  left: number;
  top: number;
  right: number;
  bottom: number;
} {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width; x += 2) {
      if ((data[y * width + x] ?? 255) > 128) continue;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      if (y > box.bottom) box.bottom = y;
    }
  }
  return box.right > box.left ? box : { left: 0, top: 0, right: width, bottom: height };
}

/** The frame around the wanted part of the sheet, at the wanted staff space. */
export function frameOf(
  page: GreyImage,
  recipe: CameraRecipe,
  { space, maxPixels = 3_200_000 }: { space: number; maxPixels?: number },
): { projection: Projection; width: number; height: number } {
  const { framing, paper, profile } = recipe;
  const tall = Math.max(1, page.height / page.width / TALL);
  const pose = { ...recipe.pose, distance: recipe.pose.distance * tall };
  const size = { width: page.width, height: page.height };
  if (profile === 'none') {
    const centred = { left: -page.width / 2, top: -page.height / 2 };
    return { projection: { pose, page: size, scale: 1, ...centred }, ...size };
  }
  const margin = paper.margin * page.width;
  const box = framing.whole
    ? { left: -margin, top: -margin, right: page.width + margin, bottom: page.height + margin }
    : inkBox(page);
  const flat = { pose, page: size, left: 0, top: 0 };
  const unit = projectionOf({ ...flat, scale: 1 });
  const seen = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let k = 0; k <= 16; k++) {
    const x = box.left + ((box.right - box.left) * k) / 16;
    const y = box.top + ((box.bottom - box.top) * k) / 16;
    for (const [px, py] of [
      [x, box.top],
      [x, box.bottom],
      [box.left, y],
      [box.right, y],
    ] as const) {
      const p = unit(px, py, { x: 0, y: 0 });
      seen.left = Math.min(seen.left, p.x);
      seen.right = Math.max(seen.right, p.x);
      seen.top = Math.min(seen.top, p.y);
      seen.bottom = Math.max(seen.bottom, p.y);
    }
  }
  const across = seen.right - seen.left;
  const left = seen.left - framing.left * across;
  const right = seen.right + framing.right * across;
  const top = seen.top - framing.top * across;
  const bottom = seen.bottom + framing.bottom * across;
  const wanted = recipe.staffSpace / space;
  const fitting = Math.sqrt(maxPixels / ((right - left) * (bottom - top)));
  const scale = Math.min(wanted, Math.max(fitting, LEAST_SHRUNK_SPACE / space));
  const width = Math.max(16, Math.round((right - left) * scale));
  const height = Math.max(16, Math.round((bottom - top) * scale));
  // A page that is still too large is taken in part.
  const shown = Math.min(height, Math.floor(maxPixels / width));
  return {
    projection: {
      ...flat,
      scale,
      left: left * scale,
      top: top * scale + Math.round((height - shown) * recipe.framing.part),
    },
    width,
    height: shown,
  };
}

/** Pages are not shrunk below this staff space to keep within the wanted number of pixels, px. */
const LEAST_SHRUNK_SPACE = 10;
/** Height to width from which the camera stands further back. */
const TALL = 1.4;
