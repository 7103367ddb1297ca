import type { GreyImage, Point } from '../page/image.ts';
import { drawRecipe } from './camera-draw.ts';
import { type Projection, projectionOf, sourceGrid } from './camera-geometry.ts';
import { focusAt, lightGrid } from './camera-light.ts';
import { defocus, motionBlur, type Plane } from './camera-optics.ts';
import type { CameraProfile, CameraRecipe } from './camera-recipe.ts';
import { addMonitor, develop } from './camera-sensor.ts';
import { exposeSheet, reversePage } from './camera-sheet.ts';
import { addSpecks } from './camera-specks.ts';
import type { Random } from './random.ts';

export type CameraOptions = {
  /** Staff space of the page image, px. */
  space: number;
  profile?: CameraProfile;
  /** 1 is the usual mix; smaller is kinder. */
  severity?: number;
  /** Photos are kept below this many pixels by a smaller scale, then by showing a part of the page. */
  maxPixels?: number;
};

export type Photograph = {
  photo: GreyImage;
  /** Page px to photo px, both with pixel centres at halves. */
  toPhoto: (point: Point) => Point;
  description: CameraRecipe;
};

/** Photographs an engraved page: draws how, then takes the picture. */
export function photograph(page: GreyImage, random: Random, options: CameraOptions): Photograph {
  return takePhoto(page, drawRecipe(random, options.profile ?? 'photo', options.severity), options);
}

/** Takes the picture that a recipe describes: nothing is left to chance here. */
export function takePhoto(page: GreyImage, recipe: CameraRecipe, options: CameraOptions): Photograph {
  const { projection, width, height } = frameOf(page, recipe, options);
  const photo = { width, height };
  const grid = sourceGrid(projection, width, height);
  const light = lightGrid(recipe, grid, photo, page);
  const source = projection.scale < 0.85 ? softened(page) : page;
  const reverse = recipe.paper.showThrough ? reversePage(page) : page;
  let plane = exposeSheet(source, reverse, grid, light, recipe, options.space, photo);
  const spare: Plane = { width, height, data: new Float32Array(width * height) };
  addSpecks(plane, recipe, projection);
  plane = throughLens(plane, recipe, options.space * projection.scale, spare);
  if (recipe.monitor) addMonitor(plane, recipe.monitor);
  const image = develop(plane, recipe, plane === spare ? new Float32Array(width * height) : spare.data);
  const project = projectionOf(projection);
  return {
    photo: image,
    toPhoto: (point) => project(point.x, point.y, { x: 0, y: 0 }),
    description: recipe,
  };
}

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
function frameOf(
  page: GreyImage,
  recipe: CameraRecipe,
  { space, maxPixels = 3_200_000 }: CameraOptions,
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

function throughLens(plane: Plane, { optics }: CameraRecipe, space: number, spare: Plane): Plane {
  let [from, to] = [plane, spare];
  const swap = () => {
    [from, to] = [to, from];
  };
  if (optics.defocus * space > 0.25) {
    defocus(from, optics.defocus * space, to.data);
    swap();
  }
  if (optics.motion) {
    motionBlur(from, optics.motion.x * space, optics.motion.y * space, to.data);
    swap();
  }
  if (optics.uneven) {
    const { direction, offset, defocus: sigma } = optics.uneven;
    defocus(from, sigma * space, to.data);
    const { width, height } = plane;
    for (let y = 0; y < height; y++) {
      for (let left = 0; left < width; left += 8) {
        const part = focusAt(direction, offset, (left + 4) / width, y / height);
        const until = y * width + Math.min(width, left + 8);
        for (let k = y * width + left; k < until; k++) {
          from.data[k] = (from.data[k] ?? 0) * (1 - part) + (to.data[k] ?? 0) * part;
        }
      }
    }
  }
  return from;
}

/** Binomial blur before the page is made smaller, against aliases. */
function softened(page: GreyImage): GreyImage {
  const { width, height } = page;
  const across = new Uint8Array(page.data);
  for (let k = 1; k + 1 < across.length; k++) {
    across[k] = ((page.data[k - 1] ?? 0) + 2 * (page.data[k] ?? 0) + (page.data[k + 1] ?? 0) + 2) >> 2;
  }
  const data = new Uint8Array(across);
  for (let k = width; k + width < data.length; k++) {
    data[k] = ((across[k - width] ?? 0) + 2 * (across[k] ?? 0) + (across[k + width] ?? 0) + 2) >> 2;
  }
  return { width, height, data };
}
