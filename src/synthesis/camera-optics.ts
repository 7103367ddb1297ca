/** Light or grey levels, row by row. */
export type Plane = { width: number; height: number; data: Float32Array };

/** Half of a normalised Gaussian kernel, middle first; at most 9 taps wide. */
function gaussian(sigma: number): number[] {
  const reach = Math.min(4, Math.max(1, Math.ceil(2 * sigma)));
  const half = Array.from({ length: reach + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const sum = half.reduce((total, weight, k) => total + (k > 0 ? 2 : 1) * weight, 0);
  return half.map((weight) => weight / sum);
}

/** Gaussian blur of `sigma` px (0.3 to 2) from `plane` into `out`. */
export function defocus(plane: Plane, sigma: number, out: Float32Array): void {
  const { width, height, data } = plane;
  const kernel = gaussian(sigma);
  const reach = kernel.length - 1;
  const line = new Float32Array(width + 8);
  // Rows filtered across, kept in a ring as long as the filter down the columns needs them.
  const ring = Array.from({ length: 9 }, () => new Float32Array(width));
  const at = (y: number) => ring[(y + 9) % 9] as Float32Array;
  const filter = (y: number): void => {
    const row = Math.min(height - 1, Math.max(0, y)) * width;
    line.set(data.subarray(row, row + width), 4);
    line.fill(data[row] ?? 0, 0, 4);
    line.fill(data[row + width - 1] ?? 0, width + 4);
    const views = [0, -1, 1, -2, 2, -3, 3, -4, 4].map((k) => line.subarray(4 + k, 4 + k + width));
    weigh(views, kernel, at(y), 0);
  };
  for (let y = -reach; y < reach; y++) filter(y);
  for (let y = 0; y < height; y++) {
    filter(y + reach);
    const rows = [0, -1, 1, -2, 2, -3, 3, -4, 4].map((k) => at(y + k));
    weigh(rows, kernel, out, y * width);
  }
}

/** Sum of a middle line and its neighbours (-1, 1, -2, 2 …) by half a kernel, written from `offset`. */
function weigh(lines: Float32Array[], kernel: number[], out: Float32Array, offset: number): void {
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0, k4 = 0] = kernel;
  const [m, a1, b1, a2, b2, a3, b3, a4, b4] = lines as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const length = m.length;
  if (kernel.length <= 3) {
    for (let x = 0; x < length; x++) {
      out[offset + x] =
        k0 * (m[x] as number) +
        k1 * ((a1[x] as number) + (b1[x] as number)) +
        k2 * ((a2[x] as number) + (b2[x] as number));
    }
    return;
  }
  for (let x = 0; x < length; x++) {
    out[offset + x] =
      k0 * (m[x] as number) +
      k1 * ((a1[x] as number) + (b1[x] as number)) +
      k2 * ((a2[x] as number) + (b2[x] as number)) +
      k3 * ((a3[x] as number) + (b3[x] as number)) +
      k4 * ((a4[x] as number) + (b4[x] as number));
  }
}

/** Averages along the straight path (dx, dy) px that the picture moved during the exposure. */
export function motionBlur(plane: Plane, dx: number, dy: number, out: Float32Array): void {
  const { width, height, data } = plane;
  const taps = Math.max(2, Math.ceil(Math.hypot(dx, dy)) + 1);
  const shifts = Array.from({ length: taps }, (_, k) => {
    const part = k / (taps - 1) - 0.5;
    return { x: Math.round(dx * part), y: Math.round(dy * part) };
  });
  out.fill(0);
  for (const shift of shifts) {
    const from = Math.max(0, -shift.x);
    const until = Math.min(width, width - shift.x);
    for (let y = 0; y < height; y++) {
      const row = Math.min(height - 1, Math.max(0, y + shift.y)) * width + shift.x;
      const o = y * width;
      for (let x = from; x < until; x++) out[o + x] = (out[o + x] ?? 0) + (data[row + x] ?? 0);
      for (let x = 0; x < from; x++) out[o + x] = (out[o + x] ?? 0) + (data[row + from] ?? 0);
      for (let x = until; x < width; x++) out[o + x] = (out[o + x] ?? 0) + (data[row + until - 1] ?? 0);
    }
  }
  for (let k = 0; k < out.length; k++) out[k] = (out[k] ?? 0) / taps;
}

/** Unsharp mask in place: adds `amount` of what a blur of `sigma` px takes away, halos included. */
export function sharpen(plane: Plane, sigma: number, amount: number, spare: Float32Array): void {
  defocus(plane, sigma, spare);
  const { data } = plane;
  for (let k = 0; k < data.length; k++) {
    const value = data[k] ?? 0;
    data[k] = value + amount * (value - (spare[k] ?? 0));
  }
}
