import { blankImage, type GreyImage, type Point } from './image.ts';
import { clamp } from './numbers.ts';
import { CLEFS } from './orientation.ts';

/** A page drawn with plain shapes and warped by a known function: what the tests of this folder photograph. */
export type DrawnStaff = {
  /** Left end and top line on the flat page, px; length and distance of the lines, px. */
  x: number;
  y: number;
  length: number;
  space: number;
  /** Without: five bare lines. */
  bare?: boolean;
  /** Number of lines, 5 unless told. */
  lines?: number;
};

/** A warp by its inverse (photo to flat page), as pictures are warped, and as it is, to know where things went. */
export type Warp = { toFlat: (p: Point) => Point; toPhoto: (p: Point) => Point };

/** Draws on a flat sheet with soft edges. */
export function fillRect(sheet: GreyImage, x0: number, y0: number, x1: number, y1: number): void {
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(sheet.height, Math.ceil(y1)); y++) {
    for (let x = Math.max(0, Math.floor(x0)); x < Math.min(sheet.width, Math.ceil(x1)); x++) {
      const cover = (Math.min(x1, x + 1) - Math.max(x0, x)) * (Math.min(y1, y + 1) - Math.max(y0, y));
      darken(sheet, x, y, cover);
    }
  }
}

export function fillEllipse(sheet: GreyImage, cx: number, cy: number, rx: number, ry: number): void {
  for (let y = Math.floor(cy - ry - 1); y <= cy + ry + 1; y++) {
    for (let x = Math.floor(cx - rx - 1); x <= cx + rx + 1; x++) {
      if (x < 0 || y < 0 || x >= sheet.width || y >= sheet.height) continue;
      const r = Math.hypot((x + 0.5 - cx) / rx, (y + 0.5 - cy) / ry);
      darken(sheet, x, y, clamp((1 - r) * Math.min(rx, ry) + 0.5, 0, 1));
    }
  }
}

function darken(sheet: GreyImage, x: number, y: number, cover: number): void {
  const p = y * sheet.width + x;
  sheet.data[p] = Math.min(sheet.data[p] as number, 255 - 225 * cover);
}

/** A staff with a clef, notes with stems, and a bar line every 16 spaces and at its end. */
export function drawStaff(sheet: GreyImage, staff: DrawnStaff): void {
  const { x, y, length, space } = staff;
  const count = staff.lines ?? 5;
  const thin = 0.13 * space;
  const right = x + length;
  for (let i = 0; i < count; i++) {
    fillRect(sheet, x, y + i * space - thin / 2, right, y + i * space + thin / 2);
  }
  if (staff.bare) return;
  drawClef(sheet, x + space, y, space);
  for (let bar = x + 20 * space; bar < right - 8 * space; bar += 16 * space)
    drawBar(sheet, bar, y, y + 4 * space, space);
  drawBar(sheet, right - 0.16 * space, y, y + 4 * space, space);
  for (let n = 0, at = x + 6 * space; at < right - 3 * space; n++, at += 4 * space) {
    const position = (n * 5) % 9;
    const cy = y + 4 * space - (position * space) / 2;
    fillEllipse(sheet, at, cy, 0.62 * space, 0.45 * space);
    if (position < 4) fillRect(sheet, at + 0.5 * space, cy - 3.4 * space, at + 0.62 * space, cy);
    else fillRect(sheet, at - 0.62 * space, cy, at - 0.5 * space, cy + 3.4 * space);
  }
}

export function drawBar(sheet: GreyImage, x: number, top: number, bottom: number, space: number): void {
  fillRect(sheet, x, top, x + 0.16 * space, bottom);
}

function drawClef(sheet: GreyImage, x: number, y: number, space: number): void {
  const cell = space / 4;
  CLEFS[0]?.forEach((row, j) => {
    [...row].forEach((digit, i) => {
      if (Number.parseInt(digit, 16) < 5) return;
      const top = y - 2 * space + j * cell;
      fillRect(sheet, x + i * cell, top, x + (i + 1) * cell, top + cell);
    });
  });
}

/** A grand staff: two staves, the line and the bar lines that join them, and a brace of two bows. */
export function drawGrandStaff(sheet: GreyImage, upper: DrawnStaff, gap: number): void {
  const { x, y, space, length } = upper;
  const lower = { ...upper, y: y + 4 * space + gap };
  drawStaff(sheet, upper);
  drawStaff(sheet, lower);
  const bottom = lower.y + 4 * space;
  drawBar(sheet, x, y, bottom, space);
  for (let bar = x + 20 * space; bar < x + length - 8 * space; bar += 16 * space)
    drawBar(sheet, bar, y, bottom, space);
  drawBar(sheet, x + length - 0.16 * space, y, bottom, space);
  for (let at = y; at < bottom; at++) {
    const swing = Math.sin(((at - y) / (bottom - y)) * 2 * Math.PI) ** 2;
    fillRect(sheet, x - (0.55 + 0.7 * swing) * space, at, x - (0.2 + 0.7 * swing) * space, at + 1);
  }
}

/** Photographs a sheet: warped, lit from one side, with a little grain. */
export function photographSheet(
  sheet: GreyImage,
  warp: Warp,
  width = sheet.width,
  height = sheet.height,
): GreyImage {
  const photo = blankImage(width, height);
  let seed = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { x: fx, y: fy } = warp.toFlat({ x: x + 0.5, y: y + 0.5 });
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      const light = 0.6 + 0.35 * (x / width);
      photo.data[y * width + x] = clamp(
        sample(sheet, fx - 0.5, fy - 0.5) * light + (seed >> 16) * (6 / 32768) - 3,
        0,
        255,
      );
    }
  }
  return photo;
}

function sample(image: GreyImage, x: number, y: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  if (ix < 0 || iy < 0 || ix + 1 >= image.width || iy + 1 >= image.height) return 255;
  const p = iy * image.width + ix;
  const fx = x - ix;
  const fy = y - iy;
  const top = (image.data[p] as number) * (1 - fx) + (image.data[p + 1] as number) * fx;
  const bottom =
    (image.data[p + image.width] as number) * (1 - fx) + (image.data[p + image.width + 1] as number) * fx;
  return top * (1 - fy) + bottom * fy;
}

export const FLAT: Warp = { toFlat: (p) => p, toPhoto: (p) => p };

/** A turn about a centre by an angle in degrees, clockwise. */
export function turned(degrees: number, centre: Point): Warp {
  const turn = (p: Point, angle: number): Point => {
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const x = p.x - centre.x;
    const y = p.y - centre.y;
    return { x: centre.x + c * x - s * y, y: centre.y + s * x + c * y };
  };
  const angle = (degrees * Math.PI) / 180;
  return { toFlat: (p) => turn(p, -angle), toPhoto: (p) => turn(p, angle) };
}

/** A page that rises and falls like a wave along its width: `height` px high, `length` px long. */
export function curled(height: number, length: number): Warp {
  const lift = (x: number) => height * Math.sin((2 * Math.PI * x) / length);
  return {
    toFlat: (p) => ({ x: p.x, y: p.y - lift(p.x) }),
    toPhoto: (p) => ({ x: p.x, y: p.y + lift(p.x) }),
  };
}

/** A page seen from one side: its left edge is nearer by `depth` (0..0.5) than its right one. */
export function oblique(depth: number, width: number, height: number): Warp {
  const scale = (x: number) => 1 + depth * (0.5 - x / width);
  // In the photo (u, v): u = x' and v - h/2 = (y - h/2) * scale, x' = (x - w/2) * scale + w/2.
  const toPhoto = (p: Point) => ({
    x: width / 2 + (p.x - width / 2) * scale(p.x),
    y: height / 2 + (p.y - height / 2) * scale(p.x),
  });
  const toFlat = (p: Point) => {
    const d = depth / width;
    const u = p.x - width / 2;
    // u = t (1 - d t) for t = x - w/2: the smaller root.
    const t = Math.abs(d) < 1e-12 ? u : (1 - Math.sqrt(Math.max(0, 1 - 4 * d * u))) / (2 * d);
    return { x: width / 2 + t, y: height / 2 + (p.y - height / 2) / (1 - d * t) };
  };
  return { toFlat, toPhoto };
}
