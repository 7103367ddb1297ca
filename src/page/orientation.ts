import { STAFF_GEOMETRY } from './geometry.ts';
import type { GreyImage } from './image.ts';
import { rotateImage } from './reduce.ts';

/**
 * Clefs on their staff, drawn from the mean of five music fonts: a hexadecimal digit of darkness for every two by two
 * pixels of a staff image, from 2 spaces above the staff to 2 spaces below it. Treble and
 * bass: the C clef is left out, for it resembles a final bar line, and half a turn changes it little.
 */
export const CLEFS: readonly (readonly string[])[] = [
  // G
  [
    '000000000000',
    '000000000000',
    '000000110000',
    '000003871000',
    '000029ca4000',
    '00006d766000',
    '00027a235100',
    '000367246100',
    '444678699444',
    '0003466a6000',
    '00024aca3000',
    '00026fd60000',
    '4449ffa44444',
    '005dfb100000',
    '03cfa6100000',
    '1bea35200000',
    '8ec56bcc8544',
    '9e41dffff810',
    'db09ea86ce30',
    'd71c63702e50',
    'c95b66855d84',
    '5c2472653a30',
    '19a355674810',
    '017b75697100',
    '444468794444',
    '000003171000',
    '001543061000',
    '009de4052000',
    '01bfe4061000',
    '008c72360000',
    '001676510000',
    '000000000000',
  ],
  // F
  [
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '4599a9544444',
    '28335ce51322',
    '977335ed3a83',
    'cff811cf6211',
    'dfeb44aea544',
    '6cc5009d8531',
    '233100ac5b92',
    '010002cb3220',
    '444449d96444',
    '00002ba31000',
    '2223bc420000',
    '235bb4100000',
    '57a754444444',
    '451000000000',
    '100000000000',
    '000000000000',
    '444444444444',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
    '000000000000',
  ],
];

const { space: SPACE, topLine: TOP_LINE } = STAFF_GEOMETRY;
const CELL = 2;
const FIRST_ROW = TOP_LINE - 2 * SPACE;
/** How far from the left edge of a staff image a clef may begin, px. */
const REACH = 5 * SPACE;

/** Clefs are printed in different sizes: these are tried, as parts of the size above. */
const SIZES = [0.92, 1.08];
const COLUMNS = 12;
const ROWS = 32;

/** A template as its cells, without the rows of the staff lines, its values of zero mean and unit length. */
type Template = { cells: { x: number; y: number; weight: number }[] };

const TEMPLATES: Template[] = CLEFS.flatMap((rows) =>
  SIZES.map((size) => {
    const grid = Float32Array.from({ length: COLUMNS * ROWS }, (_, i) => {
      const x = Math.round(((i % COLUMNS) + 0.5) / size - 0.5);
      const y = Math.round((Math.floor(i / COLUMNS) + 0.5 - ROWS / 2) / size + ROWS / 2 - 0.5);
      return Number.parseInt(rows[y]?.[x] ?? '0', 16);
    });
    const cells: Template['cells'] = [];
    for (let y = 0; y < ROWS; y++) {
      if (isLineRow(y)) continue;
      for (let x = 0; x < COLUMNS; x++) cells.push({ x, y, weight: grid[y * COLUMNS + x] as number });
    }
    const mean = cells.reduce((sum, c) => sum + c.weight, 0) / cells.length;
    const length = Math.sqrt(cells.reduce((sum, c) => sum + (c.weight - mean) ** 2, 0));
    return { cells: cells.map((c) => ({ ...c, weight: (c.weight - mean) / length })) };
  }),
);

function isLineRow(y: number): boolean {
  const line = (y * CELL - 2 * SPACE) / SPACE;
  return Number.isInteger(line) && line >= 0 && line <= 4;
}

/**
 * Evidence that staff images stand on their feet: how much better a clef fits their left end than the left end of the
 * images turned by half a circle. The mean over the staves of the difference of two correlations, -1..1; below zero
 * the page hangs upside down. A page without clefs gives about zero.
 */
export function uprightness(images: readonly GreyImage[]): number {
  if (images.length === 0) return 0;
  const sum = images.reduce((total, image) => total + clefFit(image) - clefFit(rotateImage(image, 180)), 0);
  return sum / images.length;
}

/** The best correlation of any clef with any place near the left edge of a staff image. */
export function clefFit(image: GreyImage): number {
  const columns = Math.min(Math.floor(image.width / CELL), (REACH + 3 * SPACE) / CELL);
  const rows = image.height / CELL;
  const ink = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let p = 2 * y * image.width + 2 * x, n = 0; n < 2; n++, p += image.width) {
        sum += 510 - (image.data[p] as number) - (image.data[p + 1] as number);
      }
      ink[y * columns + x] = sum;
    }
  }
  let best = 0;
  for (const template of TEMPLATES) {
    for (let dx = 0; dx + COLUMNS <= columns; dx++) {
      for (let dy = -2; dy <= 2; dy++) {
        best = Math.max(best, correlation(template, ink, columns, dx, FIRST_ROW / CELL + dy));
      }
    }
  }
  return best;
}

function correlation(
  { cells }: Template,
  ink: Float32Array,
  columns: number,
  dx: number,
  dy: number,
): number {
  let product = 0;
  let sum = 0;
  let squares = 0;
  for (const { x, y, weight } of cells) {
    const value = ink[(y + dy) * columns + x + dx] as number;
    product += weight * value;
    sum += value;
    squares += value * value;
  }
  const spread = squares - (sum * sum) / cells.length;
  // Against all but white paper a correlation means nothing.
  return spread < cells.length * 2000 ? 0 : product / Math.sqrt(spread);
}
