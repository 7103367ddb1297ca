const VALUES = new Float32Array(65536);
for (let bits = 0; bits < 65536; bits++) VALUES[bits] = decode(bits);

function decode(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** IEEE 754 half-precision numbers, little-endian, as float32: exact. `offset` and `count` in bytes and numbers. */
export function float16ToFloat32(
  bytes: Uint8Array,
  offset = 0,
  count = (bytes.length - offset) >> 1,
): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, count * 2);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = VALUES[view.getUint16(2 * i, true)] ?? 0;
  return values;
}

/** Float32 numbers as half-precision, little-endian, rounded to nearest; what is too large becomes the largest number. */
export function float32ToFloat16(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, i) => {
    view.setUint16(2 * i, encode(value), true);
  });
  return new Uint8Array(view.buffer);
}

function encode(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.min(Math.abs(value), 65504);
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  // A fraction that rounds up to 1024 carries into the exponent, as it should.
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}
