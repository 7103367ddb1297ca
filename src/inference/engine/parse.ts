/** Readers of outside JSON: each returns the value it asks for or throws an error that names the place. */

export class FormatError extends Error {
  override name = 'FormatError';
}

function fail(path: string, wanted: string): never {
  throw new FormatError(`${path} must be ${wanted}`);
}

export type Json = Record<string, unknown>;

export function asObject(value: unknown, path: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'an object');
  return Object.fromEntries(Object.entries(value));
}

export function asList<T>(value: unknown, path: string, item: (value: unknown, path: string) => T): T[] {
  if (!Array.isArray(value)) fail(path, 'a list');
  return value.map((element: unknown, index) => item(element, `${path}[${index}]`));
}

export function asString(value: unknown, path: string): string {
  return typeof value === 'string' ? value : fail(path, 'a string');
}

export function asNumber(value: unknown, path: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(path, 'a number');
}

/** A whole number, zero or more. */
export function asCount(value: unknown, path: string): number {
  const number = asNumber(value, path);
  return Number.isInteger(number) && number >= 0 ? number : fail(path, 'a whole number');
}
