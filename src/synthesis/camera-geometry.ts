import type { Point } from '../page/image.ts';

/**
 * How a sheet lies and how the camera looks at it. Lengths are in sheet widths, angles in radians, unless px is
 * said. The sheet is a general cylinder: bent along one direction, straight along the other.
 */
export type SheetPose = {
  /** Direction along which the sheet bends, from the page's x axis. */
  bendDirection: number;
  /** Spine of a bound book: the slope `angle` fades over `reach` from the edge at `side` (-1 left, 1 right). */
  spine: { side: -1 | 1; angle: number; reach: number } | null;
  /** Slopes `angle` * sin(2π(frequency·s + phase)) of a sheet that lies loose. */
  waves: { angle: number; frequency: number; phase: number }[];
  /** Small shifts within the sheet, which no cylinder explains. */
  wrinkles: { shift: number; frequencyX: number; frequencyY: number; phase: number; along: number }[];
  pitch: number;
  yaw: number;
  roll: number;
  /** Distance of the camera from the middle of the sheet. */
  distance: number;
  /** Radial distortion of the lens: r' = r(1 + lens·r²). */
  lens: number;
};

/** Page px to photo px: the pose, then `scale` photo px for each page px at the middle, then the frame's corner. */
export type Projection = {
  pose: SheetPose;
  page: { width: number; height: number };
  scale: number;
  /** Photo px of the frame's corner, counted from the projected middle of the page. */
  left: number;
  top: number;
};

const PROFILE_STEPS_PER_WIDTH = 512;
const PROFILE_REACH = 2;

/** Slope of the sheet at arc length s from its middle. */
function slopeAt(pose: SheetPose, s: number): number {
  let slope = 0;
  if (pose.spine) {
    const { side, angle, reach } = pose.spine;
    const distance = side < 0 ? s + 0.5 : 0.5 - s;
    slope += -side * Math.sign(distance) * angle * Math.exp(-Math.abs(distance) / reach);
  }
  for (const wave of pose.waves) {
    slope += wave.angle * Math.sin(2 * Math.PI * (wave.frequency * s + wave.phase));
  }
  return slope;
}

/** Abscissa and height of the bent sheet by arc length, integrated from its middle in both directions. */
function sheetProfile(pose: SheetPose): { x: Float64Array; z: Float64Array } {
  const half = PROFILE_REACH * PROFILE_STEPS_PER_WIDTH;
  const x = new Float64Array(2 * half + 1);
  const z = new Float64Array(2 * half + 1);
  const step = 1 / PROFILE_STEPS_PER_WIDTH;
  for (let i = 1; i <= half; i++) {
    const right = slopeAt(pose, (i - 0.5) * step);
    x[half + i] = at(x, half + i - 1) + step * Math.cos(right);
    z[half + i] = at(z, half + i - 1) + step * Math.sin(right);
    const left = slopeAt(pose, -(i - 0.5) * step);
    x[half - i] = at(x, half - i + 1) - step * Math.cos(left);
    z[half - i] = at(z, half - i + 1) - step * Math.sin(left);
  }
  return { x, z };
}

const at = (values: Float64Array, i: number): number => values[i] ?? 0;

/** Maps page px to photo px, both by pixel-edge coordinates; `out` is filled and returned to spare allocations. */
export type Project = (x: number, y: number, out: Point) => Point;

export function projectionOf({ pose, page, scale, left, top }: Projection): Project {
  const profile = sheetProfile(pose);
  const half = PROFILE_REACH * PROFILE_STEPS_PER_WIDTH;
  const unit = page.width;
  const middle = page.height / page.width / 2;
  const [cosBend, sinBend] = [Math.cos(pose.bendDirection), Math.sin(pose.bendDirection)];
  const [cosYaw, sinYaw] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const [cosPitch, sinPitch] = [Math.cos(pose.pitch), Math.sin(pose.pitch)];
  const [cosRoll, sinRoll] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  const { wrinkles, distance, lens } = pose;
  const pixels = scale * unit;
  return (px, py, out) => {
    let u = px / unit - 0.5;
    let v = py / unit - middle;
    for (const wrinkle of wrinkles) {
      const wave =
        wrinkle.shift *
        Math.sin(2 * Math.PI * (wrinkle.frequencyX * u + wrinkle.frequencyY * v + wrinkle.phase));
      u += wave * (1 - wrinkle.along);
      v += wave * wrinkle.along;
    }
    const s = u * cosBend + v * sinBend;
    const across = v * cosBend - u * sinBend;
    const position = Math.min(2 * half - 1e-6, Math.max(0, s * PROFILE_STEPS_PER_WIDTH + half));
    const cell = Math.floor(position);
    const part = position - cell;
    const bentX = at(profile.x, cell) * (1 - part) + at(profile.x, cell + 1) * part;
    const bentZ = at(profile.z, cell) * (1 - part) + at(profile.z, cell + 1) * part;
    const sheetX = bentX * cosBend - across * sinBend;
    const sheetY = bentX * sinBend + across * cosBend;
    const yawX = sheetX * cosYaw + bentZ * sinYaw;
    const yawZ = bentZ * cosYaw - sheetX * sinYaw;
    const pitchY = sheetY * cosPitch - yawZ * sinPitch;
    const pitchZ = yawZ * cosPitch + sheetY * sinPitch;
    const depth = distance / Math.max(0.2 * distance, distance - pitchZ);
    const flatX = (yawX * cosRoll - pitchY * sinRoll) * depth;
    const flatY = (yawX * sinRoll + pitchY * cosRoll) * depth;
    const bulge = 1 + lens * (flatX * flatX + flatY * flatY);
    out.x = flatX * bulge * pixels - left;
    out.y = flatY * bulge * pixels - top;
    return out;
  };
}

export const GRID_STEP = 8;

/** Page coordinates at the nodes of a coarse grid over the photo; node (i, j) lies at photo px (8i, 8j). */
export type SourceGrid = { columns: number; rows: number; x: Float32Array; y: Float32Array };

/**
 * The projection turned around on a grid of 8 px by Newton's method, each node starting from its neighbour.
 * Bilinear reading between the nodes is exact to a few hundredths of a pixel.
 */
export function sourceGrid(projection: Projection, width: number, height: number): SourceGrid {
  const project = projectionOf(projection);
  const columns = Math.ceil(width / GRID_STEP) + 1;
  const rows = Math.ceil(height / GRID_STEP) + 1;
  const x = new Float32Array(columns * rows);
  const y = new Float32Array(columns * rows);
  const limitX = 3 * projection.page.width;
  const limitY = 3 * projection.page.height;
  const here = { x: 0, y: 0 };
  const right = { x: 0, y: 0 };
  const below = { x: 0, y: 0 };
  const rowStart = { x: projection.page.width / 2, y: projection.page.height / 2 };
  for (let j = 0; j < rows; j++) {
    let px = rowStart.x;
    let py = rowStart.y;
    for (let i = 0; i < columns; i++) {
      const rounds = i > 0 ? 3 : j > 0 ? 4 : 40;
      for (let round = 0; round < rounds; round++) {
        project(px, py, here);
        const dx = i * GRID_STEP - here.x;
        const dy = j * GRID_STEP - here.y;
        if (dx * dx + dy * dy < 1e-5) break;
        project(px + 0.5, py, right);
        project(px, py + 0.5, below);
        const a = 2 * (right.x - here.x);
        const b = 2 * (below.x - here.x);
        const c = 2 * (right.y - here.y);
        const d = 2 * (below.y - here.y);
        const determinant = a * d - b * c;
        if (Math.abs(determinant) < 1e-6) break;
        px += (d * dx - b * dy) / determinant;
        py += (a * dy - c * dx) / determinant;
        px = Math.min(limitX, Math.max(-limitX, px));
        py = Math.min(limitY, Math.max(-limitY, py));
      }
      if (i === 0) {
        rowStart.x = px;
        rowStart.y = py;
      }
      x[j * columns + i] = px;
      y[j * columns + i] = py;
    }
  }
  return { columns, rows, x, y };
}
