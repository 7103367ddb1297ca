/** Turns an unknown value into a `T`, or throws {@link Malformed}. What crosses a thread is parsed, never cast. */
export type Parser<T> = (value: unknown) => T;
export type Parsed<P> = P extends Parser<infer T> ? T : never;

export class Malformed extends Error {
  override name = 'Malformed';
}

function fail(expected: string, value: unknown): never {
  throw new Malformed(`expected ${expected}, got ${value === null ? 'null' : typeof value}`);
}

export const string: Parser<string> = (value) =>
  typeof value === 'string' ? value : fail('a string', value);

/** Any number that is neither infinite nor NaN. */
export const number: Parser<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : fail('a finite number', value);

export const boolean: Parser<boolean> = (value) =>
  typeof value === 'boolean' ? value : fail('true or false', value);

export function oneOf<const T extends string | number>(...values: readonly T[]): Parser<T> {
  return (value) => values.find((one) => one === value) ?? fail(values.join(' or '), value);
}

export function list<T>(item: Parser<T>): Parser<T[]> {
  return (value) => (Array.isArray(value) ? value.map((one) => item(one)) : fail('a list', value));
}

export function pair<A, B>(first: Parser<A>, second: Parser<B>): Parser<[A, B]> {
  return (value) =>
    Array.isArray(value) && value.length === 2
      ? [first(value[0]), second(value[1])]
      : fail('a list of two', value);
}

export function nullable<T>(some: Parser<T>): Parser<T | null> {
  return (value) => (value === null ? null : some(value));
}

export function instance<T>(type: new (...args: never[]) => T): Parser<T> {
  return (value) => (value instanceof type ? value : fail(type.name, value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Fields<T> = { [K in keyof T]: Parser<T[K]> };

/** An object with these fields; others are left out of the result. */
export function object<T extends object>(fields: Fields<T>): Parser<T> {
  const entries = Object.entries(fields) as [string, Parser<unknown>][];
  return (value) => {
    if (!isRecord(value)) return fail('an object', value);
    const result: Record<string, unknown> = {};
    for (const [name, parser] of entries) result[name] = parser(value[name]);
    return result as T;
  };
}

/** An object of any names, all of whose values are alike. */
export function record<T>(item: Parser<T>): Parser<Record<string, T>> {
  return (value) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, item(one)]))
      : fail('an object', value);
}

/** One of several objects, told apart by `kind`. */
export function byKind<T extends { kind: string }>(
  variants: {
    [K in T['kind']]: Parser<Extract<T, { kind: K }>>;
  },
): Parser<T> {
  const parsers = new Map<string, Parser<T>>(Object.entries(variants) as [string, Parser<T>][]);
  return (value) => {
    if (!isRecord(value)) return fail('an object', value);
    const parser = typeof value.kind === 'string' ? parsers.get(value.kind) : undefined;
    return parser ? parser(value) : fail([...parsers.keys()].join(' or '), value.kind);
  };
}

/** The value if it can be parsed, else null: for the edge where a foreign message is dropped. */
export function parseOr<T>(parser: Parser<T>, value: unknown): T | null {
  try {
    return parser(value);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
