import { STEP_BRANCHES } from '../notation/steps.ts';
import { VOCABULARY } from '../notation/token.ts';
import type { GreyImage, Point } from '../page/image.ts';
import { readPage } from '../page/read-page.ts';
import { type Pyramid, pyramid } from '../page/rectify.ts';
import { type CameraOptions, photograph } from './camera.ts';
import type { CameraProfile } from './camera-recipe.ts';
import { cutStaff, drawCut } from './cut-staff.ts';
import type { Random } from './random.ts';
import type { TrainingStaff } from './shard.ts';
import {
  drawErrors,
  type FoundStaff,
  type Mismatch,
  matchStaff,
  NO_ERRORS,
  type PlacedStaff,
  rectifyKnown,
} from './staff-labels.ts';

/** An engraved page as pixels, with all that is known of its staves. */
export type LabelledPage = {
  image: GreyImage;
  /** Distance of staff lines, px. */
  space: number;
  source: TrainingStaff['source'];
  staves: readonly (PlacedStaff & { steps: TrainingStaff['steps'] })[];
};

/** What became of the labelled staves. */
export type Tally = Record<'engraved' | 'kept' | 'unfound' | 'long' | Mismatch, number>;

export const NOTHING: Tally = {
  engraved: 0,
  kept: 0,
  unfound: 0,
  long: 0,
  lines: 0,
  ends: 0,
  outside: 0,
  wide: 0,
};

export type SpoilOptions = {
  severity?: number;
  maxPixels?: number;
  /**
   * Part of the staves that are cut along their known lines, with a rectifier's errors, whether found or not; staves
   * that the reader misses are cut like that too, unless this is 0.
   */
  known: number;
  /** Part of the staves that are cropped closely, of those without signs apart from their heads. */
  cropped: number;
  /** Kinds of pictures by weight. */
  profiles: readonly (readonly [CameraProfile, number])[];
};

export const USUAL: SpoilOptions = {
  known: 0.25,
  cropped: 0.2,
  profiles: [
    ['photo', 0.8],
    ['screen', 0.1],
    ['scan', 0.1],
  ],
};

/** Steps that one reading holds, its begin and end included. */
const MOST_STEPS = 256;

/** Staves straight from the engraving: no camera, and a rectifier without fault half of the time. */
export function cleanStaves(page: LabelledPage, random: Random, tally: Tally): TrainingStaff[] {
  const photo = pyramid(page.image);
  const same = (p: Point) => p;
  return page.staves.flatMap((staff) => {
    tally.engraved++;
    const errors = random.chance(0.5) ? NO_ERRORS : drawErrors(random);
    return kept(page, staff, rectifyKnown(photo, staff, same, errors), same, false, tally);
  });
}

/** Photographs the page once and cuts its staves from the photo, mostly as the reader finds them. */
export function photographedStaves(
  page: LabelledPage,
  random: Random,
  tally: Tally,
  options: SpoilOptions = USUAL,
): TrainingStaff[] {
  const camera: CameraOptions = { space: page.space, profile: random.weighted(options.profiles) };
  if (options.severity !== undefined) camera.severity = options.severity;
  if (options.maxPixels !== undefined) camera.maxPixels = options.maxPixels;
  const { photo, toPhoto } = photograph(page.image, random, camera);
  const visible = page.staves.filter((staff) => inFrame(photo, staff, toPhoto));
  const reading = readPage(photo);
  const found = reading.rotation === 0 ? reading.systems.flatMap((system) => system.staves) : [];
  const levels: Pyramid = pyramid(photo);
  const photographed = camera.profile !== 'none';
  return visible.flatMap((staff) => {
    tally.engraved++;
    const known = random.chance(options.known);
    const cropped = random.chance(options.cropped);
    const errors = drawErrors(random);
    const read = known ? undefined : nearestStaff(found, staff, toPhoto);
    if (!read && !known) tally.unfound++;
    if (!read && options.known === 0) return [];
    const here = read ?? rectifyKnown(levels, staff, toPhoto, errors);
    const whole = kept(page, staff, here, toPhoto, photographed, tally);
    return cropped && !hasSignsApart(staff.steps) ? whole.map((one) => closelyCropped(one, random)) : whole;
  });
}

/** The found staff as a training staff, or nothing if it is not the labelled one as a whole. */
function kept(
  page: LabelledPage,
  staff: LabelledPage['staves'][number],
  found: FoundStaff,
  toPhoto: (p: Point) => Point,
  camera: boolean,
  tally: Tally,
): TrainingStaff[] {
  if (staff.steps.length > MOST_STEPS - 2) {
    tally.long++;
    return [];
  }
  const match = matchStaff(staff, found, toPhoto);
  if (!match.ok) {
    tally[match.cause]++;
    return [];
  }
  tally.kept++;
  const { image } = found;
  return [{ image, source: page.source, camera, steps: staff.steps, places: match.places }];
}

const TUPLET = STEP_BRANCHES.indexOf('tuplet');
const MARK = STEP_BRANCHES.indexOf('mark');

/** Whether numbers, marks or brackets stand above or below: a close crop would take them and leave the label that tells of them. */
export function hasSignsApart(steps: TrainingStaff['steps']): boolean {
  return steps.some(
    (step) =>
      step[TUPLET] !== 0 ||
      step[MARK] !== 0 ||
      /^(ending|multirest)-/.test(VOCABULARY.rhythm[step[0] ?? 0] ?? ''),
  );
}

function closelyCropped(staff: TrainingStaff, random: Random): TrainingStaff {
  const cut = drawCut(random, staff.image.width, staff.places);
  return { ...staff, ...cutStaff(staff.image, staff.places, cut) };
}

/** Whether the whole staff lies in the photo, but for two spaces at its ends. */
function inFrame(photo: GreyImage, staff: PlacedStaff, toPhoto: (p: Point) => Point): boolean {
  const space = ((staff.lines[4] ?? 0) - (staff.lines[0] ?? 0)) / 4;
  return [staff.left + 2 * space, staff.right - 2 * space].every((x) =>
    [staff.lines[0] ?? 0, staff.lines[4] ?? 0].every((y) => {
      const p = toPhoto({ x, y });
      return p.x >= 0 && p.y >= 0 && p.x <= photo.width && p.y <= photo.height;
    }),
  );
}

type ReadStaff = FoundStaff & { lines: Point[][]; space: number };

/** The found staff whose middle line passes the labelled staff's middle within two spaces. */
export function nearestStaff(
  found: readonly ReadStaff[],
  staff: PlacedStaff,
  toPhoto: (p: Point) => Point,
): ReadStaff | undefined {
  const middle = toPhoto({ x: (staff.left + staff.right) / 2, y: staff.lines[2] ?? 0 });
  let best: ReadStaff | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of found) {
    const distance = distanceTo(one.lines[2] ?? [], middle) / one.space;
    if (distance < least) {
      least = distance;
      best = one;
    }
  }
  return least < 2 ? best : undefined;
}

/** Distance of a point from a polyline. */
function distanceTo(line: readonly Point[], p: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < line.length; k++) {
    const a = line[k - 1] as Point;
    const b = line[k] as Point;
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const along = Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(a.x + along * dx - p.x, a.y + along * dy - p.y));
  }
  return least;
}
