/**
 * node --import tsx tools/pdf-fixtures.ts: writes e2e/fixtures/scan.pdf, two pages of one picture as scanners write
 * them, the first in JBIG2 (ITU-T T.88), the second in JPEG 2000 (by OpenJPEG's opj_compress, Debian's
 * libopenjp2-tools); and e2e/fixtures/locked.pdf, which asks for a password.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const ROOT = join(import.meta.dirname, '..');
const FIXTURES = join(ROOT, 'e2e/fixtures');
/** Pages are so many points wide. */
const POINTS = 420;

type Scan = { width: number; height: number; filter: string; colours: string; data: Uint8Array };

/** States of the arithmetic coder (T.88, table E.1): Qe, next if more, next if less probable, switch. */
const STATES: [number, number, number, 0 | 1][] = [
  [0x5601, 1, 1, 1],
  [0x3401, 2, 6, 0],
  [0x1801, 3, 9, 0],
  [0x0ac1, 4, 12, 0],
  [0x0521, 5, 29, 0],
  [0x0221, 38, 33, 0],
  [0x5601, 7, 6, 1],
  [0x5401, 8, 14, 0],
  [0x4801, 9, 14, 0],
  [0x3801, 10, 14, 0],
  [0x3001, 11, 17, 0],
  [0x2401, 12, 18, 0],
  [0x1c01, 13, 20, 0],
  [0x1601, 29, 21, 0],
  [0x5601, 15, 14, 1],
  [0x5401, 16, 14, 0],
  [0x5101, 17, 15, 0],
  [0x4801, 18, 16, 0],
  [0x3801, 19, 17, 0],
  [0x3401, 20, 18, 0],
  [0x3001, 21, 19, 0],
  [0x2801, 22, 19, 0],
  [0x2401, 23, 20, 0],
  [0x2201, 24, 21, 0],
  [0x1c01, 25, 22, 0],
  [0x1801, 26, 23, 0],
  [0x1601, 27, 24, 0],
  [0x1401, 28, 25, 0],
  [0x1201, 29, 26, 0],
  [0x1101, 30, 27, 0],
  [0x0ac1, 31, 28, 0],
  [0x09c1, 32, 29, 0],
  [0x08a1, 33, 30, 0],
  [0x0521, 34, 31, 0],
  [0x0441, 35, 32, 0],
  [0x02a1, 36, 33, 0],
  [0x0221, 37, 34, 0],
  [0x0141, 38, 35, 0],
  [0x0111, 39, 36, 0],
  [0x0085, 40, 37, 0],
  [0x0049, 41, 38, 0],
  [0x0025, 42, 39, 0],
  [0x0015, 43, 40, 0],
  [0x0009, 44, 41, 0],
  [0x0005, 45, 42, 0],
  [0x0001, 45, 43, 0],
  [0x5601, 46, 46, 0],
];

/** The arithmetic encoder of T.88, annex E.2 (the one of JPEG 2000). */
function arithmeticEncoder() {
  const out: number[] = [0];
  const index = new Uint8Array(1 << 16);
  const likely = new Uint8Array(1 << 16);
  let a = 0x8000;
  let c = 0;
  let count = 12;
  const byteOut = () => {
    const last = out.length - 1;
    if (out[last] !== 0xff && c >= 0x8000000) {
      out[last] = (out[last] ?? 0) + 1;
      c &= 0x7ffffff;
    }
    if (out[last] === 0xff) {
      out.push(c >>> 20);
      c &= 0xfffff;
      count = 7;
    } else {
      out.push(c >>> 19);
      c &= 0x7ffff;
      count = 8;
    }
  };
  const renormalise = () => {
    do {
      a <<= 1;
      c = c * 2;
      count -= 1;
      if (count === 0) byteOut();
    } while ((a & 0x8000) === 0);
  };
  return {
    encode(context: number, bit: 0 | 1): void {
      const [qe, more, less, turn] = STATES[index[context] ?? 0] ?? [0, 0, 0, 0];
      a -= qe;
      if (bit === likely[context]) {
        if ((a & 0x8000) !== 0) {
          c += qe;
          return;
        }
        if (a < qe) a = qe;
        else c += qe;
        index[context] = more;
      } else {
        if (a < qe) c += qe;
        else a = qe;
        if (turn) likely[context] = 1 - (likely[context] ?? 0);
        index[context] = less;
      }
      renormalise();
    },
    flush(): Uint8Array {
      const highest = c + a;
      c = Math.floor(c / 0x10000) * 0x10000 + 0xffff;
      if (c >= highest) c -= 0x8000;
      c *= 2 ** count;
      byteOut();
      c *= 2 ** count;
      byteOut();
      if (out.at(-1) !== 0xff) out.push(0xff);
      out.push(0xac);
      return Uint8Array.from(out.slice(1));
    },
  };
}

/** A generic region (T.88, 6.2) with template 0 and its usual adaptive pixels. */
function encodeRegion(black: (x: number, y: number) => 0 | 1, width: number, height: number): Uint8Array {
  const encoder = arithmeticEncoder();
  // From the oldest pixel, the highest bit of the context, to the newest.
  const TEMPLATE = [
    [-2, -2],
    [-1, -2],
    [0, -2],
    [1, -2],
    [2, -2],
    [-3, -1],
    [-2, -1],
    [-1, -1],
    [0, -1],
    [1, -1],
    [2, -1],
    [3, -1],
    [-4, 0],
    [-3, 0],
    [-2, 0],
    [-1, 0],
  ] as const;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let context = 0;
      for (const [dx, dy] of TEMPLATE) context = (context << 1) | black(x + dx, y + dy);
      encoder.encode(context, black(x, y));
    }
  return encoder.flush();
}

function bytes(...fields: [size: 1 | 2 | 4, value: number][]): Uint8Array {
  const out = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of fields) at = out.writeUIntBE(value, at, size);
  return out;
}

/** The two segments of an embedded stream: page information and one immediate generic region. */
async function jbig2(picture: Buffer): Promise<Scan> {
  const { data, info } = await sharp(picture)
    .threshold(205)
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const black = (x: number, y: number): 0 | 1 =>
    x >= 0 && y >= 0 && x < width && (data[y * width + x] ?? 255) < 128 ? 1 : 0;
  const coded = encodeRegion(black, width, height);
  const page = bytes([4, width], [4, height], [4, 0], [4, 0], [1, 0], [2, 0]);
  const region = Buffer.concat([
    bytes([4, width], [4, height], [4, 0], [4, 0], [1, 0]),
    // Template 0 and its four adaptive pixels: (3,-1), (-3,-1), (2,-2), (-2,-2).
    bytes([1, 0], [1, 3], [1, 0xff], [1, 0xfd], [1, 0xff], [1, 2], [1, 0xfe], [1, 0xfe], [1, 0xfe]),
    coded,
  ]);
  const segment = (number: number, type: number, content: Uint8Array) =>
    Buffer.concat([bytes([4, number], [1, type], [1, 0], [1, 1], [4, content.length]), content]);
  const stream = Buffer.concat([segment(0, 48, page), segment(1, 38, region)]);
  return { width, height, filter: 'JBIG2Decode', colours: '/DeviceGray /BitsPerComponent 1', data: stream };
}

async function jpeg2000(picture: Buffer): Promise<Scan> {
  const folder = mkdtempSync(join(tmpdir(), 'scan-'));
  const from = join(folder, 'page.pgm');
  const to = join(folder, 'page.jp2');
  const { data, info } = await sharp(picture).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  writeFileSync(from, Buffer.concat([Buffer.from(`P5\n${info.width} ${info.height}\n255\n`), data]));
  execFileSync('opj_compress', ['-i', from, '-o', to, '-r', '24'], { stdio: 'ignore' });
  const { width, height } = info;
  return {
    width,
    height,
    filter: 'JPXDecode',
    colours: '/DeviceGray /BitsPerComponent 8',
    data: readFileSync(to),
  };
}

/** A PDF of one picture a page. `encrypt`: a dictionary of encryption, which makes readers ask for a password. */
function pdfOf(scans: Scan[], encrypt = ''): Buffer {
  const objects: Buffer[] = [];
  const add = (text: string, stream?: Uint8Array) => {
    const body = stream ? [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')] : [];
    objects.push(
      Buffer.concat([
        Buffer.from(`${objects.length + 1} 0 obj\n${text}`),
        ...body,
        Buffer.from('\nendobj\n'),
      ]),
    );
    return objects.length;
  };
  const pageNumber = (i: number) => 3 + 3 * i;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(
    `<< /Type /Pages /Count ${scans.length} /Kids [${scans.map((_, i) => `${pageNumber(i)} 0 R`).join(' ')}] >>`,
  );
  for (const { width, height, filter, colours, data } of scans) {
    const tall = Math.round((POINTS * height) / width);
    const number = objects.length + 1;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${POINTS} ${tall}] /Contents ${number + 1} 0 R ` +
        `/Resources << /XObject << /Scan ${number + 2} 0 R >> >> >>`,
    );
    const draw = Buffer.from(`${POINTS} 0 0 ${tall} 0 0 cm /Scan Do`);
    add(`<< /Length ${draw.length} >>`, draw);
    add(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace ${colours} ` +
        `/Filter /${filter} /Length ${data.length} >>`,
      data,
    );
  }
  if (encrypt) add(encrypt);
  const head = Buffer.from('%PDF-1.6\n%\u00e2\u00e3\n', 'latin1');
  let at = head.length;
  const places = objects.map((object) => {
    const place = at;
    at += object.length;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const lock = encrypt
    ? ` /Encrypt ${objects.length} 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]`
    : '';
  const tail =
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}` +
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([head, ...objects, Buffer.from(tail)]);
}

// The middle of the sample page: two staves, which is little to read and little to keep.
const picture = await sharp(join(ROOT, 'public/samples/scores/bass-line.jpg'))
  .rotate()
  .greyscale()
  .resize({ width: 1500 })
  .png()
  .toBuffer();
const { height = 0 } = await sharp(picture).metadata();
const scan = await sharp(picture)
  .extract({ left: 0, top: 0, width: 1500, height: Math.round(0.41 * height) })
  .png()
  .toBuffer();
const first = await jbig2(scan);
writeFileSync(join(FIXTURES, 'scan.pdf'), pdfOf([first, await jpeg2000(scan)]));
// Hashes that no password leads to: whichever is tried, it is wrong.
const hash = '5a'.repeat(32);
const standard = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <${hash}> /U <${hash}> >>`;
writeFileSync(join(FIXTURES, 'locked.pdf'), pdfOf([{ ...first, width: 64, height: 64 }], standard));
