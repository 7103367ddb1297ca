import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { STAFF_GEOMETRY } from '../src/page/geometry.ts';
import type { Point } from '../src/page/image.ts';
import { readPage } from '../src/page/read-page.ts';
import { toStaff } from '../src/page/staff-map.ts';
import { photograph } from '../src/synthesis/camera.ts';
import { createRandom } from '../src/synthesis/random.ts';
import { nearestStaff, USUAL } from '../src/synthesis/spoil.ts';
import type { FoundStaff, PlacedStaff } from '../src/synthesis/staff-labels.ts';
import { pageMaker } from './render/pages.ts';

/** Prints how far off the rectifier lays staves of photographs whose truth is known: in px of the staff image, scales as parts of 1. */
const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '40' },
    seed: { type: 'string', default: '801' },
    corpus: { type: 'string', default: join(process.env.SCORELINE_DATA ?? '../shared', 'corpus') },
  },
});

const { space: SPACE, topLine, leftMargin, rightMargin } = STAFF_GEOMETRY;
const TOP = topLine + 0.5;
const SHARES = [0.5, 0.9, 0.99] as const;

/** Errors of one staff: its middle line's height in mean and from end to end, its height, its ends. */
type Errors = { rise: number; tilt: number; height: number; left: number; right: number };

function errorsOf(label: PlacedStaff, found: FoundStaff, toPhoto: (p: Point) => Point): Errors {
  const at = (part: number, line: number) =>
    toStaff(
      found.map,
      toPhoto({ x: label.left + (label.right - label.left) * part, y: label.lines[line] ?? 0 }),
    );
  const parts = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];
  const rises = parts.map((part) => at(part, 2).y - TOP - 2 * SPACE);
  const heights = parts.map((part) => (at(part, 4).y - at(part, 0).y) / (4 * SPACE));
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  return {
    rise: mean(rises),
    tilt: (rises.at(-1) ?? 0) - (rises[0] ?? 0),
    height: mean(heights) - 1,
    left: at(0, 2).x - leftMargin * SPACE,
    right: at(1, 2).x - (found.image.width - rightMargin * SPACE),
  };
}

const makePages = await pageMaker({
  corpus: values.corpus,
  mustExist: false,
  random: 0.45,
  demanding: 0,
  split: 'held-out',
});
const random = createRandom(Number(values.seed));
const all: Errors[] = [];
for (let n = 0; n < Number(values.pages); n++) {
  const own = random.fork(n);
  for (const page of await makePages(own)) {
    const profile = own.weighted(USUAL.profiles);
    const { photo, toPhoto } = photograph(page.image, own, { space: page.space, profile });
    const found = readPage(photo, { rotation: 0 }).systems.flatMap(({ staves }) => staves);
    for (const staff of page.staves) {
      const one = nearestStaff(found, staff, toPhoto);
      if (one) all.push(errorsOf(staff, one, toPhoto));
    }
  }
}
console.log(
  `${all.length} staves found; errors below which ${SHARES.map((share) => `${100 * share} %`).join(', ')} of them lie`,
);
for (const name of ['rise', 'tilt', 'height', 'left', 'right'] as const) {
  const sizes = all.map((errors) => Math.abs(errors[name])).sort((a, b) => a - b);
  const below = SHARES.map((share) =>
    (sizes[Math.floor(share * (sizes.length - 1))] ?? 0).toFixed(3).padStart(8),
  );
  console.log(`${name.padEnd(8)}${below.join('')}`);
}
