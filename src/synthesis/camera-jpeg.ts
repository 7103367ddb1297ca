/**
 * What JPEG does to the luma plane: 8x8 cosine transform, quantised by the table of ITU-T T.81 annex K scaled to
 * `quality` as libjpeg does, and back. No entropy coding: only the loss is of interest.
 */

const LUMA_TABLE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/** Orthonormal DCT-II factors by symmetry: even rows on sums, odd rows on differences of mirrored samples. */
const C = Array.from({ length: 8 }, (_, k) => Math.cos((k * Math.PI) / 16) / 2);
const [, C1 = 0, C2 = 0, C3 = 0, C4 = 0, C5 = 0, C6 = 0, C7 = 0] = C;

function transform(b: Float32Array, o: number, s: number): void {
  const x0 = b[o] ?? 0;
  const x1 = b[o + s] ?? 0;
  const x2 = b[o + 2 * s] ?? 0;
  const x3 = b[o + 3 * s] ?? 0;
  const x4 = b[o + 4 * s] ?? 0;
  const x5 = b[o + 5 * s] ?? 0;
  const x6 = b[o + 6 * s] ?? 0;
  const x7 = b[o + 7 * s] ?? 0;
  const s0 = x0 + x7;
  const s1 = x1 + x6;
  const s2 = x2 + x5;
  const s3 = x3 + x4;
  const d0 = x0 - x7;
  const d1 = x1 - x6;
  const d2 = x2 - x5;
  const d3 = x3 - x4;
  b[o] = C4 * (s0 + s1 + s2 + s3);
  b[o + 4 * s] = C4 * (s0 - s1 - s2 + s3);
  b[o + 2 * s] = C2 * (s0 - s3) + C6 * (s1 - s2);
  b[o + 6 * s] = C6 * (s0 - s3) - C2 * (s1 - s2);
  b[o + s] = C1 * d0 + C3 * d1 + C5 * d2 + C7 * d3;
  b[o + 3 * s] = C3 * d0 - C7 * d1 - C1 * d2 - C5 * d3;
  b[o + 5 * s] = C5 * d0 - C1 * d1 + C7 * d2 + C3 * d3;
  b[o + 7 * s] = C7 * d0 - C5 * d1 + C3 * d2 - C1 * d3;
}

function restore(b: Float32Array, o: number, s: number): void {
  const f0 = C4 * (b[o] ?? 0);
  const f1 = b[o + s] ?? 0;
  const f2 = b[o + 2 * s] ?? 0;
  const f3 = b[o + 3 * s] ?? 0;
  const f4 = C4 * (b[o + 4 * s] ?? 0);
  const f5 = b[o + 5 * s] ?? 0;
  const f6 = b[o + 6 * s] ?? 0;
  const f7 = b[o + 7 * s] ?? 0;
  const e0 = f0 + f4 + C2 * f2 + C6 * f6;
  const e1 = f0 - f4 + C6 * f2 - C2 * f6;
  const e2 = f0 - f4 - C6 * f2 + C2 * f6;
  const e3 = f0 + f4 - C2 * f2 - C6 * f6;
  const d0 = C1 * f1 + C3 * f3 + C5 * f5 + C7 * f7;
  const d1 = C3 * f1 - C7 * f3 - C1 * f5 - C5 * f7;
  const d2 = C5 * f1 - C1 * f3 + C7 * f5 + C3 * f7;
  const d3 = C7 * f1 - C5 * f3 + C3 * f5 - C1 * f7;
  b[o] = e0 + d0;
  b[o + 7 * s] = e0 - d0;
  b[o + s] = e1 + d1;
  b[o + 6 * s] = e1 - d1;
  b[o + 2 * s] = e2 + d2;
  b[o + 5 * s] = e2 - d2;
  b[o + 3 * s] = e3 + d3;
  b[o + 4 * s] = e3 - d3;
}

/** libjpeg's scaling of the table, quality 1-100. */
export function quantisationTable(quality: number): Float32Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Float32Array.from(LUMA_TABLE, (q) => Math.min(255, Math.max(1, Math.floor((q * scale + 50) / 100))));
}

/** Compresses and restores grey levels 0-255 in place. */
export function jpegLoss(levels: Float32Array, width: number, height: number, quality: number): void {
  const table = quantisationTable(quality);
  const inverse = table.map((q) => 1 / q);
  const block = new Float32Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      const whole = top + 8 <= height && left + 8 <= width;
      for (let j = 0; j < 8; j++) {
        const row = Math.min(height - 1, top + j) * width;
        for (let i = 0; i < 8; i++) {
          const column = whole ? left + i : Math.min(width - 1, left + i);
          block[j * 8 + i] = (levels[row + column] ?? 0) - 128;
        }
      }
      for (let j = 0; j < 8; j++) transform(block, j * 8, 1);
      for (let i = 0; i < 8; i++) transform(block, i, 8);
      let detail = 0;
      for (let k = 0; k < 64; k++) {
        const quantised = Math.round((block[k] ?? 0) * (inverse[k] ?? 0));
        if (k > 0) detail |= quantised;
        block[k] = quantised * (table[k] ?? 0);
      }
      if (detail === 0) {
        block.fill((block[0] ?? 0) / 8);
      } else {
        for (let i = 0; i < 8; i++) restore(block, i, 8);
        for (let j = 0; j < 8; j++) restore(block, j * 8, 1);
      }
      const rows = Math.min(8, height - top);
      const columns = Math.min(8, width - left);
      for (let j = 0; j < rows; j++) {
        const row = (top + j) * width + left;
        for (let i = 0; i < columns; i++) levels[row + i] = (block[j * 8 + i] ?? 0) + 128;
      }
    }
  }
}
