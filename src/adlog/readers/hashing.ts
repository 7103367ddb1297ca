const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * Hash of an id as it is written, never through a number: ids of 64 bits keep all their digits. FNV-1a over the bytes,
 * finally mixed; 0 stands for a missing (empty) id.
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start) return 0;
  let hash = OFFSET;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0 || 1;
}

const encoder = new TextEncoder();

export function hashText(text: string): number {
  const bytes = encoder.encode(text);
  return hashBytes(bytes, 0, bytes.length);
}

/** Embedding row of a hash: 1 … buckets; row 0 for a missing id. */
export function bucketOf(hash: number, buckets: number): number {
  return hash === 0 ? 0 : 1 + (hash % buckets);
}

/** A number that is written in ASCII; NaN where the field is empty or is no number. Whole numbers take a short way. */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start) return Number.NaN;
  const negative = bytes[start] === 45;
  let value = 0;
  for (let i = negative ? start + 1 : start; i < end; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9 || i - start > 15) return parseText(bytes, start, end);
    value = value * 10 + digit;
  }
  if (negative && end === start + 1) return Number.NaN;
  return negative ? -value : value;
}

const decoder = new TextDecoder();

function parseText(bytes: Uint8Array, start: number, end: number): number {
  const text = decoder.decode(bytes.subarray(start, end)).trim();
  return text === '' ? Number.NaN : Number(text);
}

/**
 * Seconds since 1970 of a time as logs write it: Unix seconds or milliseconds, `YYYY-MM-DD[ T]HH:MM:SS…` (UTC where no zone
 * is given), or Avazu's YYMMDDHH. NaN for anything else.
 */
export function parseTime(text: string): number {
  const trimmed = text.trim();
  if (/^\d{8}$/.test(trimmed)) {
    const [year, month, day, hour] = [0, 2, 4, 6].map((at) => Number(trimmed.slice(at, at + 2)));
    return Date.UTC(2000 + (year ?? 0), (month ?? 1) - 1, day, hour) / 1000;
  }
  if (/^\d{9,10}(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  if (/^\d{13}$/.test(trimmed)) return Number(trimmed) / 1000;
  const date = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(
    trimmed,
  );
  if (!date) return Number.NaN;
  const [, day, clock = '', zone = 'Z'] = date;
  const [whole = '', fraction = '0'] = clock.split('.');
  const seconds = whole.length === 5 ? `${whole}:00` : whole;
  return Date.parse(`${day}T${seconds}${zone}`) / 1000 + Number(`0.${fraction}`);
}
