import { STAFF_GEOMETRY } from './geometry.ts';
import type { Point } from './image.ts';
import { along } from './numbers.ts';
import { lineY, type StaffCurve } from './staff-curve.ts';

/**
 * Where each place of a staff image lies in the upright photo, as plain data. The staff image is crossed by upright
 * rulings every `pitch` px; of each ruling the map holds its five meetings with the staff lines. Between rulings, and between
 * lines, the map is linear; above and below the staff it goes on with the ruling's mean spacing.
 */
export type StaffMap = {
  /** Distance of the rulings in the staff image, px; the first is at x = 0. */
  pitch: number;
  rulings: number;
  /** Width of the staff image, px. */
  width: number;
  /** Photo places: `points[(ruling * 5 + line) * 2]` is x, the next is y, px. */
  points: Float32Array;
};

const { space: SPACE, topLine: TOP_LINE, leftMargin, rightMargin } = STAFF_GEOMETRY;
/** Continuous y of the top line in the staff image. */
const TOP = TOP_LINE + 0.5;

/**
 * Lays the staff image over a staff: its x follows the middle line's length in units of the local space.
 * @param lean How far bar lines lean from the perpendicular of the lines, as tangents at evenly spaced places from the
 *   left to the right end of the staff: positive where the lower end lies further right.
 */
export function staffMap(curve: StaffCurve, lean: number[] = [0]): StaffMap {
  const middle = (x: number) => lineY(curve, 2, x);
  // Staff x of each point of a fine walk along the middle line, from one end of the staff to the other.
  const steps = Math.max(8, 2 * curve.count);
  const walk: { x: number; u: number }[] = [{ x: curve.left, u: leftMargin * SPACE }];
  for (let i = 1; i <= steps; i++) {
    const last = walk[i - 1] as { x: number; u: number };
    const x = curve.left + ((curve.right - curve.left) * i) / steps;
    const rise = middle(x) - middle(last.x);
    walk.push({
      x,
      u: last.u + (SPACE * Math.hypot(x - last.x, rise)) / perpendicularSpace(curve, (x + last.x) / 2),
    });
  }
  const end = (walk[steps] as { u: number }).u;
  const width = Math.ceil(end + rightMargin * SPACE - 0.01);
  const pitch = SPACE;
  const rulings = Math.ceil(width / pitch) + 1;
  const points = new Float32Array(rulings * 10);
  let at = 0;
  for (let r = 0; r < rulings; r++) {
    while (at < steps - 1 && (walk[at + 1] as { u: number }).u < r * pitch) at++;
    const a = walk[at] as { x: number; u: number };
    const b = walk[at + 1] as { x: number; u: number };
    const x = a.x + ((b.x - a.x) * (r * pitch - a.u)) / (b.u - a.u);
    const slope = slopeAt(curve, x);
    const tangent = along(lean, (r * pitch - leftMargin * SPACE) / (end - leftMargin * SPACE));
    // Photo x gained per photo y down the ruling: the perpendicular (-slope) plus the lean.
    const run = (tangent - slope) / (1 + tangent * slope);
    for (let line = 0; line < 5; line++) {
      let px = x;
      for (let i = 0; i < 3; i++) px = x + run * (lineY(curve, line, px) - middle(x));
      points[(r * 5 + line) * 2] = px;
      points[(r * 5 + line) * 2 + 1] = lineY(curve, line, px);
    }
  }
  return { pitch, rulings, width, points };
}

function slopeAt(curve: StaffCurve, x: number): number {
  const reach = 2 * curve.step;
  return (lineY(curve, 2, x + reach) - lineY(curve, 2, x - reach)) / (2 * reach);
}

/** Distance of neighbouring lines at right angles to them, px. */
function perpendicularSpace(curve: StaffCurve, x: number): number {
  return (lineY(curve, 4, x) - lineY(curve, 0, x)) / 4 / Math.hypot(1, slopeAt(curve, x));
}

/** Photo place of a place in the staff image, both in px. Holds beyond the image's edges too. */
export function toPhoto(map: StaffMap, place: Point): Point {
  const across = place.x / map.pitch;
  const r = Math.min(map.rulings - 2, Math.max(0, Math.floor(across)));
  const share = across - r;
  const a = onRuling(map, r, place.y);
  const b = onRuling(map, r + 1, place.y);
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

/** Photo place at height `y` of the staff image on ruling `r`. */
export function onRuling(map: StaffMap, r: number, y: number): Point {
  const at = (y - TOP) / SPACE;
  const base = r * 10;
  const { points } = map;
  const inside = at >= 0 && at <= 4;
  const from = inside ? Math.min(3, Math.floor(at)) : at < 0 ? 0 : 4;
  const x = points[base + from * 2] as number;
  const py = points[base + from * 2 + 1] as number;
  const dx = inside
    ? (points[base + from * 2 + 2] as number) - x
    : ((points[base + 8] as number) - (points[base] as number)) / 4;
  const dy = inside
    ? (points[base + from * 2 + 3] as number) - py
    : ((points[base + 9] as number) - (points[base + 1] as number)) / 4;
  return { x: x + dx * (at - from), y: py + dy * (at - from) };
}

/** Staff-image place of a place in the photo: the inverse of `toPhoto`, by Newton's steps. */
export function toStaff(map: StaffMap, place: Point): Point {
  let best = { x: 0, y: TOP + 2 * SPACE };
  let least = Number.POSITIVE_INFINITY;
  for (let r = 0; r < map.rulings; r++) {
    const middle = onRuling(map, r, best.y);
    const distance = Math.hypot(middle.x - place.x, middle.y - place.y);
    if (distance < least) {
      least = distance;
      best = { x: r * map.pitch, y: best.y };
    }
  }
  for (let i = 0; i < 12; i++) {
    const here = toPhoto(map, best);
    const right = toPhoto(map, { x: best.x + 0.5, y: best.y });
    const below = toPhoto(map, { x: best.x, y: best.y + 0.5 });
    const ax = 2 * (right.x - here.x);
    const ay = 2 * (right.y - here.y);
    const bx = 2 * (below.x - here.x);
    const by = 2 * (below.y - here.y);
    const ex = place.x - here.x;
    const ey = place.y - here.y;
    const area = ax * by - ay * bx;
    if (Math.abs(area) < 1e-9) break;
    const dx = (ex * by - ey * bx) / area;
    const dy = (ax * ey - ay * ex) / area;
    best = { x: best.x + dx, y: best.y + dy };
    if (Math.abs(dx) + Math.abs(dy) < 1e-4) break;
  }
  return best;
}
