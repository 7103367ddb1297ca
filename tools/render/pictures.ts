import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { writeSemantic } from '../../src/notation/semantic.ts';
import { isNote, type Token } from '../../src/notation/token.ts';
import type { GreyImage, Point } from '../../src/page/image.ts';
import { type Photograph, photograph } from '../../src/synthesis/camera.ts';
import { createRandom, type Random } from '../../src/synthesis/random.ts';
import { USUAL } from '../../src/synthesis/spoil.ts';
import type { PlacedStaff } from '../../src/synthesis/staff-labels.ts';
import type { PageMaker, RenderedPage } from './pages.ts';

export type PictureOptions = {
  out: string;
  count: number;
  seed: number;
  camera: boolean;
  severity: number;
  /** Only staves on which two voices stand. */
  twoVoices: boolean;
};

/** Part of a staff's notes that stand in the second voice, from which on it counts as one of two voices. */
const SECOND = 0.2;

/** Spaces beyond the outermost note that a stem, its beam and a tuplet's number need. */
const BEYOND = 5;
/** Staves taken from one page, so that the pictures differ. */
const STAVES_A_PAGE = 4;

/** Writes pictures of one staff each, cropped with some paper around it, and their truth. */
export async function renderStaffPictures(makePages: PageMaker, options: PictureOptions): Promise<void> {
  const random = createRandom(options.seed);
  for (let n = 0, done = 0; done < options.count; n++) {
    const own = random.fork(n);
    for (const page of await makePages(own)) {
      const taken = takePicture(page, own, options);
      const wanted = options.twoVoices ? page.staves.filter(hasTwoVoices) : page.staves;
      const from = own.int(0, Math.max(0, wanted.length - STAVES_A_PAGE));
      for (const staff of wanted.slice(from, from + STAVES_A_PAGE)) {
        const neighbours = page.staves.filter((other) => other !== staff);
        const crop = cropAround(taken, staff, neighbours, page.space, own);
        if (!crop || done >= options.count) continue;
        await writePicture(options.out, `staff-${number(done++)}`, crop, [staff.tokens], [1]);
      }
    }
  }
}

function hasTwoVoices({ tokens }: { tokens: readonly Token[] }): boolean {
  const notes = tokens.filter(isNote);
  return notes.filter(({ voice }) => voice === '2').length >= SECOND * notes.length && notes.length > 0;
}

/** Writes pictures of whole pages and their truth, one staff a line, top to bottom. */
export async function renderPagePictures(makePages: PageMaker, options: PictureOptions): Promise<void> {
  const random = createRandom(options.seed);
  for (let n = 0, done = 0; done < options.count; n++) {
    const own = random.fork(n);
    for (const page of await makePages(own)) {
      if (page.unlabelled > 0 || done >= options.count) continue;
      const { photo } = takePicture(page, own, options);
      const lines = page.staves.map((staff) => staff.tokens);
      await writePicture(options.out, `page-${number(done++)}`, photo, lines, page.systems);
    }
  }
}

const number = (n: number): string => String(n).padStart(4, '0');

function takePicture(page: RenderedPage, random: Random, options: PictureOptions): Photograph {
  const profile = options.camera ? random.weighted(USUAL.profiles) : 'none';
  // A page's truth is the whole page: nothing may be left out of the frame.
  const maxPixels = 12_000_000;
  return photograph(page.image, random, {
    space: page.space,
    profile,
    severity: options.severity,
    maxPixels,
  });
}

/**
 * The part of a picture that shows the staff, three to five spaces above and below but not the next staff's lines.
 * Nothing if the staff is cut off or its notes reach into another.
 */
function cropAround(
  { photo, toPhoto }: Photograph,
  staff: PlacedStaff,
  neighbours: readonly PlacedStaff[],
  space: number,
  random: Random,
): GreyImage | undefined {
  const above = random.range(3, 5) * space;
  const below = random.range(3, 5) * space;
  const side = random.range(0.3, 1.5) * space;
  const [first = 0, , , , last = 0] = staff.lines;
  const ys = staff.places.map((p) => p.y);
  const highest = Math.min(first, ...ys) - space;
  const lowest = Math.max(last, ...ys) + space;
  const others = neighbours.map(({ lines: [upper = 0, , , , lower = 0] }) => ({ upper, lower }));
  const ceiling = Math.max(...others.filter((o) => o.lower < first).map((o) => o.lower + space / 2));
  const floor = Math.min(...others.filter((o) => o.upper > last).map((o) => o.upper - space / 2));
  if (highest < ceiling || lowest > floor) return undefined;
  const top = Math.max(ceiling, Math.min(first - above, highest - BEYOND * space));
  const bottom = Math.min(floor, Math.max(last + below, lowest + BEYOND * space));
  const corners: Point[] = [];
  for (let k = 0; k <= 8; k++) {
    const x = staff.left - side + ((staff.right - staff.left + 2 * side) * k) / 8;
    corners.push(toPhoto({ x, y: top }), toPhoto({ x, y: bottom }));
  }
  const inside = [staff.left, staff.right].every((x) => {
    const p = toPhoto({ x, y: staff.lines[2] ?? 0 });
    return p.x > 0 && p.y > 0 && p.x < photo.width && p.y < photo.height;
  });
  if (!inside) return undefined;
  const left = Math.max(0, Math.floor(Math.min(...corners.map((p) => p.x))));
  const right = Math.min(photo.width, Math.ceil(Math.max(...corners.map((p) => p.x))));
  const upper = Math.max(0, Math.floor(Math.min(...corners.map((p) => p.y))));
  const lower = Math.min(photo.height, Math.ceil(Math.max(...corners.map((p) => p.y))));
  const width = right - left;
  const data = new Uint8Array(width * (lower - upper));
  for (let y = upper; y < lower; y++) {
    data.set(photo.data.subarray(y * photo.width + left, y * photo.width + right), (y - upper) * width);
  }
  return { width, height: lower - upper, data };
}

async function writePicture(
  out: string,
  name: string,
  image: GreyImage,
  staves: Token[][],
  systems: number[],
): Promise<void> {
  mkdirSync(out, { recursive: true });
  const raw = { width: image.width, height: image.height, channels: 1 as const };
  await sharp(image.data, { raw })
    .png()
    .toFile(join(out, `${name}.png`));
  writeFileSync(join(out, `${name}.tokens.json`), `${JSON.stringify(staves)}\n`);
  writeFileSync(join(out, `${name}.semantic`), `${writeSemantic(staves, systems).join('\n')}\n`);
}
