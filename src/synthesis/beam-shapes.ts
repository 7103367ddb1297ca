import { NATURAL_SPACE } from './layout.ts';
import type { Random } from './random.ts';

/** How beams are drawn, as parts of how Verovio draws them: it has one way, prints have many. */
export type BeamShape = { thickness: number; distance: number };

/** Beams as Verovio draws them. */
export const VEROVIOS: BeamShape = { thickness: 1, distance: 1 };

/** Labels a page's source of chance for its beams. */
export const BEAMS = 1_000_003;

/** Half of the pages keep Verovio's beams. */
export function pickBeamShape(random: Random): BeamShape {
  if (random.chance(0.5)) return VEROVIOS;
  return { thickness: random.range(0.65, 1.25), distance: random.range(0.88, 1.25) };
}

/** Verovio's distance from one beam to the next, in the drawing's units of a tenth of a px. */
const DISTANCE = 7.5 * NATURAL_SPACE;
/** One beam: from left to right, upper and lower edge. */
type Beam = { x: [number, number]; upper: [number, number]; lower: [number, number] };

/** The drawing with other beams. The first beam of a group stays where it is, so that stems end in it. */
export function reshapeBeams(svg: string, shape: BeamShape): string {
  if (shape.thickness === 1 && shape.distance === 1) return svg;
  return svg.replace(/(?:<polygon points="[^"]*"\/>\s*)+/g, (group) => {
    const beams = [...group.matchAll(/points="([^"]*)"/g)].flatMap(([, points = '']) => beamOf(points) ?? []);
    const [first] = beams;
    if (!first || beams.length !== group.split('<polygon').length - 1) return group;
    return beams.map((beam) => polygon(reshaped(beam, first, shape))).join('');
  });
}

/** Nothing for what is no parallelogram with upright ends. */
function beamOf(points: string): Beam | undefined {
  const [a, b, c, d] = points.split(' ').map((point) => point.split(',').map(Number));
  if (!a || !b || !c || !d || a[0] !== d[0] || b[0] !== c[0]) return undefined;
  const [left, right] = [a[1] ?? 0, b[1] ?? 0];
  const [underLeft, underRight] = [d[1] ?? 0, c[1] ?? 0];
  const above = underLeft > left;
  return {
    x: [a[0] ?? 0, b[0] ?? 0],
    upper: above ? [left, right] : [underLeft, underRight],
    lower: above ? [underLeft, underRight] : [left, right],
  };
}

function reshaped(beam: Beam, first: Beam, { thickness, distance }: BeamShape): Beam {
  const slope = (first.upper[1] - first.upper[0]) / Math.max(1, first.x[1] - first.x[0]);
  const offset = beam.upper[0] - (first.upper[0] + slope * (beam.x[0] - first.x[0]));
  const shift = Math.abs(offset) < DISTANCE / 2 ? 0 : offset * (distance - 1);
  const grown = ((thickness - 1) * (beam.lower[0] - beam.upper[0])) / 2;
  const moved = ([left, right]: [number, number], by: number): [number, number] => [left + by, right + by];
  return { x: beam.x, upper: moved(beam.upper, shift - grown), lower: moved(beam.lower, shift + grown) };
}

function polygon({ x, upper, lower }: Beam): string {
  const at = (i: 0 | 1, y: [number, number]) => `${x[i]},${Math.round(y[i])}`;
  return `<polygon points="${at(0, upper)} ${at(1, upper)} ${at(1, lower)} ${at(0, lower)}"/>`;
}
