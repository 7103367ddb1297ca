import type { LogBuilder, RowReader } from './builder';
import { createRowScanner, type FieldSpans, fieldText } from './delimited';
import { hashText } from './hashing';
import type { LogFormat } from './open';

/** Features that a sparse row keeps; the rest of a longer row is left out. */
const MOST_FEATURES = 64;

/**
 * Columns of a libsvm file: the label and as many slots as the longest row of the sample has features. A slot holds a
 * feature as it is written, `index` where its value is 1 and `index:value` otherwise, so that it can be hashed.
 */
export function libsvmColumns(sample: readonly (readonly string[])[]): string[] {
  const longest = Math.max(1, ...sample.map((row) => parseLine(row[0] ?? '').length - 1));
  return ['label', ...Array.from({ length: Math.min(MOST_FEATURES, longest) }, (_, i) => `feature ${i + 1}`)];
}

/** Label and features of a line; a comment after # and the id of a query are left out. */
export function parseLine(line: string): string[] {
  const [text = ''] = line.split('#');
  return text
    .trim()
    .split(/\s+/)
    .filter((part) => !part.startsWith('qid:'))
    .map((part, i) => (i > 0 ? part.replace(/:1(\.0*)?$/, '') : part));
}

export async function* readLibsvm(
  source: AsyncIterable<{ bytes: Uint8Array; share: number }>,
  { columns, skipped }: Pick<LogFormat, 'columns' | 'skipped'>,
  builder: LogBuilder,
  full: () => boolean,
): AsyncGenerator<number> {
  let parts: readonly string[] = [];
  const reader: RowReader = {
    hash: (field) => (parts[field] ? hashText(parts[field]) : 0),
    number: (field) => (parts[field] ? Number(parts[field]) : Number.NaN),
    text: (field) => parts[field] ?? '',
  };
  const takeLine = (row: FieldSpans) => {
    if (full()) return;
    parts = parseLine(fieldText(row, 0)).slice(0, columns.length);
    const bad = parts.slice(1).find((part) => !/^\d+(:[^\s:]+){0,2}$/.test(part));
    if (bad === undefined) builder.add(reader, row.line);
    else builder.reject(row.line, `“${bad.slice(0, 40)}” is not index:value`);
  };
  // A line is one field: no libsvm line holds the unit separator.
  const scanner = createRowScanner('\u001f', 1, takeLine, { skipped });
  for await (const { bytes, share } of source) {
    scanner.push(bytes);
    yield share;
  }
  scanner.end();
  yield 1;
}
