import { beforeAll, describe, expect, it } from 'vitest';
import { encodeSteps } from '../notation/steps.ts';
import { readLine } from '../notation/testing/read-line.ts';
import { VOCABULARY } from '../notation/token.ts';
import { createEngraver, engravePage } from './engrave.ts';
import { createRandom } from './random.ts';
import { rasterise } from './rasterise.ts';
import type { TrainingStaff } from './shard.ts';
import {
  cleanStaves,
  hasSignsApart,
  type LabelledPage,
  NOTHING,
  photographedStaves,
  USUAL,
} from './spoil.ts';

let page: LabelledPage;

beforeAll(async () => {
  const wish = { space: 10, blocks: [{ kind: 'melody' as const, bars: 12, layout: {} }] };
  const engraved = engravePage(await createEngraver(), 4, wish);
  page = {
    image: rasterise(engraved),
    space: 10,
    source: engraved.source,
    staves: engraved.staves.map(({ tokens, places, lines }) => ({
      steps: encodeSteps(tokens),
      places: places.filter((_, k) => tokens[k]?.rhythm !== 'chord'),
      left: lines.x0,
      right: lines.x1,
      lines: lines.y,
    })),
  };
}, 30_000);

/** Levels at the middles of all filled noteheads. */
function noteLevels({ image, steps, places }: TrainingStaff): number[] {
  return steps.flatMap(([rhythm = 0], k) => {
    const place = places[k];
    const filled = /^note-(quarter|eighth|sixteenth)/.test(VOCABULARY.rhythm[rhythm] ?? '');
    if (!filled || !place) return [];
    return [image.data[Math.floor(place.y) * image.width + Math.floor(place.x)] ?? 255];
  });
}

describe('labelled staves', { timeout: 30_000 }, () => {
  it('have ink where the labels say that noteheads are, clean and photographed', () => {
    const clean = cleanStaves(page, createRandom(1), { ...NOTHING });
    const tally = { ...NOTHING };
    const options = { ...USUAL, maxPixels: 1_200_000 };
    const photographed = photographedStaves(page, createRandom(2), tally, options);
    expect(clean.length).toBe(page.staves.length);
    expect(photographed.length).toBe(tally.kept);
    expect(photographed.length).toBeGreaterThan(0);
    for (const staff of [...clean, ...photographed]) {
      expect(staff.image.height).toBe(128);
      expect(staff.places.length).toBe(staff.steps.length);
      for (const level of noteLevels(staff)) expect(level).toBeLessThan(160);
    }
  });

  it('are the same for the same seed', () => {
    const options = { ...USUAL, maxPixels: 600_000 };
    const once = photographedStaves(page, createRandom(5), { ...NOTHING }, options);
    // Another picture in between must leave no trace.
    photographedStaves(page, createRandom(6), { ...NOTHING }, options);
    const again = photographedStaves(page, createRandom(5), { ...NOTHING }, options);
    expect(again.length).toBe(once.length);
    again.forEach((staff, k) => {
      expect(staff.places).toEqual(once[k]?.places);
      expect(Buffer.compare(staff.image.data, once[k]?.image.data ?? new Uint8Array())).toBe(0);
    });
  });

  it('are not cropped closely where numbers, marks or brackets would be lost', () => {
    const apart = (text: string) => hasSignsApart(encodeSteps(readLine(`clef-G2 ${text}`)));
    expect(apart('note-C4_quarter barline')).toBe(false);
    expect(apart('note-C4_quarter note-C4_eighth(3:2)')).toBe(true);
    expect(apart('multirest-4')).toBe(true);
  });
});
