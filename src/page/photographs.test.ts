import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { GreyImage } from './image.ts';
import { octaveLinesOf } from './octave-lines.ts';
import { readPage, readStaffCrop } from './read-page.ts';

const PHOTOS = join(process.env.SCORELINE_DATA ?? '../shared', 'photos');
const missing = existsSync(PHOTOS) ? '' : ` (left out: no ${PHOTOS})`;

async function load(...path: string[]): Promise<GreyImage> {
  const upright = sharp(join(PHOTOS, ...path))
    .rotate()
    .greyscale()
    .raw();
  const { data, info } = await upright.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

describe.skipIf(missing !== '')(`reading real photographs${missing}`, { timeout: 60_000 }, () => {
  test.each(['IMG_1609.jpeg', 'IMG_1712.jpeg'])(
    'finds the ten single staves of %s and no octave line',
    async (name) => {
      const page = readPage(await load('pages', name));
      expect(page.rotation).toBe(0);
      expect(page.systems.map((system) => system.staves.length)).toEqual(Array(10).fill(1));
      expect(octaveLinesOf(page.systems.flatMap(({ staves }) => staves)).flat()).toEqual([]);
    },
  );

  test.each([
    ['open-book-curled.jpg', 5],
    ['piano-screen-photo.jpg', 4],
    ['scan-chula.png', 3],
  ])('finds the braced pairs of %s', async (name, systems) => {
    const page = readPage(await load('unlabelled', name));
    expect(page.systems.map((system) => system.staves.length)).toEqual(Array(systems).fill(2));
    expect(page.systems.map((system) => system.braces)).toEqual(Array(systems).fill([[0, 1]]));
  });

  test('finds the staff of crops, from edge to edge', async () => {
    const names = readdirSync(join(PHOTOS, 'staves')).filter((name) => /^\d+-\d+\.jpg$/.test(name));
    for (const name of names.filter((_, i) => i % 15 === 0)) {
      const crop = await load('staves', name);
      const staff = readStaffCrop(crop);
      expect(staff?.box[2], name).toBeGreaterThan(0.93 * crop.width);
    }
  });
});
