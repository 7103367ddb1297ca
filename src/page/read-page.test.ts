import { describe, expect, test } from 'vitest';
import {
  curled,
  type DrawnStaff,
  drawGrandStaff,
  drawStaff,
  FLAT,
  fillRect,
  oblique,
  photographSheet,
  turned,
  type Warp,
} from './drawn-page.ts';
import { STAFF_GEOMETRY } from './geometry.ts';
import { blankImage, type GreyImage } from './image.ts';
import { type PageReading, readPage, readStaffCrop, type Staff } from './read-page.ts';
import { type Rotation, rotateImage } from './reduce.ts';
import { toPhoto, toStaff } from './staff-map.ts';

const WIDTH = 1000;
const HEIGHT = 800;
const STAVES: DrawnStaff[] = [
  { x: 180, y: 150, length: 660, space: 10 },
  { x: 120, y: 300, length: 720, space: 10 },
  { x: 120, y: 450, length: 720, space: 10 },
  { x: 120, y: 600, length: 300, space: 10 },
];

function page(staves: DrawnStaff[], warp: Warp): GreyImage {
  const sheet = blankImage(WIDTH, HEIGHT);
  for (const staff of staves) drawStaff(sheet, staff);
  return photographSheet(sheet, warp);
}

function stavesOf(reading: PageReading): Staff[] {
  return reading.systems.flatMap((system) => system.staves);
}

/** The greatest distance, px, of the found lines and of the map's rows from where the drawn lines really went. */
function worstError(found: Staff[], drawn: DrawnStaff[], warp: Warp): number {
  let worst = 0;
  found.forEach((staff, i) => {
    const truth = drawn[i] as DrawnStaff;
    for (let line = 0; line < 5; line++) {
      const flatY = truth.y + line * truth.space;
      for (const p of staff.lines[line] ?? []) worst = Math.max(worst, Math.abs(warp.toFlat(p).y - flatY));
      const y = STAFF_GEOMETRY.topLine + 0.5 + line * STAFF_GEOMETRY.space;
      for (let x = 12; x < staff.map.width - 8; x += 5) {
        worst = Math.max(worst, Math.abs(warp.toFlat(toPhoto(staff.map, { x, y })).y - flatY));
      }
    }
  });
  return worst;
}

describe('readPage on drawn pages', { timeout: 60_000 }, () => {
  const centre = { x: WIDTH / 2, y: HEIGHT / 2 };
  test.each<[string, Warp]>([
    ['flat', FLAT],
    ['turned by 12 degrees', turned(12, centre)],
    ['turned by -12 degrees', turned(-12, centre)],
    ['curled', curled(14, 900)],
    ['seen from one side', oblique(0.25, WIDTH, HEIGHT)],
  ])('finds indented, full and short staves of a page that is %s, to half a pixel', (_, warp) => {
    const reading = readPage(page(STAVES, warp));
    const staves = stavesOf(reading);
    expect(staves).toHaveLength(STAVES.length);
    expect(reading.rotation).toBe(0);
    expect(worstError(staves, STAVES, warp)).toBeLessThan(0.5);
    staves.forEach((staff, i) => {
      const truth = STAVES[i] as DrawnStaff;
      const middle = staff.lines[2] ?? [];
      const left = warp.toFlat(middle[0] ?? { x: 0, y: 0 });
      const right = warp.toFlat(middle[middle.length - 1] ?? { x: 0, y: 0 });
      expect(Math.abs(left.x - truth.x)).toBeLessThan(0.4 * truth.space);
      expect(Math.abs(right.x - truth.x - truth.length)).toBeLessThan(0.4 * truth.space);
    });
  });

  test('maps every place of the staff image to the photo and back', () => {
    const staves = stavesOf(readPage(page(STAVES, curled(14, 900))));
    for (const { map } of staves) {
      for (let x = 0; x < map.width; x += 17) {
        for (let y = 0; y < 128; y += 13) {
          const back = toStaff(map, toPhoto(map, { x, y }));
          expect(Math.hypot(back.x - x, back.y - y)).toBeLessThan(0.05);
        }
      }
    }
  });

  test('puts the lines on their rows, white paper and black ink between', () => {
    const [staff] = stavesOf(readPage(page(STAVES, turned(5, centre))));
    const { image } = staff as Staff;
    expect(image.height).toBe(STAFF_GEOMETRY.rows);
    const rowMeans = Array.from({ length: 128 }, (_, y) => {
      const row = Array.from(image.data.subarray(y * image.width + 12, (y + 1) * image.width - 8));
      return row.reduce((sum, v) => sum + v, 0) / row.length;
    });
    for (let line = 0; line < 5; line++) {
      const row = 48 + 8 * line;
      const around = [-3, -2, -1, 1, 2, 3].map((d) => rowMeans[row + d] as number);
      expect(rowMeans[row]).toBeLessThan(Math.min(...around));
    }
    expect(rowMeans[20]).toBeGreaterThan(250);
    expect(Math.min(...image.data)).toBeLessThan(20);
  });

  test('reads small staves beside large ones', () => {
    const staves = [
      { x: 100, y: 100, length: 800, space: 16 },
      { x: 100, y: 300, length: 500, space: 6 },
      { x: 100, y: 450, length: 800, space: 11 },
    ];
    const found = stavesOf(readPage(page(staves, FLAT)));
    expect(found.map((staff) => Math.round(staff.space))).toEqual([16, 6, 11]);
  });

  test('finds thirty staves', () => {
    const staves = Array.from({ length: 30 }, (_, i) => ({ x: 60, y: 30 + i * 50, length: 800, space: 6 }));
    const sheet = blankImage(900, 1540);
    for (const staff of staves) drawStaff(sheet, staff);
    expect(stavesOf(readPage(photographSheet(sheet, FLAT)))).toHaveLength(30);
  });

  test.each<Rotation>([0, 90, 180, 270])('turns a page that was turned by %i degrees', (turn) => {
    const reading = readPage(rotateImage(page(STAVES, FLAT), turn));
    expect(reading.rotation).toBe((360 - turn) % 360);
    expect(stavesOf(reading)).toHaveLength(STAVES.length);
  });

  test('leaves the turn to the caller who gives one', () => {
    const upsideDown = rotateImage(page(STAVES, FLAT), 180);
    expect(readPage(upsideDown, { rotation: 0 }).rotation).toBe(0);
    expect(readPage(upsideDown, { rotation: 180 }).systems).toHaveLength(STAVES.length);
  });

  test('finds bar lines where they were drawn', () => {
    const staff = { x: 100, y: 300, length: 800, space: 10 };
    const [found] = stavesOf(readPage(page([staff], FLAT)));
    const xs = (found as Staff).barLines.map((x) => toPhoto((found as Staff).map, { x, y: 64 }).x);
    const drawn = [300, 460, 620, 780, 898.4].map((x) => x + 0.8);
    expect(xs).toHaveLength(drawn.length);
    xs.forEach((x, i) => {
      expect(Math.abs(x - (drawn[i] as number))).toBeLessThan(2);
    });
  });

  test('joins the staves of a grand staff and leaves single staves apart', () => {
    const sheet = blankImage(WIDTH, HEIGHT);
    drawGrandStaff(sheet, { x: 120, y: 100, length: 760, space: 10 }, 60);
    drawGrandStaff(sheet, { x: 120, y: 350, length: 760, space: 10 }, 60);
    drawStaff(sheet, { x: 120, y: 600, length: 760, space: 10 });
    for (const warp of [FLAT, turned(4, { x: 500, y: 400 })]) {
      const { systems } = readPage(photographSheet(sheet, warp));
      expect(systems.map((system) => system.staves.length)).toEqual([2, 2, 1]);
      expect(systems.map((system) => system.braces)).toEqual([[[0, 1]], [[0, 1]], []]);
      expect(systems.map((system) => system.brackets)).toEqual([[], [], []]);
    }
  });

  test('reads the pages of an open book one after the other', () => {
    const sheet = blankImage(1400, 500);
    for (const y of [100, 250, 400]) {
      for (const x of [60, 760]) drawStaff(sheet, { x, y, length: 560, space: 9 });
    }
    const staves = stavesOf(readPage(photographSheet(sheet, FLAT)));
    expect(staves.map((staff) => [staff.box[0] < 700, Math.round(staff.box[1] / 50)])).toEqual([
      [true, 2],
      [true, 5],
      [true, 8],
      [false, 2],
      [false, 5],
      [false, 8],
    ]);
  });
});

describe('readPage on what is no music', { timeout: 60_000 }, () => {
  const none = (sheet: GreyImage) => {
    const photo = photographSheet(sheet, FLAT);
    expect(stavesOf(readPage(photo))).toHaveLength(0);
    return photo;
  };

  test('finds nothing on a blank sheet, nor on an image of a pixel', () => {
    none(blankImage(500, 400));
    expect(readPage(blankImage(1, 1)).systems).toEqual([]);
    expect(readPage(blankImage(3, 2000)).systems).toEqual([]);
  });

  test('finds nothing in noise', () => {
    const sheet = blankImage(700, 500);
    for (let p = 0, seed = 7; p < sheet.data.length; p++) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      sheet.data[p] = seed >> 23;
    }
    expect(readStaffCrop(none(sheet))).toBeUndefined();
  });

  test('finds nothing on ruled paper, staff paper without notes, or stripes', () => {
    for (const staff of [
      { x: 40, y: 60, length: 900, space: 12, lines: 40, bare: true },
      { x: 40, y: 60, length: 900, space: 12, bare: true },
    ]) {
      const sheet = blankImage(WIDTH, 600);
      drawStaff(sheet, staff);
      expect(readStaffCrop(none(sheet))).toBeUndefined();
    }
    const stripes = blankImage(WIDTH, 600);
    for (let y = 20; y < 580; y += 24) fillRect(stripes, 0, y, WIDTH, y + 12);
    expect(readStaffCrop(none(stripes))).toBeUndefined();
  });

  test('finds nothing in lines of text or in a table of five rules', () => {
    const sheet = blankImage(WIDTH, 600);
    const words = (y: number, height: number) => {
      for (let x = 60, n = 0; x < 900; n++, x += n % 7 === 6 ? 16 : 9) {
        fillRect(sheet, x, y, x + 2, y + height);
        fillRect(sheet, x, y + (n % 3) * (height / 3), x + 6, y + (n % 3) * (height / 3) + 2);
      }
    };
    for (let y = 40; y < 280; y += 24) words(y, 12);
    expect(readStaffCrop(none(sheet))).toBeUndefined();
    drawStaff(sheet, { x: 50, y: 330, length: 880, space: 24, bare: true });
    for (let row = 0; row < 4; row++) words(336 + 24 * row, 12);
    for (let x = 50; x <= 930; x += 220) fillRect(sheet, x, 330, x + 2, 426);
    none(sheet);
  });
});

describe('a staff whose lines glare has taken in part', { timeout: 60_000 }, () => {
  /** Paper shows through a good fifth of the staff's length, as where a lamp shines. */
  function withGlare(sheet: GreyImage, { x, y, length, space }: DrawnStaff): void {
    for (let line = 0; line < 5; line++) {
      for (let part = 0; part < 9; part++) {
        const from = Math.round(x + (part / 9) * length);
        const row = Math.round(y + line * space);
        for (let at = row - 1; at <= row + 1; at++)
          sheet.data.fill(255, at * sheet.width + from, at * sheet.width + from + Math.round(length / 40));
      }
    }
  }

  test('is found beside others of its size, and where the image shows no other', () => {
    const sheet = blankImage(WIDTH, HEIGHT);
    for (const staff of STAVES) drawStaff(sheet, staff);
    withGlare(sheet, STAVES[1] as DrawnStaff);
    expect(stavesOf(readPage(sheet))).toHaveLength(4);
    expect(readStaffCrop(sheet)).toBeDefined();

    const alone = blankImage(WIDTH, 130);
    const staff = { x: 120, y: 45, length: 720, space: 10 };
    drawStaff(alone, staff);
    withGlare(alone, staff);
    expect(stavesOf(readPage(alone))).toHaveLength(0);
    expect(readStaffCrop(alone)?.box[2]).toBeGreaterThan(700);
  });
});

describe('readStaffCrop', { timeout: 60_000 }, () => {
  test('takes the whole staff of a crop whose lines run to the edges', () => {
    const sheet = blankImage(1500, 130);
    drawStaff(sheet, { x: -10, y: 40, length: 1520, space: 13 });
    const staff = readStaffCrop(photographSheet(sheet, curled(5, 1400)));
    expect(staff?.box[0]).toBeLessThan(8);
    expect(staff?.box[2]).toBeGreaterThan(1485);
  });

  /** Thin grey lines under the slanting stripes of a screen, darker than they are. */
  function onScreen(sheet: GreyImage): GreyImage {
    const data = sheet.data.map((level, i) => {
      const [x, y] = [i % sheet.width, Math.floor(i / sheet.width)];
      const stripe = 25 * Math.sin((2 * Math.PI * (x + 0.6 * y)) / 11);
      return level > 150 ? 160 + (level - 255) / 5 + stripe : level;
    });
    return { ...sheet, data };
  }

  test('finds a staff under the stripes of a photographed screen', () => {
    const sheet = blankImage(1000, 130);
    const staff = { x: 60, y: 40, length: 880, space: 11 };
    drawStaff(sheet, staff);
    for (let line = 0; line < 5; line++) {
      const row = staff.y + line * staff.space;
      for (let at = row - 1; at <= row; at++)
        sheet.data.fill(200, at * sheet.width + staff.x, at * sheet.width + 940);
    }
    const found = readStaffCrop(onScreen(sheet));
    expect(found?.space).toBeCloseTo(11, 0);
    expect(found?.box[2]).toBeGreaterThan(850);
  });

  test('returns nothing for a crop without a staff', () => {
    expect(readStaffCrop(blankImage(1500, 130))).toBeUndefined();
  });
});
