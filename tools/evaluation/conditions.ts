/** How hard a staff was to read: how it lies in its photo, how sharp that is, and how much stands on it. */
import type { GreyImage } from '../../src/page/image.ts';
import type { ReadStaff } from './collect.ts';

export const CONDITIONS = {
  space: 'staff space, px',
  tilt: 'tilt, degrees',
  bend: 'bend, staff spaces',
  blur: 'blur (width of an edge), staff spaces',
  tokens: 'symbols on the staff',
} as const;
export type Condition = keyof typeof CONDITIONS;

/** The conditions of a staff with `tokens` symbols; blur is missing where no line stands out. */
export function conditionsOf(
  photo: GreyImage,
  { lines }: ReadStaff,
  tokens: number,
): Partial<Record<Condition, number>> {
  const middle = lines[2] ?? [];
  const [first, last] = [middle[0], middle.at(-1)];
  if (!first || !last || lines.length !== 5) return { tokens };
  const space = spaceOf(lines);
  const slope = (last[1] - first[1]) / Math.max(1, last[0] - first[0]);
  const bend = Math.max(...middle.map(([x, y]) => Math.abs(y - first[1] - slope * (x - first[0])))) / space;
  const tilt = Math.abs((Math.atan(slope) * 180) / Math.PI);
  const blur = blurOf(photo, lines, space);
  return { space, tilt, bend, tokens, ...(blur === undefined ? {} : { blur }) };
}

function spaceOf(lines: ReadStaff['lines']): number {
  const mean = (line: [number, number][]) => line.reduce((sum, [, y]) => sum + y, 0) / line.length;
  return Math.max(1, (mean(lines[4] ?? []) - mean(lines[0] ?? [])) / 4);
}

/** Less contrast than this is paper. */
const CONTRAST = 24;

/** Median width over which a staff line's edge goes from ink to paper: contrast by steepest step, in staff spaces. */
function blurOf(photo: GreyImage, lines: ReadStaff['lines'], space: number): number | undefined {
  const widths = lines
    .flat()
    .flatMap(([x, y]) => {
      const profile: number[] = [];
      for (let row = Math.floor(y - 0.6 * space); row <= y + 0.6 * space; row++) {
        const inside = x >= 0 && x < photo.width && row >= 0 && row < photo.height;
        if (inside) profile.push(photo.data[row * photo.width + Math.floor(x)] ?? 255);
      }
      const contrast = Math.max(...profile) - Math.min(...profile);
      const steepest = Math.max(...profile.slice(1).map((level, i) => Math.abs(level - (profile[i] ?? 0))));
      return contrast >= CONTRAST ? [contrast / steepest / space] : [];
    })
    .sort((a, b) => a - b);
  return widths[widths.length >> 1];
}
