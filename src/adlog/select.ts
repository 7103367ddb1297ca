/** The `count`-th largest of the first `size` values (quickselect; reorders them). */
export function thresholdOfTop(scratch: Float64Array, size: number, count: number): number {
  const target = count - 1;
  let left = 0;
  let right = size - 1;
  while (left < right) {
    const pivot = scratch[(left + right) >> 1] as number;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((scratch[i] as number) > pivot) i++;
      while ((scratch[j] as number) < pivot) j--;
      if (i <= j) {
        const swap = scratch[i] as number;
        scratch[i] = scratch[j] as number;
        scratch[j] = swap;
        i++;
        j--;
      }
    }
    if (target <= j) right = j;
    else if (target >= i) left = i;
    else break;
  }
  return scratch[target] as number;
}

const STRIDE = 8;
const field = new Int32Array(4096);

/**
 * Writes the indices of the `count` largest of the first `size` values (at most 4096) into `out`, in order of index; ties
 * at the border go by index. A guess from every eighth value thins the field before the exact selection.
 */
export function selectTop(
  values: Float64Array,
  size: number,
  count: number,
  scratch: Float64Array,
  out: Int32Array,
): void {
  const left = thin(values, size, count, scratch);
  for (let j = 0; j < left; j++) scratch[j] = values[field[j] as number] as number;
  const threshold = thresholdOfTop(scratch, left, count);
  let reached = 0;
  for (let j = 0; j < left; j++) reached += (values[field[j] as number] as number) >= threshold ? 1 : 0;
  // More than `count` reach the threshold only where values at it are equal: the later ones of those are left out.
  let surplus = reached - count;
  let n = count;
  for (let j = left - 1; j >= 0; j--) {
    const i = field[j] as number;
    const value = values[i] as number;
    if (value < threshold || (value === threshold && surplus-- > 0)) continue;
    out[--n] = i;
  }
}

/** Fills the field with the indices of all values that can be among the top; returns how many. */
function thin(values: Float64Array, size: number, count: number, scratch: Float64Array): number {
  let sampled = 0;
  for (let i = 0; i < size; i += STRIDE) scratch[sampled++] = values[i] as number;
  // Deep enough that fewer than `count` values reach the guess only rarely.
  const rank = Math.ceil((1.5 * count) / STRIDE) + 2;
  if (rank < sampled) {
    const guess = thresholdOfTop(scratch, sampled, rank);
    let n = 0;
    for (let i = 0; i < size; i++) if ((values[i] as number) >= guess) field[n++] = i;
    if (n >= count) return n;
  }
  for (let i = 0; i < size; i++) field[i] = i;
  return size;
}

/** Writes the indices of the `count` largest of the first `size` values into `out`, best first (for small counts). */
export function orderTop(values: Float64Array, size: number, count: number, out: Int32Array): void {
  let n = 0;
  for (let i = 0; i < size; i++) {
    const value = values[i] as number;
    if (n === count && value <= (values[out[n - 1] as number] as number)) continue;
    let at = n < count ? n++ : count - 1;
    while (at > 0 && (values[out[at - 1] as number] as number) < value) {
      out[at] = out[at - 1] as number;
      at--;
    }
    out[at] = i;
  }
}
