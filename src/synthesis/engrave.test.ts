import { beforeAll, describe, expect, test } from 'vitest';
import { staffFaults } from './check-staff.ts';
import { createEngraver, type EngravedPage, type Engraver, engravePage } from './engrave.ts';
import { rasterise } from './rasterise.ts';

/** Staves to check: few in every run, 1000 for the full proof. */
const STAVES = Number(process.env.SCORELINE_CHECK_STAVES ?? 40);

let engraver: Engraver;
const pages: EngravedPage[] = [];

beforeAll(async () => {
  engraver = await createEngraver();
  for (let seed = 1, staves = 0; staves < STAVES; seed++) {
    const page = engravePage(engraver, seed);
    pages.push(page);
    staves += page.staves.length;
  }
}, 600_000);

describe('pages of random music', () => {
  test('every symbol lies where its label says', () => {
    const faults = pages.flatMap(({ staves }, page) =>
      staves.flatMap((staff) => staffFaults(staff).map((fault) => `page ${page + 1}: ${fault}`)),
    );
    const staves = pages.reduce((sum, page) => sum + page.staves.length, 0);
    // Crowded bars of odd music push a few grace notes over their neighbours, and a few notes beyond the model's range.
    const misplaced = faults.filter(
      (fault) => fault.includes('too high') || fault.includes('outside the staff'),
    );
    expect(misplaced).toEqual([]);
    expect(faults.length).toBeLessThanOrEqual(Math.ceil(staves / 50));
  });

  test('hardly a staff is lost because drawing and label differ', () => {
    const dropped = pages.flatMap((page) => page.dropped);
    expect(dropped.length).toBeLessThanOrEqual(Math.ceil(STAVES / 100));
  });

  test('the same seed gives the same page', () => {
    expect(engravePage(engraver, 1)).toEqual(pages[0]);
  }, 30_000);

  test('the staff lines of the picture lie where the label says', () => {
    const [page] = pages;
    const [staff] = page?.staves ?? [];
    if (!page || !staff) throw new Error('no page');
    const image = rasterise(page);
    expect([image.width, image.height]).toEqual([page.width, page.height]);
    const x = Math.floor((staff.lines.x0 + staff.lines.x1) / 2);
    for (const y of staff.lines.y) {
      const column = Array.from(
        { length: 5 },
        (_, i) => image.data[(Math.floor(y) - 2 + i) * image.width + x] ?? 255,
      );
      expect(Math.min(...column)).toBeLessThan(200);
    }
  }, 30_000);
});
