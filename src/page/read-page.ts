import { findBarLines } from './bar-lines.ts';
import { evenSystems } from './even-systems.ts';
import { extendIntoGlare } from './glare.ts';
import type { GreyImage, Point } from './image.ts';
import { groupSystems, readingOrder } from './layout.ts';
import { strokeLean } from './lean.ts';
import { isMusic, mayBeMusic } from './music-evidence.ts';
import { median } from './numbers.ts';
import { uprightness } from './orientation.ts';
import { glanceAtStaff, type Pyramid, pyramid, rectifyStaff } from './rectify.ts';
import { averageAlongRows, type Rotation, rotateImage } from './reduce.ts';
import { linePoints, type StaffCurve, staffCurve } from './staff-curve.ts';
import { withEnds } from './staff-ends.ts';
import { findStaffTracks } from './staff-lines.ts';
import { type StaffMap, staffMap } from './staff-map.ts';
import { pageStrips } from './strips.ts';

export type Staff = {
  /** The five lines top to bottom, each a polyline from left to right, in px of the upright photo. */
  lines: Point[][];
  /** Bounds of the five lines in the upright photo: x, y, width, height, px. */
  box: [number, number, number, number];
  /** Median distance of neighbouring lines in the photo, px. */
  space: number;
  /** The rectified staff: 128 rows, lines at rows 48, 56, 64, 72, 80, paper 255, ink 0. As wide as the staff. */
  image: GreyImage;
  map: StaffMap;
  /** x of the bar lines in the staff image, px, left to right. A double, final or repeat bar counts once. */
  barLines: number[];
};

export type System = {
  /** Top to bottom. */
  staves: Staff[];
  /** Inclusive ranges of staves that a brace joins into one part, such as the two staves of a piano. */
  braces: [number, number][];
  /** Inclusive ranges of staves that a bracket joins into a group of parts, such as a choir. */
  brackets: [number, number][];
  /** Per staff, the x of its bar lines in its staff image. */
  barLines: number[][];
};

export type PageReading = {
  /** Degrees clockwise by which the photo was turned to stand upright. */
  rotation: Rotation;
  /** Median staff space of the page in the photo, px; 0 where there is no staff. */
  staffSpace: number;
  /** In reading order; empty where there is no music. */
  systems: System[];
};

export type PageOptions = {
  /** Turns the photo by so much and asks no further. Without it the page's own evidence decides. */
  rotation?: Rotation;
};

/** Staves shorter than this, in spaces, are passed over: a stray bar of the opposite page. */
const SHORTEST = 14;
/** Share of a staff's strips in which its lines must have been seen: on a page, and where a staff is known to be. */
const SEEN = 0.5;
const SEEN_ON_CROP = 0.35;
/** How far to each side rows are averaged where a staff is known to be and not seen, in rows of strips. */
const ALONG = [8, 15, 25];
/** Staves of one page are of one size: how far their spaces may differ, and how short one may be beside another. */
const ALIKE_SPACE = 0.08;
const ALIKE_WIDTH = 0.5;
/** Upside down is what looks the wrong way up by more than this (see `uprightness`). */
const CERTAIN = 0.06;

/** Finds and rectifies all staves of a photo, and turns the photo if it lies on its side or hangs upside down. */
export function readPage(photo: GreyImage, options: PageOptions = {}): PageReading {
  const given = options.rotation;
  let rotation: Rotation = given ?? 0;
  let upright = rotateImage(photo, rotation);
  let staves = findStaves(upright);
  const turnTo = (next: Rotation) => {
    rotation = next;
    upright = rotateImage(photo, rotation);
    staves = findStaves(upright);
  };
  if (given === undefined) {
    if (staves.length === 0) turnTo(90);
    if (staves.length === 0) return { rotation: 0, staffSpace: 0, systems: [] };
    if (uprightness(staves.map((staff) => staff.image)) < -CERTAIN) turnTo(rotation === 0 ? 180 : 270);
  }
  const ordered = readingOrder(staves, upright.width);
  return {
    rotation,
    staffSpace: ordered.length > 0 ? median(ordered.map((staff) => staff.space)) : 0,
    systems: evenSystems(groupSystems(upright, ordered), ordered).map(
      ({ staves: [first, last], braces, brackets }) => {
        const members = ordered.slice(first, last + 1);
        return { staves: members, braces, brackets, barLines: members.map((staff) => staff.barLines) };
      },
    ),
  };
}

/**
 * The staff of an image that shows one staff, upright: of all that are found the longest, a faint one where there is
 * no other, one whose lines only show along their course where there is none; none without music.
 */
export function readStaffCrop(image: GreyImage): Staff | undefined {
  const found = longestFirst(candidateStaves(image, image, SEEN_ON_CROP));
  const one =
    found.find(({ staff }) => isMusic(staff.image)) ??
    found.find(({ staff }) => mayBeMusic(staff.image)) ??
    longestFirst(ALONG.flatMap((reach) => stavesAlong(image, reach)))[0];
  return one?.whole();
}

function longestFirst(found: Candidate[]): Candidate[] {
  return found.sort((a, b) => b.staff.box[2] - a.staff.box[2]);
}

/** What may be staves when the image is averaged along its rows: stripes of a screen go, and dashes become lines. */
function stavesAlong(image: GreyImage, reach: number): Candidate[] {
  const even = averageAlongRows(image, reach * rowHeightOf(image));
  const levels = pyramid(even);
  return candidateStaves(image, even, SEEN_ON_CROP).filter(
    ({ staff }) => mayBeMusic(staff.image) || mayBeMusic(rectifyStaff(levels, staff.map)),
  );
}

/** All staves with music on them, in no particular order; a faint one if it is of the size of others on the page. */
function findStaves(photo: GreyImage): Staff[] {
  const found = candidateStaves(photo, photo, SEEN);
  const clear = found.map(({ staff }) => staff).filter(({ image }) => isMusic(image));
  return found
    .filter(({ staff }) => clear.includes(staff) || (isAlike(staff, clear) && mayBeMusic(staff.image)))
    .map(({ whole }) => whole());
}

/** Whether a staff is of the size of at least two others. */
function isAlike({ space, box }: Staff, others: readonly Staff[]): boolean {
  const alike = others.filter(
    (other) => Math.abs(space / other.space - 1) < ALIKE_SPACE && box[2] > ALIKE_WIDTH * other.box[2],
  );
  return alike.length >= 2;
}

/** A staff as far as its lines are seen, by which it is judged, and with the ends that glare hides. */
type Candidate = { staff: Staff; whole: () => Staff };

/** Photo pixels in a row of strips. */
function rowHeightOf({ width, height }: GreyImage): number {
  return Math.max(1, Math.round(Math.max(width, height) / 2000));
}

/** What looks like the five lines of a staff, music or not, in `even`: the photo itself, or one in which its lines show better. */
function candidateStaves(photo: GreyImage, even: GreyImage, leastSeen: number): Candidate[] {
  const rowHeight = rowHeightOf(photo);
  const stripWidth = rowHeight * Math.min(4, Math.max(2, Math.round(photo.width / rowHeight / 500)));
  const strips = pageStrips(even, stripWidth, rowHeight);
  const levels = pyramid(photo);
  return findStaffTracks(strips)
    .filter((track) => track.seen > leastSeen * (track.last - track.first + 1))
    .map((track) => withEnds(staffCurve(track, strips), even))
    .filter((curve) => curve.right - curve.left > SHORTEST * curve.space)
    .map((curve) => {
      const staff = toStaff(curve, levels);
      const whole = () => {
        const extended = extendIntoGlare(curve, photo);
        return extended === curve ? staff : toStaff(extended, levels);
      };
      return { staff, whole };
    });
}

function toStaff(curve: StaffCurve, photo: Pyramid): Staff {
  const map = uprightMap(curve, photo);
  const image = rectifyStaff(photo, map);
  const lines = linePoints(curve);
  const ys = lines.flatMap((line) => line.map((p) => p.y));
  const top = Math.min(...ys);
  return {
    lines,
    box: [curve.left, top, curve.right - curve.left, Math.max(...ys) - top],
    space: curve.space,
    image,
    map,
    barLines: findBarLines(image),
  };
}

/** The map in whose image bar lines and stems stand upright. */
function uprightMap(curve: StaffCurve, photo: Pyramid): StaffMap {
  return staffMap(curve, strokeLean(glanceAtStaff(photo, staffMap(curve))));
}
