import type { GreyImage, Point } from './image';
import { strokeLean } from './lean';
import { type Pyramid, pyramid, rectifyStaff } from './rectify';
import type { Rotation } from './reduce';
import { linePoints, type StaffCurve, staffCurve } from './staff-curve';
import { withEnds } from './staff-ends';
import { findStaffTracks } from './staff-lines';
import { type StaffMap, staffMap } from './staff-map';
import { pageStrips } from './strips';

export type Staff = {
  /** The five lines top to bottom, each a polyline from left to right, in px of the upright photo. */
  lines: Point[][];
  /** Bounds of the five lines in the upright photo: x, y, width, height, px. */
  box: [number, number, number, number];
  /** Median distance of neighbouring lines in the photo, px. */
  space: number;
  /** The rectified staff: 128 rows, lines at rows 48, 56, 64, 72, 80, paper 255, ink 0. */
  image: GreyImage;
  map: StaffMap;
  /** x of the bar lines in the staff image, px, left to right. */
  barLines: number[];
};

export type System = {
  /** Top to bottom. */
  staves: Staff[];
  /** Inclusive ranges of staves that a brace or bracket joins. */
  braces: [number, number][];
  /** Per staff, the x of its bar lines in its staff image. */
  barLines: number[][];
};

export type PageReading = {
  /** Degrees clockwise by which the photo was turned to stand upright. */
  rotation: Rotation;
  /** Median staff space of the page in the photo, px; 0 where there is no staff. */
  staffSpace: number;
  /** Top to bottom; empty where there is no music. */
  systems: System[];
};

/** Finds and rectifies all staves of a photo. */
export function readPage(photo: GreyImage): PageReading {
  const { width, height } = photo;
  const rowHeight = Math.max(1, Math.round(Math.max(width, height) / 2000));
  const stripWidth = rowHeight * Math.min(4, Math.max(2, Math.round(width / rowHeight / 500)));
  const strips = pageStrips(photo, stripWidth, rowHeight);
  const curves = findStaffTracks(strips)
    .filter((track) => track.last - track.first > 20)
    .map((track) => withEnds(staffCurve(track, strips), photo))
    .filter((curve) => curve.right - curve.left > 12 * curve.space)
    .sort((a, b) => (a.ys[2] as number) - (b.ys[2] as number));
  const levels = pyramid(photo);
  const staves = curves.map((curve) => toStaff(curve, levels));
  const spaces = staves.map((staff) => staff.space).sort((a, b) => a - b);
  return {
    rotation: 0,
    staffSpace: spaces[spaces.length >> 1] ?? 0,
    systems: staves.map((staff) => ({ staves: [staff], braces: [], barLines: [staff.barLines] })),
  };
}

/** The staff of an image that shows one staff: of all that are found the one with the most lines' length. */
export function readStaffCrop(image: GreyImage): Staff | undefined {
  const staves = readPage(image).systems.flatMap((system) => system.staves);
  return staves.sort((a, b) => b.box[2] - a.box[2])[0];
}

function toStaff(curve: StaffCurve, photo: Pyramid): Staff {
  const map = uprightMap(curve, photo);
  const lines = linePoints(curve);
  const ys = lines.flatMap((line) => line.map((p) => p.y));
  const top = Math.min(...ys);
  return {
    lines,
    box: [curve.left, top, curve.right - curve.left, Math.max(...ys) - top],
    space: curve.space,
    image: rectifyStaff(photo, map),
    map,
    barLines: [],
  };
}

/** The map in whose image bar lines and stems stand upright. */
function uprightMap(curve: StaffCurve, photo: Pyramid): StaffMap {
  return staffMap(curve, strokeLean(rectifyStaff(photo, staffMap(curve))));
}
