import type { GreyImage, Point } from '../page/image.ts';
import { drawRecipe } from './camera-draw.ts';
import { frameOf } from './camera-frame.ts';
import { projectionOf, sourceGrid } from './camera-geometry.ts';
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
  const source = projection.scale < 0.85 ? once(softenedPages, page, softened) : page;
  const reverse = recipe.paper.showThrough ? once(reversePages, page, reversePage) : page;
  const [exposed, spare] = planes(width, height);
  exposeSheet(source, reverse, grid, light, recipe, options.space, exposed);
  addSpecks(exposed, recipe, projection);
  const [seen, free] = throughLens(exposed, recipe, options.space * projection.scale, spare);
  if (recipe.monitor) addMonitor(seen, recipe.monitor);
  const image = develop(seen, recipe, free.data);
  const project = projectionOf(projection);
  return {
    photo: image,
    toPhoto: (point) => project(point.x, point.y, { x: 0, y: 0 }),
    description: recipe,
  };
}

/** What is made of a page once and serves all of its pictures. */
const softenedPages = new WeakMap<GreyImage, GreyImage>();
const reversePages = new WeakMap<GreyImage, GreyImage>();

function once(
  known: WeakMap<GreyImage, GreyImage>,
  page: GreyImage,
  make: (p: GreyImage) => GreyImage,
): GreyImage {
  const made = known.get(page) ?? make(page);
  known.set(page, made);
  return made;
}

// Fresh planes of this size cost more than what is computed in them: their pages fault one by one.
let workspace = [new Float32Array(0), new Float32Array(0)];

/** Two planes to work in, whose content is what earlier pictures left there; no picture outlives its `develop`. */
function planes(width: number, height: number): [Plane, Plane] {
  const size = width * height;
  if ((workspace[0]?.length ?? 0) < size) workspace = workspace.map(() => new Float32Array(size));
  const [one, other] = workspace.map((data) => ({ width, height, data: data.subarray(0, size) }));
  return [one as Plane, other as Plane];
}

/** The blurred picture, and the plane that is left over. */
function throughLens(plane: Plane, { optics }: CameraRecipe, space: number, spare: Plane): [Plane, Plane] {
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
  return [from, to];
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
