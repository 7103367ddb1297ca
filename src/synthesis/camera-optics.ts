/** Blur and sharpening of a plane of floats. Each returns a plane of the same size; `spare` is reused as scratch. */
export type Plane = { width: number; height: number; data: Float32Array };

/** Half of a normalised Gaussian kernel, middle first; at most 9 taps wide. */
function gaussian(sigma: number): number[] {
  const reach = Math.min(4, Math.max(1, Math.ceil(2.3 * sigma)));
  const half = Array.from({ length: reach + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const sum = half.reduce((total, weight, k) => total + (k > 0 ? 2 : 1) * weight, 0);
  return half.map((weight) => weight / sum);
}

/** Gaussian blur of `sigma` px (0.3 to 2) from `plane` into `out`. */
export function defocus(plane: Plane, sigma: number, out: Float32Array): void {
  const { width, height, data } = plane;
  const [k0 = 1, k1 = 0, k2 = 0, k3 = 0, k4 = 0] = gaussian(sigma);
  const reach = k4 > 0 ? 4 : k3 > 0 ? 3 : k2 > 0 ? 2 : 1;
  const line = new Float32Array(width + 8);
  const window: Float32Array[] = Array.from({ length: 9 }, () => new Float32Array(width));
  const filter = (y: number): void => {
    const into = window[((y % 9) + 9) % 9] as Float32Array;
    const row = Math.min(height - 1, Math.max(0, y)) * width;
    line.set(data.subarray(row, row + width), 4);
    line.fill(data[row] ?? 0, 0, 4);
    line.fill(data[row + width - 1] ?? 0, width + 4);
    for (let x = 0, c = 4; x < width; x++, c++) {
      let sum = k0 * (line[c] ?? 0) + k1 * ((line[c - 1] ?? 0) + (line[c + 1] ?? 0));
      if (reach > 1) sum += k2 * ((line[c - 2] ?? 0) + (line[c + 2] ?? 0));
      if (reach > 2) sum += k3 * ((line[c - 3] ?? 0) + (line[c + 3] ?? 0));
      if (reach > 3) sum += k4 * ((line[c - 4] ?? 0) + (line[c + 4] ?? 0));
      into[x] = sum;
    }
  };
  for (let y = -reach; y < reach; y++) filter(y);
  const at = (y: number) => window[((y % 9) + 9) % 9] as Float32Array;
  for (let y = 0; y < height; y++) {
    filter(y + reach);
    const [m, a1, b1, a2, b2] = [at(y), at(y - 1), at(y + 1), at(y - 2), at(y + 2)];
    const [a3, b3, a4, b4] = [at(y - 3), at(y + 3), at(y - 4), at(y + 4)];
    for (let x = 0, o = y * width; x < width; x++, o++) {
      let sum = k0 * (m[x] ?? 0) + k1 * ((a1[x] ?? 0) + (b1[x] ?? 0));
      if (reach > 1) sum += k2 * ((a2[x] ?? 0) + (b2[x] ?? 0));
      if (reach > 2) sum += k3 * ((a3[x] ?? 0) + (b3[x] ?? 0));
      if (reach > 3) sum += k4 * ((a4[x] ?? 0) + (b4[x] ?? 0));
      out[o] = sum;
    }
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
