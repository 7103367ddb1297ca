/** Tables of noise, made once: lookups cost far less than drawing numbers for every pixel of every photo. */

export const TILE = 512;
const MASK = TILE - 1;

/** A small generator of its own, so that the tables never change with anybody's seed. */
function tableNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Smooths a tile that repeats at its edges by a binomial kernel, `times` times. */
function smooth(tile: Float32Array, times: number): Float32Array {
  let source = tile;
  for (let n = 0; n < times; n++) {
    const across = new Float32Array(TILE * TILE);
    for (let j = 0; j < TILE; j++) {
      for (let i = 0; i < TILE; i++) {
        const row = j * TILE;
        across[row + i] =
          (source[row + ((i - 1) & MASK)] ?? 0) / 4 +
          (source[row + i] ?? 0) / 2 +
          (source[row + ((i + 1) & MASK)] ?? 0) / 4;
      }
    }
    const down = new Float32Array(TILE * TILE);
    for (let j = 0; j < TILE; j++) {
      for (let i = 0; i < TILE; i++) {
        down[j * TILE + i] =
          (across[((j - 1) & MASK) * TILE + i] ?? 0) / 4 +
          (across[j * TILE + i] ?? 0) / 2 +
          (across[((j + 1) & MASK) * TILE + i] ?? 0) / 4;
      }
    }
    source = down;
  }
  return source;
}

function withUnitVariance(tile: Float32Array): Float32Array {
  let sum = 0;
  for (const value of tile) sum += value * value;
  const scale = 1 / Math.sqrt(sum / tile.length);
  return tile.map((value) => value * scale);
}

function whiteTile(seed: number): Float32Array {
  const next = tableNumbers(seed);
  return Float32Array.from({ length: TILE * TILE }, () => next() + next() + next() + next() - 2);
}

/** Coarse noise: white noise on a coarse lattice that repeats, read bilinearly and summed over three octaves. */
function cloudTile(seed: number, cell: number): Float32Array {
  const tile = new Float32Array(TILE * TILE);
  let weight = 1;
  for (let size = cell; size >= cell / 4; size /= 2) {
    const nodes = TILE / size;
    const next = tableNumbers(seed + size);
    const lattice = Float32Array.from({ length: nodes * nodes }, () => next() - 0.5);
    const node = (i: number, j: number) => lattice[(j % nodes) * nodes + (i % nodes)] ?? 0;
    for (let y = 0; y < TILE; y++) {
      const j = Math.floor(y / size);
      const fy = ease(y / size - j);
      for (let x = 0; x < TILE; x++) {
        const i = Math.floor(x / size);
        const fx = ease(x / size - i);
        const top = node(i, j) * (1 - fx) + node(i + 1, j) * fx;
        const bottom = node(i, j + 1) * (1 - fx) + node(i + 1, j + 1) * fx;
        const k = y * TILE + x;
        tile[k] = (tile[k] ?? 0) + weight * (top * (1 - fy) + bottom * fy);
      }
    }
    weight /= 2;
  }
  return withUnitVariance(tile);
}

const ease = (t: number): number => t * t * (3 - 2 * t);

const tables = new Map<string, Float32Array>();

function table(key: string, make: () => Float32Array): Float32Array {
  const known = tables.get(key);
  if (known) return known;
  const made = make();
  tables.set(key, made);
  return made;
}

/** 512 x 512 noise of unit variance that repeats at its edges; `grain` 0 is white, 3 is about 1.2 px wide. */
export function noiseTile(grain: 0 | 1 | 2 | 3): Float32Array {
  return table(`grain ${grain}`, () => withUnitVariance(smooth(whiteTile(1), grain)));
}

/** Clouds of about `cell` pixels, unit variance, repeating at the edges of 512 x 512. */
export function cloudNoise(cell: 16 | 64): Float32Array {
  return table(`cloud ${cell}`, () => cloudTile(7, cell));
}

/** A tile read at any point, nearest pixel, repeating. */
export function readTile(tile: Float32Array, x: number, y: number): number {
  return tile[(Math.floor(y) & MASK) * TILE + (Math.floor(x) & MASK)] ?? 0;
}
