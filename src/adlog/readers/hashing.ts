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
 * Seconds since 1970 of a time as logs write it: Unix seconds, milli-, micro- or nanoseconds, `YYYY-MM-DD` with or without
 * a time (UTC where no zone is given), `YYYYMMDD` and `YYYYMMDDHHMMSS`, or Avazu's YYMMDDHH. A smaller number is seconds since
 * the log's own zero. NaN for anything else.
 */
export function parseTime(text: string): number {
  const trimmed = text.trim();
  if (/^\d{8}$/.test(trimmed)) return eightDigits(trimmed);
  if (/^\d+(\.\d+)?$/.test(trimmed)) return parseCount(trimmed);
  const date =
    /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(UTC|Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      trimmed,
    );
  if (!date) return Number.NaN;
  const [, year, month, day, clock = '00:00', zone = 'Z'] = date;
  const [whole = '', fraction = '0'] = clock.split('.');
  const seconds = whole.length === 5 ? `${whole}:00` : whole;
  const moment = Date.parse(`${year}-${month}-${day}T${seconds}${zone === 'UTC' ? 'Z' : zone}`);
  return moment / 1000 + Number(`0.${fraction}`);
}

/** `YYYYMMDD` of 1990 and later, else `YYMMDDHH`. */
function eightDigits(text: string): number {
  const pairs = [0, 2, 4, 6].map((at) => Number(text.slice(at, at + 2)));
  const [a = 0, b = 0, c = 0, d = 0] = pairs;
  const year = 100 * a + b;
  if (year >= 1990 && year < 2100 && isDate(c, d)) return Date.UTC(year, c - 1, d) / 1000;
  return isDate(b, c) && d < 24 ? Date.UTC(2000 + a, b - 1, c, d) / 1000 : parseCount(text);
}

function isDate(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Seconds of a number by its size: today is about 1.8e9 seconds. */
function parseCount(text: string): number {
  const calendar = /^((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (calendar) {
    const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = calendar.map(Number);
    if (isDate(month, day)) return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  }
  const value = Number(text);
  const unit = [1e18, 1e15, 1e12].findIndex((least) => value >= least);
  return unit < 0 ? value : value / ([1e9, 1e6, 1e3][unit] ?? 1);
}
